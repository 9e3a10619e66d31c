import type { CheckStep, ConnectOptions, FirewallAdapter, FirmwareCheckPort } from '@/lib/adapters/adapter'
import { firewallError } from '@/lib/core/errors'
import { MEMORY, type Caller } from './call'
import { COMMANDS } from './commands'
import { rememberedCheck, toCheck, type RememberedCheck } from './map-firmware'
import { ENDPOINTS } from './read-endpoints'
import { commandReply, versionReply } from './replies'

const BUSY = 'Another package run is under way on the firewall. Try again in a few minutes.'
const UNKNOWN = 'Whether the check ran is not known. Start it again.'

/** The last check, or null when none was made or what is stored is not understood. */
export async function recallCheck(memory: ConnectOptions['memory']): Promise<RememberedCheck | null> {
  const stored = await memory.get(MEMORY.firmwareCheck)
  if (stored === null) return null
  try {
    return rememberedCheck.safeParse(JSON.parse(stored)).data ?? null
  } catch {
    return null
  }
}

/**
 * The API has no update check: one fixed command runs it, waits for its end (up to a minute) and tells the result by its
 * exit code (contract section 7, firmware). Exists only with the command permission (product decision 12).
 */
export function openFirmwareCheck(caller: Caller, options: ConnectOptions, readFirmware: FirewallAdapter['reads']['firmware']): FirmwareCheckPort {
  const { memory, now } = options

  async function conclude(check: RememberedCheck, signal: AbortSignal): Promise<CheckStep> {
    if (check.state === 'check-failed') return { phase: 'failed', reason: [check.reason, check.message].filter((part) => part !== null).join(' ') }
    // What was just stored is part of the reading, beside version and packages.
    return { phase: 'done', firmware: await readFirmware(signal) }
  }

  return {
    async begin(signal) {
      // Asked again here: the permission may have been taken away since this connection was opened for another reason.
      if (!options.commandsAllowed) throw firewallError('firewall-command-permission-needed')
      const version = await caller.get(ENDPOINTS.systemVersion, versionReply, signal)
      const { output, result_code: resultCode } = await caller.post(ENDPOINTS.commandPrompt, { command: COMMANDS.checkForUpdates }, commandReply, signal)
      const check = toCheck(output, resultCode, version.version, now())
      if (check === 'busy') return { phase: 'failed', reason: BUSY }
      await memory.set(MEMORY.firmwareCheck, JSON.stringify(check))
      return conclude(check, signal)
    },
    /** The command ends with the check, so a later step only reads what was stored; it never runs it again. */
    async progress(signal) {
      const check = await recallCheck(memory)
      return check === null ? { phase: 'failed', reason: UNKNOWN } : conclude(check, signal)
    },
  }
}
