// Installing an update of the base system, contract section 7: the API has no call for it, so one fixed detached command starts
// it, only with the command permission. Afterwards the API package is gone until a person reinstalls it.
import type { ConnectOptions } from '@/lib/adapters/adapter'
import type { Attachment, FirmwareOffer, FirmwarePort, StartAnswer, UpdateProgress } from '@/lib/adapters/firmware-port'
import type { Firmware } from '@/lib/adapters/model'
import { factsWithoutCommands, judgeProgress, readProgressOutput, recallStart, rememberStart } from '@/lib/adapters/upgrade-command'
import { AppError, firewallError, type ErrorCode } from '@/lib/core/errors'
import type { Caller } from './call'
import { COMMANDS } from './commands'
import { detect } from './detect'
import { factsByCommand, readFacts, runCommand } from './firmware-facts'
import { ENDPOINTS } from './read-endpoints'
import { Asker, READERS } from './reads'
import { versionReply } from './replies'

const NEEDS_COMMANDS = 'Starting an update needs the command permission, which is off for this firewall. An admin can switch it on in the settings of the firewall.'
const BUSY: StartAnswer = { answer: 'busy', reason: 'An update or another package run is under way on the firewall.' }
const EXIT_CODE = /(?:^|\n)rc=(\d{1,3})\s*$/

export function openFirmware(caller: Caller, options: ConnectOptions): FirmwarePort {
  const { memory, now, commandsAllowed } = options
  return {
    startReason: commandsAllowed ? null : NEEDS_COMMANDS,
    offer: async (signal) => toOffer(await READERS.firmware(new Asker(caller, memory, now, signal))),
    async start(kind, signal) {
      if (kind === 'major') return { answer: 'refused', reason: 'This family has no separate major update: what is offered is installed.' }
      if (!commandsAllowed) throw firewallError('firewall-command-permission-needed')
      return start(caller, options, signal)
    },
    progress: (signal) => progress(caller, options, signal),
    facts: (signal) => readFacts(caller, options, signal),
    async reboot(signal) {
      if (commandsAllowed && (await readLog(caller, signal))?.isRunning === true) return BUSY
      await caller.post(ENDPOINTS.restart, {}, signal)
      return { answer: 'accepted' }
    },
    reattach: (signal) => reattach(caller, options, signal),
  }
}

/** Neither packages of the base nor size and restart are reported; what is offered is installed. */
function toOffer({ state, installedVersion, offeredVersion, checkedAt, reason }: Firmware): FirmwareOffer {
  const minor = state === 'offered' ? { version: offeredVersion, packages: null, downloadBytes: null, rebootRequired: null } : null
  return { installedVersion, state, minor, major: null, checkedAt, reason }
}

const readLog = async (caller: Caller, signal: AbortSignal) => readProgressOutput(await runCommand(caller, COMMANDS.readProgress, signal))

async function start(caller: Caller, options: ConnectOptions, signal: AbortSignal): Promise<StartAnswer> {
  const { version } = await caller.get(ENDPOINTS.version, versionReply, signal)
  const log = await readLog(caller, signal)
  if (log === null) return { answer: 'refused', reason: 'The firewall did not tell whether an update runs already, so none was started.' }
  if (log.isRunning) return BUSY
  await rememberStart(options.memory, { by: 'command', at: options.now().toISOString(), fromVersion: version || null, stamp: log.stamp })
  const exitCode = EXIT_CODE.exec(await runCommand(caller, COMMANDS.startUpdate, signal))?.[1]
  // Without an exit code the command may have run: what became of it is read, and it is not sent again.
  if (exitCode === undefined) throw firewallError('firewall-reply-not-understood', { message: 'The firewall did not tell whether the command that starts the update ran.' })
  return exitCode === '0' ? { answer: 'accepted' } : { answer: 'refused', reason: `The command that starts the update failed on the firewall (exit code ${exitCode}).` }
}

async function progress(caller: Caller, { memory, now, commandsAllowed }: ConnectOptions, signal: AbortSignal): Promise<UpdateProgress> {
  const mark = await recallStart(memory)
  const { version } = await caller.get(ENDPOINTS.version, versionReply, signal)
  const log = commandsAllowed ? await readLog(caller, signal) : null
  const { bootedAt, lockLeft } = commandsAllowed ? await factsByCommand(caller, signal) : factsWithoutCommands(NEEDS_COMMANDS)
  return judgeProgress(mark, { log, ranVersion: version || null, bootedAt, lockLeft, now: now() })
}

/** While it starts, or the package is put in its place, these pass. */
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
    // Without a credential first, so that a firewall that is only half there costs no failed sign-in.
    if ((await detect(options.transport, signal)) === 'yes') {
      const { version } = await caller.get(ENDPOINTS.version, versionReply, signal)
      return { state: 'back', version: version || null, reason: null }
    }
    // The sign-in page of the system beside a path that nobody owns: it is up, and the package is not.
    const page = await options.transport.send({ method: 'GET', path: '/', headers: { Accept: 'text/html' }, callClass: 'probe', lease: 'read', carriesCredential: false, acceptRedirect: true, signal })
    const isUp = page.status === 200 && /pfsense/i.test(page.text)
    return isUp ? { state: 'api-package-missing', version: null, reason: MISSING } : { state: 'away', version: null, reason: STARTING }
  } catch (error) {
    if (error instanceof AppError && AWAY.has(error.code)) return { state: 'away', version: null, reason: error.message }
    throw error
  }
}
