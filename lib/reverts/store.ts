import 'server-only'
import { AppError, type ErrorCode } from '@/lib/core/errors'
import { advance, STEP_LEASE_SECONDS, type Step } from './advance'
import { compareAgain } from './before'
import { seeContent } from './content'
import { familyOf, revertPortOf } from './port'
import { updateAtWork } from './update-at-work'

const LOOK_SECONDS = 15
/** A call that was cut off may still be carried out; so long what was there before proves nothing. */
const SETTLE_MS = 60_000
/** The firewall read the call and did not carry it out, or it was never sent. */
const NOT_DONE: readonly ErrorCode[] = ['firewall-privilege-missing', 'firewall-credential-rejected', 'firewall-read-only', 'firewall-not-reported', 'firewall-api-off', 'firewall-no-tries-left', 'firewall-calls-stopped', 'firewall-certificate-changed', 'firewall-certificate-unknown', 'firewall-address-forbidden']
export const wasNotDone = (error: unknown): error is AppError => error instanceof AppError && NOT_DONE.includes(error.code)

/**
 * Checks once more that both configurations are the ones that were seen, notes that the call is about to be made, and makes
 * it. From that note on no step ever makes it again, whatever becomes of this process; `lookAfterStore` asks what is there.
 */
export async function checkAndStore(step: Step, signal: AbortSignal): Promise<void> {
  const beganMs = performance.now()
  const { port, entry, targetDigest, runningDigest } = await compareAgain(step, signal)
  // An update changes the configuration too, and one that began meanwhile would restart with the entry.
  const update = await updateAtWork(step.row)
  if (update !== null) return void (await advance(step, 'refused', { message: `${update} Nothing was changed on the firewall. Wait until its job has ended, then try again.` }))
  // Comparing may have taken minutes: the time to settle counts from here.
  const isMine = await advance({ ...step, now: new Date(step.now.getTime() + performance.now() - beganMs) }, 'agrees', { seconds: STEP_LEASE_SECONDS, data: { entry, targetDigest, runningDigest } })
  if (!isMine) return
  const noted = { ...step, revert: { ...step.revert, state: 'storing' } }
  try {
    const answer = await port.store(step.revert.revision, signal)
    if (answer === 'no-such-entry') return void (await advance(noted, 'notTaken', { message: 'The firewall does not have this entry any more. Nothing was changed on it.' }))
    if (answer === 'refused') return void (await advance(noted, 'notTaken', { message: 'The firewall refused to go back. Nothing was changed on it; its log says why.' }))
    await advance(noted, 'waits', { seconds: 0 })
  } catch (error) {
    if (wasNotDone(error)) return void (await advance(noted, 'notTaken', { message: `${error.message} Nothing was changed on the firewall.` }))
    await advance(noted, 'waits', { seconds: LOOK_SECONDS, message: 'The answer of the firewall was lost. Palisade looks what is there now.' })
  }
}

/** What the firewall holds now tells what became of the call, whether its answer arrived or not. */
export async function lookAfterStore(step: Step, signal: AbortSignal): Promise<void> {
  const { revert, row, now } = step
  const bytes = await (await revertPortOf(row, signal)).content(null, signal)
  const digest = bytes && (await seeContent(bytes, familyOf(row), signal)).digest
  if (digest === revert.targetDigest) return void (await advance(step, 'stored', { data: { storedAt: now } }))
  if (digest !== revert.runningDigest) return void (await advance(step, 'lost', { message: 'The firewall holds neither the entry nor what was there before: someone changed it meanwhile. Look at the firewall.' }))
  if (now.getTime() - revert.stateAt.getTime() < SETTLE_MS) return void (await advance(step, 'waits', { seconds: LOOK_SECONDS, message: revert.message }))
  await advance(step, 'notTaken', { message: 'The firewall still holds what was there before. Nothing was changed on it.' })
}
