import 'server-only'
import { db } from '@/lib/db/client'

const ROLE = 'worker'
const GONE_AFTER_MS = 3_600_000

/** Says that this worker lives; `ready` reads it. Rows of workers that died an hour ago go. */
export async function beat(id: string): Promise<void> {
  const now = new Date()
  await db().heartbeat.upsert({ where: { id }, create: { id, role: ROLE, startedAt: now, seenAt: now }, update: { seenAt: now } })
  await db().heartbeat.deleteMany({ where: { seenAt: { lt: new Date(now.getTime() - GONE_AFTER_MS) } } })
}

export async function forget(id: string): Promise<void> {
  await db().heartbeat.deleteMany({ where: { id } })
}
