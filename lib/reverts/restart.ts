import 'server-only'
import { advance, STEP_LEASE_SECONDS, type Step } from './advance'
import { seeContent } from './content'
import { familyOf, revertPortOf } from './port'
import { wasNotDone } from './store'
import { updateAtWork } from './update-at-work'

const LOOK_SECONDS = 10
/** The uptime of a firewall is in full seconds. */
const UPTIME_SLACK_MS = 5_000
/** One that answers for so long without a new start was not restarted. */
const STILL_UP_MS = 5 * 60_000

/**
 * Notes that the restart is about to be sent, and sends it. From that note on no step sends it again. An update that began since
 * it was asked for would be cut off, so a person decides anew.
 */
export async function sendRestart(step: Step, signal: AbortSignal): Promise<void> {
  const port = await revertPortOf(step.row, signal)
  const update = await updateAtWork(step.row)
  if (update !== null) return void (await advance(step, 'refused', { message: `${update} The firewall was not restarted. Wait until its job has ended, then ask again.` }))
  const isMine = await advance(step, 'sends', { seconds: STEP_LEASE_SECONDS, data: { restartedAt: step.now } })
  if (!isMine) return
  const noted = { ...step, revert: { ...step.revert, state: 'restarting', restartedAt: step.now } }
  try {
    const answer = await port.restart(signal)
    if (answer === 'busy') return void (await advance(noted, 'notTaken', { message: 'A firmware job is running on the firewall, so it was not restarted. Wait until it is done, then ask again.' }))
    if (answer === 'refused') return void (await advance(noted, 'notTaken', { message: 'The firewall refused to restart. Its log says why; then ask again.' }))
  } catch (error) {
    if (wasNotDone(error)) return void (await advance(noted, 'notTaken', { message: `${error.message} The firewall was not restarted.` }))
  }
  await advance(noted, 'waits', { seconds: LOOK_SECONDS })
}

/** Whether it is back, by when it says that it started. Throws while it does not answer. */
export async function awaitRestart(step: Step, signal: AbortSignal): Promise<void> {
  const { revert, row, now } = step
  const startedAt = await (await revertPortOf(row, signal)).startedAt(signal)
  const sentMs = revert.restartedAt?.getTime() ?? revert.stateAt.getTime()
  if (startedAt !== null && startedAt.getTime() >= sentMs - UPTIME_SLACK_MS) return void (await advance(step, 'isBack', { seconds: 0 }))
  if (startedAt !== null && now.getTime() - sentMs >= STILL_UP_MS) return void (await advance(step, 'notTaken', { message: 'The firewall answers, but has not restarted. Look at it, then ask again.' }))
  await advance(step, 'waits', { seconds: LOOK_SECONDS })
}

/** Only this counts as done: what the restarted firewall holds is the entry. */
export async function readBack(step: Step, signal: AbortSignal): Promise<void> {
  const bytes = await (await revertPortOf(step.row, signal)).content(null, signal)
  const digest = bytes && (await seeContent(bytes, familyOf(step.row), signal)).digest
  if (digest === step.revert.targetDigest) return void (await advance(step, 'proven'))
  await advance(step, 'differs', { message: 'The firewall restarted, but what it holds is not the entry. Compare its newest backup with the one from before.' })
}
