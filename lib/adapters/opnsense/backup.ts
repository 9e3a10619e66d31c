import type { BackupPort, ConfigurationRevision } from '@/lib/adapters/adapter'
import { authorInXml, authorOf, requireWholeXml } from '@/lib/adapters/configuration-file'
import { firewallError } from '@/lib/core/errors'
import type { Session } from './call'
import { ENDPOINTS } from './read-endpoints'
import { backupHistory } from './replies'

/** Name of the outermost element of a configuration. */
export const ROOT = 'opnsense'

/** Section 4: the newest entry of the history is the running configuration, and it is downloaded as a file that never changes. */
export function openBackup(session: Session): BackupPort {
  return {
    format: 'xml',
    async probe(signal): Promise<ConfigurationRevision | null> {
      const { items } = await session.ask({ endpoint: ENDPOINTS.backupHistory, reply: backupHistory, signal })
      const newest = items[0]
      return newest === undefined ? null : { id: newest.id, ...authorOf(newest.time, newest.username, newest.description), version: null }
    },
    async take(signal) {
      const bytes = await session.download(ENDPOINTS.backupDownload, signal)
      // Without any history the firewall answers 200 and nothing.
      if (bytes.length === 0) {
        throw firewallError('firewall-not-reported', {
          message: 'The firewall keeps no history of its configuration, so it has none to give.',
          details: { path: ENDPOINTS.backupDownload.path, nextStep: 'Save something in the web interface of the firewall once, and keep at least one backup under System, Configuration, History.' },
        })
      }
      requireWholeXml(bytes, ROOT)
      return { bytes, format: 'xml', author: authorInXml(bytes) }
    },
  }
}
