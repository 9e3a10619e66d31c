import type { FamilyModule } from '@/lib/adapters/adapter'
import { openBackup } from './backup'
import { openSession } from './call'
import { COMMAND_PERMISSION } from './commands'
import { configuration } from './configuration'
import { credentialMethods } from './credential'
import { detect } from './detect'
import { createFirmware } from './firmware-update'
import { createFirmwareCheck, readChangelog } from './firmware-check'
import { rawReads, readRaw } from './raw'
import { productReader } from './read-product'
import { createReads, privileges } from './reads'
import { restoreInstructions } from './restore'
import { createRevert } from './revert'
import { testCredential } from './test'
import { updateAbility } from './update-ability'

export const opnsense: FamilyModule = {
  family: 'opnsense',
  label: 'OPNsense',
  testedVersions: ['25.1', '25.7', '26.1', '26.7'],
  credentialMethods,
  privileges,
  rawReads,
  configuration,
  commandPermission: COMMAND_PERMISSION,
  checkNeedsCommands: false,
  backupNeedsCommands: false,
  revertReason: null,
  updateAbility,
  restoreInstructions,
  detect,
  connect: (options) => {
    const session = openSession(options)
    const reads = createReads({ session, product: productReader(session) })
    return {
      reads,
      test: (signal) => testCredential(session, signal),
      check: createFirmwareCheck(session),
      checkReason: null,
      backup: openBackup(session),
      backupReason: null,
      revert: createRevert(session, reads),
      firmware: createFirmware(session, options.transport),
      readChangelog: (version, signal) => readChangelog(session, version, signal),
      readRaw: (id, signal) => readRaw(session, id, signal),
    }
  },
}
