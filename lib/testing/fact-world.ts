// Firewalls, readings and what is stored of them, for tests of facts and changes.
import pg from 'pg'
import { vi } from 'vitest'
import type { Gap } from '@/lib/adapters/model'
import { db } from '@/lib/db/client'
import { FACT_TABLES } from '@/lib/db/facts-sql'
import { Prisma } from '@/lib/db/generated/client'
import { FACT_KINDS, type FactKind } from '@/lib/facts/kinds'
import type { Observed } from '@/lib/facts/observed'
import { aCustomer } from './installation'

let count = 0
/** The id of a firewall that was never called. */
export const aFirewall = async (): Promise<string> => (await db().firewall.create({ data: { customerId: (await aCustomer()).id, name: `fw${(count += 1)}`, family: 'opnsense', origin: `https://192.0.2.${count}`, trustMode: 'pin', pinSha256: 'a'.repeat(64), trustConfirmedAt: new Date() } })).id
const START = Date.parse('2026-11-24T12:00:00Z')
export const minute = (number: number) => new Date(START + number * 60_000)
export const observed = (kind: FactKind, items: readonly object[], at: Date, notReported: Gap[] = []) => ({ kind, reading: { items, notReported }, observedAt: at }) as unknown as Observed

export type FactRow = { kind: string; key: string; body: unknown; firstSeenAt: Date; changedAt: Date; goneAt: Date | null }
const FACT_ROWS = FACT_KINDS.map((kind) => `SELECT '${kind}' AS kind, key, body, "firstSeenAt", "changedAt", "goneAt", xmin::text AS version, "firewallId" FROM "${FACT_TABLES[kind]}"`).join(' UNION ALL ')
export const factRows = (firewallId: string) => db().$queryRaw<(FactRow & { version: string })[]>(Prisma.sql`SELECT * FROM (${Prisma.raw(FACT_ROWS)}) f WHERE "firewallId" = ${firewallId}::uuid ORDER BY kind, key`)
export const changes = (firewallId: string) => db().change.findMany({ where: { firewallId }, orderBy: { id: 'asc' } })

/** Runs something and returns the statements that reached PostgreSQL. */
export async function counted(work: () => Promise<unknown>): Promise<string[]> {
  const query = vi.spyOn(pg.Client.prototype, 'query')
  try {
    await work()
    return (query.mock.calls as unknown[][]).map(([first]) => (typeof first === 'string' ? first : String((first as { text: string }).text)))
  } finally {
    query.mockRestore()
  }
}
