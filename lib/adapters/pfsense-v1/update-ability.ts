import type { UpdateAbility } from '@/lib/adapters/firmware-port'
import { isSameVersion } from '@/lib/adapters/upgrade-command'
import { packageCommands } from './commands'

/** `2.7.2-RELEASE`: builds are made for the base `2.7` (contract section 1). */
const baseOf = (version: string | null): string | null => /^\d+\.\d+/.exec(version ?? '')?.[0] ?? null

/** From the contract, sections 1 and 7. */
export const updateAbility: UpdateAbility = {
  kinds: ['minor', 'reboot'],
  startNeedsCommands: true,
  reportsPackages: false,
  reportsReboot: false,
  reportsChangeNotes: false,
  losesApiPackage: true,
  minutesAway: { least: 5, most: 20 },
  restartsMax: 2,
  endpointStart: null,
  isSameVersion,
  reinstall(version) {
    const { commands, gap } = packageCommands(baseOf(version))
    const install = commands.find(({ purpose }) => purpose === 'install')
    return install === undefined ? { command: null, note: gap ?? 'No build of the API package is known for this version.' } : { command: install.command, note: install.note }
  },
  rollback: (kind, fromVersion) =>
    kind === 'reboot'
      ? ['Nothing was installed, so there is nothing to go back to.']
      : [
          'This API has no call that goes back, so Palisade offers none, and an older version does not take the configuration of a newer one.',
          `Where the system lies on ZFS, and the page System, Boot Environments of the firewall shows one of before the update, it brings ${fromVersion ?? 'the version before'} back: activate it there and restart. The API package of that time comes back with it. Whether this firewall has one, its API does not tell; look there before the update.`,
          `Without one, install ${fromVersion ?? 'the version before'} from an image and restore the backup that was made before this update.`,
          'A virtual machine goes back faster by a snapshot of its host, if one was made before.',
        ],
}
