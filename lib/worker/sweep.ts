import 'server-only'
import { db } from '@/lib/db/client'

const DAY_MS = 86_400_000

/** Removes what has served its time: counting windows, idempotency keys, passed tests, old failures, ended sessions. */
export async function sweep(now: Date): Promise<void> {
  const before = (days: number) => new Date(now.getTime() - days * DAY_MS)
  await db().rateWindow.deleteMany({ where: { startsAt: { lt: before(2) } } })
  await db().idempotentReply.deleteMany({ where: { createdAt: { lt: before(7) } } })
  await db().enrolment.deleteMany({ where: { expiresAt: { lt: now } } })
  await db().authenticationFailure.deleteMany({ where: { at: { lt: before(1) } } })
  await db().session.deleteMany({ where: { createdAt: { lt: before(30) } } })
  await db().firmwareCheck.deleteMany({ where: { finishedAt: { lt: before(90) } } })
}
