import 'server-only'
import type { UpdateProgress } from '@/lib/adapters/firmware-port'
import { AppError } from '@/lib/core/errors'
import { tailOf } from '@/lib/core/log-text'
import { adapterOf, inSeconds, move, type Work } from './context'
import { hasRestarted } from './judge'
import { heldMs, memoryOf, remembering } from './memory'
import { storedSnapshot } from './snapshot'

const LOOK_SECONDS = 10
/** A call that was cut off may still be carried out; for so long no trace proves nothing. */
const SETTLE_MS = 60_000
/** The web interface restarts in the middle of an update: only a longer silence is a restart. */
const SILENT_MS = 60_000
/** Pages of the old version answer for a moment while the package is replaced. */
const MISSING_MS = 30_000
/** A firewall that was told to restart answers for some seconds more. */
const GOING_DOWN_MS = 180_000
/** The update ran, its log is gone, nothing changed: so long is waited before what runs is looked at. */
const TRACELESS_MS = 300_000

const LOG_CHARACTERS_MAX = 4_000
/** The end of the firewall's own log, without what looks like a secret. */
const logOf = ({ logTail }: UpdateProgress) => (logTail === null ? {} : { logTail: tailOf(logTail, LOG_CHARACTERS_MAX) })

/** What runs tells whether the update happened, where no log does: another version, or a new start. */
async function didHappen(work: Work, ranVersion: string | null): Promise<boolean> {
  const { job, ability, signal } = work
  const before = storedSnapshot(job.before)
  if (job.kind !== 'reboot' && ranVersion !== null && job.fromVersion !== null && !ability.isSameVersion(ranVersion, job.fromVersion)) return true
  const { bootedAt } = await (await adapterOf(work)).firmware.facts(signal)
  return before !== null && job.intentAt !== null && hasRestarted(before, { bootedAt }, job.intentAt) === true
}

/** Nothing answers, or the API package is gone. Others are thrown. */
async function whileAway(work: Work, error: unknown): Promise<void> {
  const { job, now, ability } = work
  if (!(error instanceof AppError)) throw error
  const memory = memoryOf(job)
  const at = inSeconds(now, LOOK_SECONDS)
  if (error.code === 'firewall-api-package-missing' && ability.losesApiPackage) {
    if (heldMs(memory.missingSince, now) >= MISSING_MS) return void (await move(work, 'packageMissing', { reason: 'package-missing', at: inSeconds(now, 60), data: remembering(job, { missingSince: undefined, silentSince: undefined }) }))
    return void (await move(work, 'waits', { at, message: job.message, data: remembering(job, { missingSince: memory.missingSince ?? now.toISOString() }) }))
  }
  const since = memory.silentSince ?? now.toISOString()
  const isRestart = job.state !== 'rebooting' && job.rebootDue !== false && heldMs(since, now) >= SILENT_MS
  if (isRestart) return void (await move(work, 'restarts', { at, message: 'The firewall does not answer, as while it restarts.', data: remembering(job, { silentSince: undefined, restarts: (memory.restarts ?? 0) + 1 }) }))
  await move(work, 'waits', { at, message: error.message, data: remembering(job, { silentSince: since }) })
}

/** After the call, whether its answer arrived or not. Only what the firewall shows decides; it is never called again. */
async function lookAfterStart(work: Work): Promise<void> {
  const { job, now, signal } = work
  const settled = job.intentAt !== null && now.getTime() - job.intentAt.getTime() >= SETTLE_MS
  const at = inSeconds(now, LOOK_SECONDS)
  if (job.kind === 'reboot') {
    if (await didHappen(work, null)) return void (await move(work, 'installed', { detail: 'Its boot time moved.' }))
    return void (settled ? await move(work, 'notStarted', { reason: 'not-started', message: 'The firewall answers and has not restarted. Retry it to ask again.' }) : await move(work, 'waits', { at, message: job.message }))
  }
  const progress = await (await adapterOf(work)).firmware.progress(signal)
  const data = logOf(progress)
  if (progress.phase === 'running') return void (await move(work, 'runs', { at, data }))
  if (progress.phase === 'rebooting') return void (await move(work, 'restarts', { at, data }))
  if (progress.phase === 'done' || progress.phase === 'failed') return void (await move(work, 'installed', { data, detail: progress.reason }))
  if (await didHappen(work, progress.ranVersion)) return void (await move(work, 'installed', { data, detail: 'The version or the boot time moved.' }))
  if (progress.phase === 'idle' && settled) return void (await move(work, 'notStarted', { reason: 'not-started', message: 'The firewall has no trace of the update, so it was not started. Retry it to start it.' }))
  await move(work, 'waits', { at, data, message: progress.reason })
}

