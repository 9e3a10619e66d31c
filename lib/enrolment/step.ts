import 'server-only'
import { actorOfJob } from '@/lib/auth/actor-of-job'
import { db } from '@/lib/db/client'
import type { EnrolmentFile, EnrolmentRow } from '@/lib/db/generated/client'
import { send } from '@/lib/jobs/boss'
import { advance, enrolRow } from './enrol-row'
import { finishFile } from './own-file'
import { UNDER_WAY } from './states'
import { storedRow } from './stored-row'

/** Rows of one file that are in hand at once. */
const AT_ONCE = 8
/** A step begins no further row after this, and gives a row this long; the lease of the file is longer than both together. */
const BEGIN_MS = 15_000
const ROW_MS = 90_000
const LEASE_SECONDS = 120
const OVERDUE_SECONDS = 5

/** Claims the due step of a file, so that a doubled wake-up or another worker does not take it as well. */
async function claimFile(fileId: string): Promise<EnrolmentFile | null> {
  const rows = await db().$queryRaw<EnrolmentFile[]>`
    UPDATE "EnrolmentFile" SET "nextStepAt" = now() + make_interval(secs => ${LEASE_SECONDS}::double precision)
    WHERE id = ${fileId}::uuid AND "finishedAt" IS NULL AND "nextStepAt" <= now() RETURNING *`
  return rows[0] ?? null
}

/** The next row that nobody has begun, now begun. */
async function claimRow(fileId: string): Promise<EnrolmentRow | null> {
  const rows = await db().$queryRaw<EnrolmentRow[]>`
    UPDATE "EnrolmentRow" SET state = 'probing', "changedAt" = date_trunc('milliseconds', now()), message = NULL, "nextStep" = NULL
    WHERE "fileId" = ${fileId}::uuid AND line = (SELECT line FROM "EnrolmentRow" WHERE "fileId" = ${fileId}::uuid AND state = 'waiting' ORDER BY line LIMIT 1 FOR UPDATE SKIP LOCKED) RETURNING *`
  return rows[0] ?? null
}

/** Files whose rows wait for a worker and whose wake-up got lost, for instance with a killed process. */
export async function overdueFiles(now: Date): Promise<string[]> {
  const files = await db().enrolmentFile.findMany({ where: { finishedAt: null, nextStepAt: { lt: new Date(now.getTime() - OVERDUE_SECONDS * 1000) }, rows: { some: { state: { in: [...UNDER_WAY] } } } }, select: { id: true }, take: 100 })
  return files.map(({ id }) => id)
}

/**
 * What a step that died left in hand. A look at a certificate is made again. A test is not, because a failed sign-in must
 * not be repeated by itself; when it got as far as the firewall's row, the line is enrolled.
 */
async function takeUp(row: EnrolmentRow): Promise<void> {
  if (row.state === 'probing') return void (await advance(row, 'interrupted'))
  const { name, origin } = storedRow.parse(row.input)
  const made = await db().firewall.findFirst({ where: { customerId: row.customerId, name, origin, createdAt: { gte: row.changedAt ?? new Date(0) } }, select: { id: true } })
  if (made) return void (await advance(row, 'passed', { firewallId: made.id, credentialSealed: null }))
  await advance(row, 'interrupted', { message: 'It is not known whether the test ran, because Palisade was stopped in the middle.', nextStep: 'Try it again.' })
}

/**
 * One step of a file: begins rows for 15 seconds, eight at a time, and ends when they have ended. Each is enrolled with the
 * rights that the person who took the file has at that moment. A step that is not due does nothing.
 */
export async function stepFile(fileId: string, workerId: string, stopping?: AbortSignal): Promise<void> {
  const file = await claimFile(fileId)
  if (!file) return
  for (const row of await db().enrolmentRow.findMany({ where: { fileId, state: { in: ['probing', 'testing'] } } })) await takeUp(row)
  const startedAt = performance.now()
  const lane = async () => {
    while (!stopping?.aborted && performance.now() - startedAt < BEGIN_MS) {
      const row = await claimRow(fileId)
      if (!row) return
      const actor = await actorOfJob(file.actor, workerId)
      if (actor) await enrolRow(row, actor, AbortSignal.timeout(ROW_MS))
      else await advance(row, 'refused', { message: 'Who took this file may not sign in any more.', nextStep: 'Someone who may enrol has to take the file.' })
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, lane))
  const now = new Date()
  await db().enrolmentFile.updateMany({ where: { id: fileId, finishedAt: null }, data: { nextStepAt: now } })
  await finishFile(fileId, now)
  if ((await db().enrolmentRow.count({ where: { fileId, state: 'waiting' } })) > 0) await send('enrolment-step', { fileId })
}
