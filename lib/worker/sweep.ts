import 'server-only'
import { db } from '@/lib/db/client'
import { removeGoneFacts, removeOldChanges } from '@/lib/db/retention-sql'

const DAY_MS = 86_400_000
const CHANGE_DAYS = 400
const GONE_FACT_DAYS = 90
/** Of each table in one run, every ten minutes; the rest waits for the next. */
const ROWS_MAX = 100_000

/**
 * Removes what has served its time: counting windows, idempotency keys, passed tests, old failures, ended sessions, old changes
 * of firewalls and what is long gone from them.
 */
export async function sweep(now: Date): Promise<void> {
  const before = (days: number) => new Date(now.getTime() - days * DAY_MS)
  await db().rateWindow.deleteMany({ where: { startsAt: { lt: before(2) } } })
  await db().idempotentReply.deleteMany({ where: { createdAt: { lt: before(7) } } })
  await db().enrolment.deleteMany({ where: { expiresAt: { lt: now } } })
  await db().authenticationFailure.deleteMany({ where: { at: { lt: before(1) } } })
  await db().session.deleteMany({ where: { createdAt: { lt: before(30) } } })
  await db().firmwareCheck.deleteMany({ where: { finishedAt: { lt: before(90) } } })
  await removeOldChanges(before(CHANGE_DAYS), ROWS_MAX)
  await removeGoneFacts(before(GONE_FACT_DAYS), ROWS_MAX)
}
