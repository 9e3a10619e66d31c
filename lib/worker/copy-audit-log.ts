import 'server-only'
import { copyToFile } from '@/lib/audit-copies/copy-to-file'
import { copyToReceiver } from '@/lib/audit-copies/copy-to-receiver'
import { db } from '@/lib/db/client'
import type { AuditCopy } from '@/lib/db/generated/client'
import { LOCKS } from '@/lib/db/locks'
import { unlessRunning } from '@/lib/db/statements'

/** Copies that wait for nothing, read where the lock is held: another worker may have moved their place. */
const dueCopies = (kind: 'syslog' | 'file', now: Date): Promise<AuditCopy[]> => db().auditCopy.findMany({ where: { kind, enabled: true, OR: [{ heldUntil: null }, { heldUntil: { lte: now } }] }, orderBy: { id: 'asc' } })

/**
 * One round of all copies of the audit log: what they lack is sent to receivers, side by side, by one worker at a time, and
 * appended to the files of this machine. A round takes about 10 s at most while there is more, else it ends at once.
 */
export async function copyAuditLog(now: Date, signal: AbortSignal): Promise<void> {
  const kinds = await db().auditCopy.groupBy({ by: ['kind'], where: { enabled: true } })
  const has = (kind: string): boolean => kinds.some((row) => row.kind === kind)
  await Promise.all([
    has('syslog') && unlessRunning(LOCKS.auditCopies, async () => Promise.all((await dueCopies('syslog', now)).map((copy) => copyToReceiver(copy, signal)))),
    has('file') && unlessRunning(LOCKS.auditFiles, async () => Promise.all((await dueCopies('file', now)).map((copy) => copyToFile(copy, signal)))),
  ])
}
