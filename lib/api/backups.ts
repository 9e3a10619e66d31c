import { downloadBackup } from '@/lib/backups/download'
import { backupCounts, backupDto, backupStateDto, backupTaskDto, firewallBackupsDto } from '@/lib/backups/dto'
import { countBackupStatesInput, firewallBackupsInput, listBackupsInput, listBackupStatesInput, readBackupInput } from '@/lib/backups/input'
import { countBackupStates, listBackupStates } from '@/lib/backups/list-states'
import { listBackups, readBackup, readFirewallBackups } from '@/lib/backups/read'
import { requestBackup } from '@/lib/backups/request'
import { operation } from '@/lib/http/operation'
import { listOf } from '@/lib/lists/list'

const tag = 'backups'

export const backupOperations = {
  states: operation({ id: 'listBackupStates', method: 'get', path: '/backups', tag, summary: 'How firewalls stand with their backups, the worst first', input: listBackupStatesInput, output: listOf(backupStateDto), run: listBackupStates }),
  counts: operation({ id: 'countBackupStates', method: 'get', path: '/backups/counts', tag, summary: 'How many firewalls stand how', input: countBackupStatesInput, output: backupCounts, run: countBackupStates }),
  ofFirewall: operation({ id: 'readFirewallBackups', method: 'get', path: '/firewalls/{id}/backup-state', tag, summary: 'How one firewall stands with its backups, and what is being done now', input: firewallBackupsInput, output: firewallBackupsDto, run: readFirewallBackups }),
  list: operation({ id: 'listBackups', method: 'get', path: '/firewalls/{id}/backups', tag, summary: 'Backups of one firewall, newest first', input: listBackupsInput, output: listOf(backupDto), run: listBackups }),
  take: operation({ id: 'takeBackup', method: 'post', path: '/firewalls/{id}/backups', tag, summary: 'Take a backup now; the reply says how it stands', input: firewallBackupsInput, output: backupTaskDto, status: 202, creates: true, run: (actor, { id }, { create }) => requestBackup(actor, { id, reason: 'by-hand' }, create) }),
  read: operation({ id: 'readBackup', method: 'get', path: '/firewalls/{id}/backups/{backupId}', tag, summary: 'What is known of one backup', input: readBackupInput, output: backupDto, run: readBackup }),
  download: operation({ id: 'downloadBackup', method: 'post', path: '/firewalls/{id}/backups/{backupId}/download', tag, summary: 'The configuration as the firewall gave it, with its secrets', input: readBackupInput, output: 'download', run: downloadBackup }),
}
