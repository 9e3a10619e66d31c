import 'server-only'
import { removeOldAlerts } from '@/lib/db/alert-rows-sql'
import { db } from '@/lib/db/client'
import { removeOldNotices } from '@/lib/db/notices-sql'
import { removeGoneFacts, removeOldChanges, removeOldLiveChanges } from '@/lib/db/retention-sql'
import { LIVE_KEPT_MS } from '@/lib/live/position'

const DAY_MS = 86_400_000
const CHANGE_DAYS = 400
const ALERT_DAYS = 400
const GONE_FACT_DAYS = 90
const NOTICE_DAYS = 90
/** Of each table in one run, every ten minutes; the rest waits for the next. */
const ROWS_MAX = 100_000
/** A fleet that changes 500 times a second writes 300,000 in ten minutes. */
const LIVE_ROWS_MAX = 1_000_000

/**
 * Removes what has served its time: counting windows, idempotency keys, passed tests, enrolment files of a month ago with the credentials that are still in them, old failures, ended sessions, alerts of long ago, notices and how they were delivered, old changes
 * of firewalls and what is long gone from them, and what open pages were told more than an hour ago.
 */
export async function sweep(now: Date): Promise<void> {
  const before = (days: number) => new Date(now.getTime() - days * DAY_MS)
  await db().rateWindow.deleteMany({ where: { startsAt: { lt: before(2) } } })
  await db().idempotentReply.deleteMany({ where: { createdAt: { lt: before(7) } } })
  await db().enrolment.deleteMany({ where: { expiresAt: { lt: now } } })
  await db().enrolmentFile.deleteMany({ where: { createdAt: { lt: before(30) } } })
  await db().authenticationFailure.deleteMany({ where: { at: { lt: before(1) } } })
  await db().session.deleteMany({ where: { createdAt: { lt: before(30) } } })
  await db().firmwareCheck.deleteMany({ where: { finishedAt: { lt: before(90) } } })
  await db().backupTask.deleteMany({ where: { finishedAt: { lt: before(90) } } })
  await db().bulkAct.deleteMany({ where: { finishedAt: { lt: before(90) } } })
  await removeOldAlerts(db(), before(ALERT_DAYS), ROWS_MAX)
  await removeOldNotices(db(), before(NOTICE_DAYS), ROWS_MAX)
  await removeOldChanges(before(CHANGE_DAYS), ROWS_MAX)
  await removeGoneFacts(before(GONE_FACT_DAYS), ROWS_MAX)
  await removeOldLiveChanges(new Date(now.getTime() - LIVE_KEPT_MS), LIVE_ROWS_MAX)
}
