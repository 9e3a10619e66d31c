import type { BackupPort, ConfigurationRevision } from '@/lib/adapters/adapter'
import { authorInXml, authorOf, fileFromCommand, requireWholeXml } from '@/lib/adapters/configuration-file'
import { AppError, firewallError } from '@/lib/core/errors'
import type { Caller } from './call'
import { COMMANDS } from './commands'
import { ENDPOINTS } from './read-endpoints'
import { commandReply, configHistoryReply } from './replies'

const ROOT = 'pfsense'
/** The history is a convenience: without it, or without its privilege, the configuration is fetched each time. */
const CANNOT_TELL = ['firewall-reply-not-understood', 'firewall-not-reported', 'firewall-privilege-missing']

export const BACKUP_NEEDS_COMMANDS = 'A backup needs the command permission: this API gives no configuration. An admin can switch it on in the settings of the firewall.'

/** `admin@10.0.0.5 (Local Database): what was done`. The newest entry is named after the change before the last one, so it only tells that something changed. */
export function toRevision(history: { time: number | null; description: string | null; version: string | null }[]): ConfigurationRevision | null {
  const newest = history[0]
  if (newest?.time === undefined || newest.time === null) return null
  const [, by = '', note = newest.description ?? ''] = /^([^:]{1,200}): ?([\s\S]*)$/.exec(newest.description ?? '') ?? []
  return { id: String(newest.time), ...authorOf(newest.time, by, note), version: newest.version }
}

/** Exists only with the command permission (product decision 12): one fixed command prints the file (contract section 7). */
export function openBackup(caller: Caller): BackupPort {
  return {
    format: 'xml',
    async probe(signal) {
      try {
        return toRevision(await caller.get(ENDPOINTS.configHistory, configHistoryReply, signal))
      } catch (error) {
        if (error instanceof AppError && CANNOT_TELL.includes(error.code)) return null
        throw error
      }
    },
    async take(signal) {
      const { output, result_code: resultCode } = await caller.post(ENDPOINTS.configuration, { command: COMMANDS.readConfiguration }, commandReply, signal)
      if (resultCode !== 0) {
        throw firewallError('firewall-reply-not-understood', {
          message: `The command that reads the configuration failed on the firewall (exit code ${resultCode ?? 'not told'}).`,
          details: { path: ENDPOINTS.configuration.path, nextStep: 'Look at the disk of the firewall, and whether /cf/conf/config.xml is there.' },
        })
      }
      const bytes = fileFromCommand(output)
      requireWholeXml(bytes, ROOT)
      return { bytes, format: 'xml', author: authorInXml(bytes) }
    },
  }
}
