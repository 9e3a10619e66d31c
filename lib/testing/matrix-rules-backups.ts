// The part of the table about backups of configurations.
import { db } from '@/lib/db/client'
import { ofCustomer, type Rule } from './matrix-rule'

/** Both sides are one backup here; what differs is looked at elsewhere. */
const besideItself: Rule = { names: 'backupId', least: 'operator', finds: 'operator', query: ({ at }) => ({ before: at.backupId, after: at.backupId }) }

export const BACKUPS: Record<string, Rule[]> = {
  listBackupStates: [{ names: 'filter', least: 'operator', finds: 'operator', query: ofCustomer }],
  countBackupStates: [{ names: 'filter', least: 'operator', finds: 'operator', query: ofCustomer }],
  readFirewallBackups: [{ names: 'firewallId', least: 'operator' }],
  listBackups: [{ names: 'firewallId', least: 'operator' }],
  takeBackup: [{ names: 'firewallId', least: 'operator', prepare: async ({ at }) => void (await db().firewall.update({ where: { id: at.firewallId }, data: { commandsAllowed: true } })) }],
  readBackup: [{ names: 'firewallId', least: 'operator' }],
  downloadBackup: [{ names: 'firewallId', least: 'admin', stepUp: true, sessionOnly: true }],
  compareBackups: [besideItself],
  compareBackupItems: [besideItself],
  compareBackupsRaw: [besideItself],
  listDrift: [{ names: 'filter', least: 'operator', finds: 'operator', query: ofCustomer }],
  readFirewallDrift: [{ names: 'firewallId', least: 'operator' }],
  acceptDrift: [{ names: 'firewallId', least: 'operator', body: ({ at }) => ({ backupId: at.backupId, note: 'as ordered' }) }],
}
