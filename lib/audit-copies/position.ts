import 'server-only'
import { log } from '@/lib/core/log'
import { db } from '@/lib/db/client'
import type { AuditCopy } from '@/lib/db/generated/client'
import { troubleText } from './receiver-trouble'

const FIRST_WAIT_MS = 5_000
const WAIT_MS_MAX = 300_000

type Copy = Pick<AuditCopy, 'id' | 'name' | 'failures' | 'revision'>

/** Everything up to this entry arrived. False when the copy was changed meanwhile: what arrived may have gone to another place. */
export async function noteCopied({ id, revision }: Copy, lastEntry: bigint): Promise<boolean> {
  const { count } = await db().auditCopy.updateMany({ where: { id, revision }, data: { lastEntry, lastCopyAt: new Date(), failures: 0, heldUntil: null, lastError: null } })
  return count > 0
}

/** The last try failed: it goes on after `lastEntry`, in 5 s and after each further failure twice as late, at most 5 min. */
export async function noteFailed({ id, name, failures, revision }: Copy, lastEntry: bigint, error: unknown): Promise<void> {
  const lastError = troubleText(error)
  if (failures === 0) log().warn({ copy: name, lastError }, 'a copy of the audit log does not arrive, trying again')
  const waitMs = Math.min(FIRST_WAIT_MS * 2 ** Math.min(failures, 10), WAIT_MS_MAX)
  await db().auditCopy.updateMany({ where: { id, revision }, data: { lastEntry, lastError, failures: failures + 1, heldUntil: new Date(Date.now() + waitMs) } })
}
