// Installing firmware, contract section 3.1. A start answers ok even when another job holds the lock and nothing starts, so the
// lock is asked first; a log is believed only when it is that of our update, because logs of older jobs are left over and the
// running log is gone after a restart.
import type { Attachment, FirmwarePort, StartAnswer, UpdateProgress } from '@/lib/adapters/firmware-port'
import type { Transport } from '@/lib/outbound/transport'
import { AppError, type ErrorCode } from '@/lib/core/errors'
import type { Session } from './call'
import { readFacts } from './firmware-facts'
import { headOf, isUpdateLog, judge, recallStart, rememberStart, tailOf, type StartMark } from './read-firmware-log'
import { toOffer } from './map-offer'
import { ENDPOINTS } from './read-endpoints'
import { firmwareKeptLog, firmwareProgress, firmwareRunning, firmwareStarted, firmwareStatus } from './replies'

const BUSY: StartAnswer = { answer: 'busy', reason: 'Another firmware job is running on the firewall. Try again when it is done.' }
/** The job is started in the background: for so long an old or empty log says nothing yet. */
const START_MS = 60_000

export const createFirmware = (session: Session, transport: Transport): FirmwarePort => ({
  startReason: null,
  offer: async (signal) => {
    const status = await session.ask({ endpoint: ENDPOINTS.firmwareStatus, reply: firmwareStatus, signal })
    const { status: running } = await session.ask({ endpoint: ENDPOINTS.firmwareProgress, reply: firmwareProgress, signal })
    return toOffer(status, running === 'reboot')
  },
  start: (kind, signal) => start(session, kind, signal),
  progress: (signal) => progress(session, signal),
  facts: (signal) => readFacts(session, signal),
  reboot: async (signal) => {
    // A firmware lock does not prevent a restart (section 2), which would cut an installation.
    if (await isBusy(session, signal)) return BUSY
    await session.ask({ endpoint: ENDPOINTS.firmwareReboot, reply: firmwareStarted, signal })
    return { answer: 'accepted' }
  },
  reattach: (signal) => reattach(session, transport, signal),
})

/** Whether any firmware work runs, whoever started it. */
export const isBusy = async (session: Session, signal: AbortSignal): Promise<boolean> =>
  (await session.ask({ endpoint: ENDPOINTS.firmwareRunning, reply: firmwareRunning, signal })).status === 'busy'

/** `log` is missing until an update was finished; then there is no log. */
const keptLog = async (session: Session, signal: AbortSignal): Promise<string[]> =>
  (await session.ask({ endpoint: ENDPOINTS.firmwareKeptLog, reply: firmwareKeptLog, signal })).log

async function start(session: Session, kind: StartMark['kind'], signal: AbortSignal): Promise<StartAnswer> {
  if (await isBusy(session, signal)) return BUSY
  const status = await session.ask({ endpoint: ENDPOINTS.firmwareStatus, reply: firmwareStatus, signal })
  const { log } = await session.ask({ endpoint: ENDPOINTS.firmwareProgress, reply: firmwareProgress, signal })
  const offer = toOffer(status, false)
  await rememberStart(session.memory, {
    kind,
    at: session.now().toISOString(),
    fromVersion: offer.installedVersion,
    toVersion: offer[kind]?.version ?? null,
    logHead: headOf(log),
    keptHead: headOf(await keptLog(session, signal)),
  })
  await session.ask({ endpoint: kind === 'minor' ? ENDPOINTS.firmwareUpdate : ENDPOINTS.firmwareUpgrade, reply: firmwareStarted, signal })
  return { answer: 'accepted' }
}

async function progress(session: Session, signal: AbortSignal): Promise<UpdateProgress> {
  const mark = await recallStart(session.memory)
  const { product } = await session.ask({ endpoint: ENDPOINTS.firmwareStatus, reply: firmwareStatus, signal })
  const ranVersion = product?.product_version || null
  if (mark === null) return { phase: 'idle', logTail: null, ranVersion, reason: 'Palisade started no update on this firewall.' }
  const { status, log } = await session.ask({ endpoint: ENDPOINTS.firmwareProgress, reply: firmwareProgress, signal })
  if (isUpdateLog(log, mark.logHead)) {
    const seen = { logTail: tailOf(log), ranVersion }
    if (status === 'reboot') return { ...seen, phase: 'rebooting', reason: null }
    if (status === 'done') return { ...seen, ...judge(log, mark, ranVersion) }
    // "running" is also shown for a job that died: the lock decides.
    if ((await isBusy(session, signal)) || isStarting(session, mark)) return { ...seen, phase: 'running', reason: null }
    return { ...seen, phase: 'failed', reason: 'The update ended on the firewall without a result.' }
  }
  return withoutLog(session, mark, { ranVersion, isEmpty: log.length === 0 }, signal)
}

/** The running log is gone, as after a restart, or is that of another job: the kept log, the lock and the version are left. */
async function withoutLog(
  session: Session,
  mark: StartMark,
  { ranVersion, isEmpty }: { ranVersion: string | null; isEmpty: boolean },
  signal: AbortSignal,
): Promise<UpdateProgress> {
  const kept = await keptLog(session, signal)
  if (isUpdateLog(kept, mark.keptHead)) return { logTail: tailOf(kept), ranVersion, ...judge(kept, mark, ranVersion) }
  const seen = { logTail: null, ranVersion }
  const isRunning = (await isBusy(session, signal)) && isEmpty
  if (isRunning || isStarting(session, mark)) return { ...seen, phase: 'running', reason: null }
  if (ranVersion !== null && ranVersion !== mark.fromVersion) return { ...seen, phase: 'done', reason: 'The version changed; the firewall kept no log of it.' }
  const bootedAt = (await readFacts(session, signal)).bootedAt
  if (!bootedAt.known || bootedAt.value > mark.at) return { ...seen, phase: 'not-knowable', reason: 'The firewall restarted since and kept no log of the update.' }
  return { ...seen, phase: 'idle', reason: 'The firewall has no trace of the update.' }
}

const isStarting = (session: Session, mark: StartMark): boolean => session.now().getTime() - Date.parse(mark.at) < START_MS

/** While it starts, or replaces packages, 401, 404, 500 and redirects pass (section 3.1, step 6). */
const AWAY: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'firewall-unreachable',
  'firewall-timed-out',
  'firewall-busy',
  'firewall-not-this-api',
  'firewall-not-reported',
  'firewall-reply-not-understood',
  'firewall-redirect',
  'firewall-credential-rejected',
  'firewall-no-tries-left',
  'firewall-privilege-missing',
])

async function reattach(session: Session, transport: Transport, signal: AbortSignal): Promise<Attachment> {
  try {
    // Without a credential first, so that a firewall that is only half there costs no failed sign-in.
    const { status } = await transport.send({
      method: 'GET',
      path: ENDPOINTS.firmwareRunning.path,
      headers: { Accept: 'application/json' },
      callClass: 'probe',
      lease: 'read',
      carriesCredential: false,
      acceptRedirect: true,
      signal,
    })
    if (status !== 302 && status !== 401) return { state: 'away', version: null, reason: 'The web server answers; the system behind it does not yet.' }
    await isBusy(session, signal)
    const { product } = await session.ask({ endpoint: ENDPOINTS.firmwareStatus, reply: firmwareStatus, signal })
    return { state: 'back', version: product?.product_version || null, reason: null }
  } catch (error) {
    if (error instanceof AppError && AWAY.has(error.code)) return { state: 'away', version: null, reason: error.message }
    throw error
  }
}
