import 'server-only'
import { PrismaPg } from '@prisma/adapter-pg'
import { databaseUrl } from '@/lib/core/env'
import { PrismaClient, type Prisma } from './generated/client'
import { IDLE_TRANSACTION_MS } from './idle'
import { closeStatements } from './statements'

const POOL_CONNECTIONS_MAX = 12

// Routes and instrumentation are bundled apart: one client per process lives on globalThis.
const shared: typeof globalThis & { palisadeDatabase?: PrismaClient } = globalThis

/** The database of this process; connects at the first query. */
export function db(): PrismaClient {
  return (shared.palisadeDatabase ??= new PrismaClient({
    adapter: new PrismaPg({ connectionString: databaseUrl(), max: POOL_CONNECTIONS_MAX, keepAlive: true, idle_in_transaction_session_timeout: IDLE_TRANSACTION_MS, application_name: 'palisade' }),
  }))
}

/** Closes the pool; for workers, commands and tests that end. */
export async function closeDatabase(): Promise<void> {
  const client = shared.palisadeDatabase
  delete shared.palisadeDatabase
  await Promise.all([client?.$disconnect(), closeStatements()])
}

/** Either the client or an open transaction. */
export type Tx = Prisma.TransactionClient
