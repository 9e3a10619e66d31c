import type { BackupPort, ConfigurationRevision } from '@/lib/adapters/adapter'
import { authorInXml, authorOf, fileFromCommand, requireWholeXml } from '@/lib/adapters/configuration-file'
import { AppError, firewallError } from '@/lib/core/errors'
import { CALL_CLASSES } from '@/lib/outbound/transport'
import type { Caller } from './call'
import { COMMANDS } from './commands'
import { ENDPOINTS } from './read-endpoints'
import { commandReply, configHistoryReply, configurationReply, configurationRevision } from './replies'

const ROOT = 'pfsense'
/** As much as a reply may have (call class `configuration`). */
const CONFIGURATION_BYTES_MAX = CALL_CLASSES.configuration.replyBytesMax
const EXIT_CODE = /\nrc=(\d{1,3})\s*$/
/** The history is a convenience: where none exists the package answers oddly, and the configuration is fetched each time. */
const CANNOT_TELL = ['firewall-reply-not-understood', 'firewall-not-reported', 'firewall-privilege-missing']

/** `admin@10.0.0.5 (Local Database): what was done`. The newest entry is named after the change before the last one, so it only tells that something changed. */
export function toRevision(history: { time: number | null; description: string; version: string }[]): ConfigurationRevision | null {
  const newest = history[0]
  if (newest?.time === undefined || newest.time === null) return null
  const [, by = '', note = newest.description] = /^([^:]{1,200}): ?([\s\S]*)$/.exec(newest.description) ?? []
  return { id: String(newest.time), ...authorOf(newest.time, by, note), version: newest.version || null }
}

async function probe(caller: Caller, signal: AbortSignal): Promise<ConfigurationRevision | null> {
  try {
    return toRevision(await caller.get(ENDPOINTS.configHistory, configHistoryReply, signal))
  } catch (error) {
    if (error instanceof AppError && CANNOT_TELL.includes(error.code)) return null
    throw error
  }
}

/** With the command permission the file itself, else the same as JSON, which cannot be given back to a firewall (contract section 7). */
export function openBackup(caller: Caller, commandsAllowed: boolean): BackupPort {
  return commandsAllowed
    ? { format: 'xml', probe: (signal) => probe(caller, signal), take: (signal) => takeFile(caller, signal) }
    : { format: 'json', probe: (signal) => probe(caller, signal), take: (signal) => takeJson(caller, signal) }
}

async function takeFile(caller: Caller, signal: AbortSignal) {
  const { path } = ENDPOINTS.configurationFile
  const { data } = await caller.post(ENDPOINTS.configurationFile, { shell_cmd: COMMANDS.readConfiguration }, signal)
  const output = commandReply.safeParse(data).data?.cmd_output ?? ''
  const exitCode = EXIT_CODE.exec(output.slice(-20))?.[1]
  if (exitCode !== '0') {
    throw firewallError('firewall-reply-not-understood', {
      message: `The command that reads the configuration failed on the firewall (exit code ${exitCode ?? 'not told'}).`,
      details: { path, nextStep: 'Look at the disk of the firewall, and whether /cf/conf/config.xml is there.' },
    })
  }
  const bytes = fileFromCommand(output.replace(EXIT_CODE, ''))
  requireWholeXml(bytes, ROOT)
  return { bytes, format: 'xml', author: authorInXml(bytes) } as const
}

/** Numbers of a hostile reply are longer when they are written anew: `1e20`. */
export function jsonBytes(configuration: unknown, bytesMax: number = CONFIGURATION_BYTES_MAX): Buffer {
  const text = `${JSON.stringify(configuration)}\n`
  if (Buffer.byteLength(text) <= bytesMax) return Buffer.from(text)
  throw firewallError('firewall-reply-too-large', {
    message: `The configuration of the firewall is larger than the ${bytesMax / 1_048_576} MiB allowed here and was dropped.`,
    details: { path: ENDPOINTS.configuration.path, nextStep: 'Look at the firewall: its configuration is not what it should be.' },
  })
}

/** JSON is whole or does not parse. Written anew without spaces, so that equal configurations are equal text however the server wrote them. */
async function takeJson(caller: Caller, signal: AbortSignal) {
  const configuration = await caller.get(ENDPOINTS.configuration, configurationReply, signal)
  const { time, username, description } = configurationRevision.parse(configuration['revision'])
  return { bytes: jsonBytes(configuration), format: 'json', author: authorOf(time, username, description) } as const
}
