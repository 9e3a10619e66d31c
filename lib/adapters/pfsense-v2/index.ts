import type { FamilyModule } from '@/lib/adapters/adapter'
import { BACKUP_NEEDS_COMMANDS, openBackup } from './backup'
import { openCaller } from './call'
import { COMMAND_PERMISSION } from './commands'
import { configuration } from './configuration'
import { credentialMethods } from './credential'
import { detect } from './detect'
import { openFirmware } from './firmware-update'
import { openFirmwareCheck } from './firmware-check'
import { NEEDS_COMMANDS } from './map-firmware'
import { rawReads, readRaw } from './raw'
import { privilegesOf } from './read-endpoints'
import { openReads } from './reads'
import { restoreInstructions } from './restore'
import { REVERT_REASON, revert } from './revert'
import { testCredential } from './test'
import { updateAbility } from './update-ability'

export const pfsenseV2: FamilyModule = {
  family: 'pfsense-v2',
  label: 'pfSense (REST API v2)',
  testedVersions: ['2.7', '2.10'],
  credentialMethods,
  privileges: {
    status: privilegesOf('status'),
    firmware: privilegesOf('firmware'),
    rules: privilegesOf('rules'),
    aliases: privilegesOf('aliases'),
    arp: privilegesOf('arp'),
    leases: privilegesOf('leases'),
    gateways: privilegesOf('gateways'),
    interfaces: privilegesOf('interfaces'),
    services: privilegesOf('services'),
    nat: privilegesOf('nat'),
    carp: privilegesOf('carp'),
    vpn: privilegesOf('vpn'),
    posture: privilegesOf('posture'),
  },
  rawReads,
  configuration,
  commandPermission: COMMAND_PERMISSION,
  checkNeedsCommands: true,
  backupNeedsCommands: true,
  revertReason: REVERT_REASON,
  updateAbility,
  restoreInstructions,
  detect,
  connect(options) {
    const caller = openCaller(options)
    const reads = openReads(caller, options)
    return {
      reads,
      test: (signal) => testCredential(caller, reads, options, signal),
      check: options.commandsAllowed ? openFirmwareCheck(caller, options, reads.firmware) : null,
      checkReason: options.commandsAllowed ? null : NEEDS_COMMANDS,
      backup: options.commandsAllowed ? openBackup(caller) : null,
      backupReason: options.commandsAllowed ? null : BACKUP_NEEDS_COMMANDS,
      revert,
      firmware: openFirmware(caller, options, reads),
      // This API has no change notes.
      readChangelog: () => Promise.resolve(null),
      readRaw: (id, signal) => readRaw(caller, id, signal),
    }
  },
}
