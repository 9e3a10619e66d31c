import 'server-only'
import { toTask } from '@/lib/backups/task'
import { stateOfCheck } from '@/lib/checks/read'
import { db } from '@/lib/db/client'
import type { Outcome } from './acts'
import type { BulkActName } from './input'

/** How the work stands that a firewall has of its own: under way, or over since when and how. Null when there is none. */
type Work = { finishedAt: string | null; outcome: Outcome } | null

async function checkOf(firewallId: string): Promise<Work> {
  const { state, finishedAt, message } = await stateOfCheck(firewallId)
  if (state === 'queued' || state === 'running') return { finishedAt: null, outcome: { state: 'running', message } }
  return finishedAt === null ? null : { finishedAt, outcome: { state: state === 'done' ? 'done' : 'failed', message } }
}

async function backupOf(firewallId: string): Promise<Work> {
  const row = await db().backupTask.findFirst({ where: { firewallId }, orderBy: { createdAt: 'desc' } })
  if (!row) return null
  const { state, finishedAt, message } = toTask(row)
  return { finishedAt, outcome: { state: finishedAt === null ? 'running' : state === 'done' || state === 'unchanged' ? 'done' : 'failed', message } }
}

/** Acts that only begin something: a worker of its own carries it out, and its row says how it ended. */
const FOLLOWED: Partial<Record<BulkActName, (firewallId: string) => Promise<Work>>> = { check: checkOf, backup: backupOf }

/** What tells how the work of such an act stands; undefined for acts that end when the call returns. */
export const workOf = (act: BulkActName): ((firewallId: string) => Promise<Work>) | undefined => FOLLOWED[act]
export type WorkOf = NonNullable<ReturnType<typeof workOf>>
