import 'server-only'
import { db } from '@/lib/db/client'
import { adapterOf, inMinutes, inSeconds, move, type Work } from './context'
import type { UpdateCheck } from './dto'
import { awayWhile } from './follow'
import { judge, verdictOf } from './judge'
import { memoryOf, remembering } from './memory'
import { soakOf } from './soak-time'
import { storedSnapshot, takeSnapshot } from './snapshot'
import { storedChecks } from './stored-checks'
import type { UpdateReason } from './states'

const LOOK_SECONDS = 30
/** Gateways and tunnels need minutes after a restart; for so long what is worse may still become well. */
const GRACE_MINUTES = 6
const SOAK_LOOK_MINUTES = 5
const ATTACH_SECONDS = 60

const REASONS: Readonly<Record<string, UpdateReason>> = { version: 'wrong-version', boot: 'not-restarted', rules: 'rules-not-loaded' }

/** What is found, the gravest first. */
function findingOf(checks: readonly UpdateCheck[], result: UpdateCheck['result']): { reason: UpdateReason; message: string } {
  const found = checks.filter((check) => check.result === result)
  const [first] = found
  return { reason: (first && REASONS[first.id]) ?? 'worse', message: found.map(({ label, finding }) => `${label}: ${finding ?? ''}`).join(' ') }
}

/** Compares what runs with what ran before; what is worse has a grace, and what cannot be known is for a person to decide. */
async function compare(work: Work): Promise<void> {
  const { job, ability, now, signal } = work
  const before = storedSnapshot(job.before)
  if (!before || job.intentAt === null) return void (await move(work, 'lost', { reason: 'not-knowable', message: 'What ran before the update was not stored, so nothing can be compared.' }))
  const adapter = await adapterOf(work)
  const facts = await adapter.firmware.facts(signal)
  const later = { at: inSeconds(now, LOOK_SECONDS) }
  if (facts.booting.known && facts.booting.value) return void (await move(work, 'waits', { ...later, message: 'It is still starting.' }))
  const after = await takeSnapshot(adapter, facts, signal)
  const verification = judge(before, after, { kind: job.kind, toVersion: job.toVersion, fromVersion: job.fromVersion, rebootDue: job.rebootDue, startedAt: job.intentAt, isSameVersion: (ran, wanted) => ability.isSameVersion(ran, wanted) })
  const data = { after, checks: { preflight: storedChecks(job.checks).preflight, verification }, ...remembering(job, { silentSince: undefined, missingSince: undefined }) }
  const verdict = verdictOf(verification)
  if (verdict !== 'well' && now < inMinutes(job.stateSince, GRACE_MINUTES)) return void (await move(work, 'waits', { ...later, message: findingOf(verification, verdict === 'worse' ? 'fail' : 'not-knowable').message, data }))
  if (verdict === 'worse') return void (await move(work, 'worse', { ...findingOf(verification, 'fail'), data }))
  if (verdict === 'not-known') return void (await move(work, 'lost', { reason: 'not-knowable', message: findingOf(verification, 'not-knowable').message, data }))
  const { minutes } = await soakOf(job.ringId)
  if (minutes === 0) return void (await move(work, 'proven', { data }))
  await move(work, 'soaks', { at: inMinutes(now, Math.min(minutes, SOAK_LOOK_MINUTES)), data: { ...data, soakUntil: inMinutes(now, minutes) } })
}

export const verify = (work: Work): Promise<void> => compare(work).catch((error: unknown) => (work.signal.aborted ? undefined : awayWhile(work, error)))

/** Alerts of this firewall that began after it was verified. What was there before is told in the verification. */
export async function soak(work: Work): Promise<void> {
  const { job, now } = work
  const { noNewCriticalAlert } = await soakOf(job.ringId)
  const alert = noNewCriticalAlert ? await db().alert.findFirst({ where: { firewallId: job.firewallId, severity: 'critical', openedAt: { gt: job.stateSince } }, orderBy: { openedAt: 'asc' }, select: { kind: true, subject: true } }) : null
  if (alert) return void (await move(work, 'worse', { reason: 'alert', message: `A new critical alert came while it soaked: ${alert.kind}${alert.subject === '' ? '' : ` (${alert.subject})`}.` }))
  if (job.soakUntil === null || now >= job.soakUntil) return void (await move(work, 'proven'))
  await move(work, 'waits', { at: new Date(Math.min(job.soakUntil.getTime(), inMinutes(now, SOAK_LOOK_MINUTES).getTime())) })
}

/** Tries whether the firewall is there again behind its pinned certificate; then it is verified like any other. */
export async function reattach(work: Work): Promise<void> {
  const attached = await (await adapterOf(work)).firmware.reattach(work.signal)
  if (attached.state === 'back') return void (await move(work, 'reattached', { data: remembering(work.job, { ...memoryOf(work.job), missingSince: undefined, silentSince: undefined }) }))
  await move(work, 'waits', { at: inSeconds(work.now, ATTACH_SECONDS), message: attached.state === 'away' ? attached.reason : null })
}