async function followInstalling(work: Work): Promise<void> {
  const { job, now, signal } = work
  const at = inSeconds(now, LOOK_SECONDS)
  const progress = await (await adapterOf(work)).firmware.progress(signal)
  const memory = memoryOf(job)
  const heard = { ...logOf(progress), ...remembering(job, { silentSince: undefined, missingSince: undefined }) }
  if (progress.phase === 'running') return void (await move(work, 'waits', { at, data: { ...heard, ...remembering({ memory: heard.memory }, { idleSince: undefined }) } }))
  if (progress.phase === 'rebooting') return void (await move(work, 'restarts', { at, data: { ...heard, ...remembering({ memory: heard.memory }, { restarts: (memory.restarts ?? 0) + 1 }) } }))
  if (progress.phase === 'done' || progress.phase === 'failed') return void (await move(work, 'installed', { data: heard, detail: progress.reason }))
  if (await didHappen(work, progress.ranVersion)) return void (await move(work, 'installed', { data: heard, detail: 'The version or the boot time moved.' }))
  const idleSince = memory.idleSince ?? now.toISOString()
  if (progress.phase === 'idle' && heldMs(idleSince, now) >= SETTLE_MS) return void (await move(work, 'notStarted', { reason: 'not-started', message: 'The firewall took the call and has no trace of an update. Retry it to start it.', data: heard }))
  if (heldMs(idleSince, now) >= TRACELESS_MS) return void (await move(work, 'installed', { data: heard, detail: 'The firewall cannot tell; what runs decides.' }))
  await move(work, 'waits', { at, message: progress.reason, data: { ...heard, ...remembering({ memory: heard.memory }, { idleSince }) } })
}

/** Back counts only when it started anew, or after it had time enough to go down and did not. */
async function followRestart(work: Work): Promise<void> {
  const { job, now, signal } = work
  const { firmware } = await adapterOf(work)
  const at = inSeconds(now, LOOK_SECONDS)
  const attached = await firmware.reattach(signal)
  if (attached.state === 'away') return void (await move(work, 'waits', { at, message: attached.reason }))
  if (attached.state === 'api-package-missing') return whileAway(work, new AppError('firewall-api-package-missing', attached.reason ?? 'The API package is missing.'))
  const facts = await firmware.facts(signal)
  const before = storedSnapshot(job.before)
  if (facts.booting.known && facts.booting.value) return void (await move(work, 'waits', { at, message: 'It answers, and is still starting.' }))
  const restarted = before === null || job.intentAt === null ? null : hasRestarted(before, facts, job.intentAt)
  const hadTime = now.getTime() - job.stateSince.getTime() >= GOING_DOWN_MS
  if (restarted !== true && !hadTime) return void (await move(work, 'waits', { at, message: 'It has not gone down yet.' }))
  if (facts.updateRunning.known && facts.updateRunning.value) return void (await move(work, 'runs', { at, detail: 'It goes on installing after the restart.' }))
  await move(work, 'isBack', { data: remembering(job, { silentSince: undefined, missingSince: undefined, idleSince: undefined }) })
}

const guarded = (follow: (work: Work) => Promise<void>) => (work: Work): Promise<void> => follow(work).catch((error: unknown) => {
  // Cut off with its lease: another worker looks.
  if (work.signal.aborted) return
  return whileAway(work, error)
})
export const afterStart = guarded(lookAfterStart)
export const installing = guarded(followInstalling)
export const rebooting = guarded(followRestart)
export const awayWhile = whileAway
