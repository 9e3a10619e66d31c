import 'server-only'
import { pruneWhenDue } from '@/lib/audit/prune'
import { verifyWhenDue } from '@/lib/audit/verify-log'

/** Once a day looks over the audit log, then removes what is too old: in this order, so that evidence is not removed. */
export async function keepAuditLog(worker: string, now: Date, signal: AbortSignal): Promise<void> {
  await verifyWhenDue(worker, now, signal)
  if (!signal.aborted) await pruneWhenDue(worker, now, signal)
}
