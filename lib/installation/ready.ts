import 'server-only'
import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { AppError } from '@/lib/core/errors'
import { db } from '@/lib/db/client'

/** A worker that has not been heard of for this long is not there. */
const HEARTBEAT_SECONDS_MAX = 60

export const readyDto = z.object({ status: z.literal('ready'), workers: z.number(), migration: z.string() })

async function newestKnownMigration(): Promise<string | null> {
  const names = await readdir(path.join(process.cwd(), 'prisma', 'migrations')).catch(() => [])
  return names.filter((name) => /^\d+_/.test(name)).sort().at(-1) ?? null
}

/** Throws unavailable, saying what is missing: the database, a migration, or a worker. */
export async function isReady(): Promise<z.infer<typeof readyDto>> {
  const missing = (what: string) => new AppError('unavailable', `Not ready: ${what}.`, { retryAfterSeconds: 5 })
  const since = new Date(Date.now() - HEARTBEAT_SECONDS_MAX * 1000)
  const [rows, workers, known] = await Promise.all([
    db().$queryRaw<{ name: string }[]>`SELECT migration_name AS name FROM "_prisma_migrations" WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL ORDER BY migration_name DESC LIMIT 1`,
    db().heartbeat.count({ where: { role: 'worker', seenAt: { gt: since } } }),
    newestKnownMigration(),
  ]).catch(() => {
    throw missing('the database does not answer')
  })
  const migration = rows[0]?.name
  if (migration === undefined || (known !== null && migration < known)) throw missing('migrations are missing')
  if (workers === 0) throw missing('no worker has been heard of for a minute')
  return { status: 'ready', workers, migration }
}
