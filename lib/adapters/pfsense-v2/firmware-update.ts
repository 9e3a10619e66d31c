// Installing an update of the base system, contract section 7: by one fixed detached command, or by POST /system/update where an
// admin chose that for this firewall. Afterwards the API package is gone until a person reinstalls it.
import type { ConnectOptions, FirewallAdapter } from '@/lib/adapters/adapter'
import type { Attachment, FirmwareOffer, FirmwarePort, StartAnswer, UpdateProgress } from '@/lib/adapters/firmware-port'
import type { Firmware } from '@/lib/adapters/model'
import { factsWithoutCommands, judgeProgress, readProgressOutput, recallStart, rememberStart, type SeenLog } from '@/lib/adapters/upgrade-command'
import { AppError, firewallError, type ErrorCode } from '@/lib/core/errors'
import type { Caller } from './call'
import { COMMANDS } from './commands'
import { detect } from './detect'
import { factsByCommand, readFacts, startOf } from './firmware-facts'
import { ENDPOINTS as AT } from './read-endpoints'
import { commandReply, nothing, systemStatusReply, versionReply } from './replies'

const NEEDS_COMMANDS = 'Starting an update needs the command permission, which is off for this firewall. An admin can switch it on in the settings of the firewall.'
const BUSY: StartAnswer = { answer: 'busy', reason: 'An update or another package run is under way on the firewall.' }
/** 503 of POST /system/update: a process of before runs, or left its lock. Any other 503 comes from the web server, and tells nothing. */
const QUEUED = 'DISPATCHER_TOO_MANY_QUEUED_PROCESSES'

export function openFirmware(caller: Caller, options: ConnectOptions, reads: FirewallAdapter['reads']): FirmwarePort {
  const byEndpoint = options.updateByEndpoint === true
  const isAllowed = options.commandsAllowed || byEndpoint
  return {
    startReason: isAllowed ? null : NEEDS_COMMANDS,
    offer: async (signal) => toOffer(await reads.firmware(signal)),
    async start(kind, signal) {
      if (kind === 'major') return { answer: 'refused', reason: 'This family has no separate major update: what is offered is installed.' }
      if (!isAllowed) throw firewallError('firewall-command-permission-needed')
      return byEndpoint ? startByEndpoint(caller, options, signal) : startByCommand(caller, options, signal)
    },
    progress: (signal) => progress(caller, options, signal),
    facts: (signal) => readFacts(caller, options, signal),
    async reboot(signal) {
      if (options.commandsAllowed && (await readLog(caller, signal))?.isRunning === true) return BUSY
      await caller.post(AT.restart, {}, nothing, signal)
      return { answer: 'accepted' }
    },
    reattach: (signal) => reattach(caller, options, signal),
  }
}

/** Neither packages of the base nor size and restart are reported; what the check names is installed. */
function toOffer({ state, installedVersion, offeredVersion, checkedAt, reason }: Firmware): FirmwareOffer {
  const minor = state === 'offered' ? { version: offeredVersion, packages: null, downloadBytes: null, rebootRequired: null } : null
  return { installedVersion, state, minor, major: null, checkedAt, reason }
}

async function readLog(caller: Caller, signal: AbortSignal): Promise<SeenLog | null> {
  const { output } = await caller.post(AT.shortCommand, { command: COMMANDS.readProgress }, commandReply, signal)
  return readProgressOutput(output)
}

async function startByCommand(caller: Caller, options: ConnectOptions, signal: AbortSignal): Promise<StartAnswer> {
  const { version } = await caller.get(AT.systemVersion, versionReply, signal)
  const log = await readLog(caller, signal)
  if (log === null) return { answer: 'refused', reason: 'The firewall did not tell whether an update runs already, so none was started.' }
  if (log.isRunning) return BUSY
  await rememberStart(options.memory, { by: 'command', at: options.now().toISOString(), fromVersion: version, stamp: log.stamp })
  const { result_code: resultCode } = await caller.post(AT.shortCommand, { command: COMMANDS.startUpdate }, commandReply, signal)
  // Without an exit code the command may have run: what became of it is read, and it is not sent again.
  if (resultCode === null || resultCode === undefined) throw firewallError('firewall-reply-not-understood', { message: 'The firewall did not tell whether the command that starts the update ran.' })
  return resultCode === 0 ? { answer: 'accepted' } : { answer: 'refused', reason: `The command that starts the update failed on the firewall (exit code ${resultCode}).` }
}

async function startByEndpoint(caller: Caller, options: ConnectOptions, signal: AbortSignal): Promise<StartAnswer> {
  const { version } = await caller.get(AT.systemVersion, versionReply, signal)
  if (options.commandsAllowed && (await readLog(caller, signal))?.isRunning === true) return BUSY
  await rememberStart(options.memory, { by: 'endpoint', at: options.now().toISOString(), fromVersion: version, stamp: null })
  try {
    await caller.post(AT.systemUpdate, {}, nothing, signal)
    return { answer: 'accepted' }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    if (error.details['responseId'] === QUEUED) return { answer: 'busy', reason: 'An update of before runs on the firewall, or was cut off and left its lock until the firewall restarts.' }
    if (error.code === 'firewall-not-reported') return { answer: 'refused', reason: 'The API package on this firewall has no call that starts an update; it came with release 2.8.' }
    throw error
  }
}

async function progress(caller: Caller, options: ConnectOptions, signal: AbortSignal): Promise<UpdateProgress> {
  const mark = await recallStart(options.memory)
  const { version } = await caller.get(AT.systemVersion, versionReply, signal)
  if (options.commandsAllowed) {
    const log = await readLog(caller, signal)
    const { bootedAt, lockLeft } = await factsByCommand(caller, signal)
    return judgeProgress(mark, { log, ranVersion: version, bootedAt, lockLeft, now: options.now() })
  }
  const { lockLeft } = factsWithoutCommands(NEEDS_COMMANDS)
  const startedAt = startOf((await caller.get(AT.systemStatus, systemStatusReply, signal)).uptime, options.now())
  const bootedAt = startedAt === null ? ({ known: false, reason: NEEDS_COMMANDS } as const) : ({ known: true, value: startedAt, source: 'status/system' } as const)
  return judgeProgress(mark, { log: null, ranVersion: version, bootedAt, lockLeft, now: options.now() })
}

/** While it starts, or the package is put in its place, these pass (contract section 9, #645). */
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
  'firewall-api-package-missing',
  'firewall-api-off',
])
const MISSING = 'The firewall answers with the pinned certificate, and its API package is gone.'
const STARTING = 'The web server answers; the system behind it does not yet.'

async function reattach(caller: Caller, options: ConnectOptions, signal: AbortSignal): Promise<Attachment> {
  try {
    // Without a credential first, so that a firewall that is only half there costs no failed sign-in. The sign-in page of the
    // system in place of the API tells that it is up and the package is not.
    const clue = await detect(options.transport, signal)
    if (clue === 'api-package-missing') return { state: 'api-package-missing', version: null, reason: MISSING }
    if (clue !== 'yes') return { state: 'away', version: null, reason: STARTING }
    const { version } = await caller.get(AT.systemVersion, versionReply, signal)
    return { state: 'back', version, reason: null }
  } catch (error) {
    if (error instanceof AppError && AWAY.has(error.code)) return { state: 'away', version: null, reason: error.message }
    throw error
  }
}
