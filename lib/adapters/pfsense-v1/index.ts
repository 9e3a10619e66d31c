// The legacy pfSense API package, `/api/v1`. Wiring only.
import type { FamilyModule } from '@/lib/adapters/adapter'
import type { ReadKind, Readings } from '@/lib/adapters/model'
import { openBackup } from './backup'
import { openCaller } from './call'
import { COMMAND_PERMISSION } from './commands'
import { configuration } from './configuration'
import { credentialMethods } from './credential'
import { detect } from './detect'
import { openFirmware } from './firmware-update'
import { firmwareCheck } from './firmware-check'
import { rawReads, readRaw } from './raw'
import { Asker, PRIVILEGES, READERS } from './reads'
import { restoreInstructions } from './restore'
import { REVERT_REASON, revert } from './revert'
import { testCredential } from './test'
import { updateAbility } from './update-ability'

export const pfsenseV1: FamilyModule = {
  family: 'pfsense-v1',
  label: 'pfSense (API package v1)',
  testedVersions: ['1.5', '1.9'],
  credentialMethods,
  privileges: PRIVILEGES,
  rawReads,
  configuration,
  commandPermission: COMMAND_PERMISSION,
  checkNeedsCommands: false,
  backupNeedsCommands: false,
  revertReason: REVERT_REASON,
  updateAbility,
  restoreInstructions,
  detect,
  connect(options) {
    const caller = openCaller(options)
    const { memory, now } = options
    const reading =
      <K extends ReadKind>(kind: K) =>
      (signal: AbortSignal): Promise<Readings[K]> => {
        const reader: (ask: Asker) => Promise<Readings[K]> = READERS[kind]
        return reader(new Asker(caller, memory, now, signal))
      }
    return {
      reads: {
        status: reading('status'),
        firmware: reading('firmware'),
        rules: reading('rules'),
        aliases: reading('aliases'),
        arp: reading('arp'),
        leases: reading('leases'),
        gateways: reading('gateways'),
        interfaces: reading('interfaces'),
        services: reading('services'),
        nat: reading('nat'),
        carp: reading('carp'),
        vpn: reading('vpn'),
        posture: reading('posture'),
      },
      test: (signal) => testCredential(options, signal),
      check: firmwareCheck(caller, memory, now),
      checkReason: null,
      backup: openBackup(caller, options.commandsAllowed),
      backupReason: null,
      revert,
      firmware: openFirmware(caller, options),
      readChangelog: async () => null,
      readRaw: (id, signal) => readRaw(caller, id, signal),
    }
  },
}
