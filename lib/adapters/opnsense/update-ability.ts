import type { UpdateAbility } from '@/lib/adapters/firmware-port'

/** From the contract, section 3: no command is needed, packages and restarts are reported, and nothing of the API is lost. */
export const updateAbility: UpdateAbility = {
  kinds: ['minor', 'major', 'reboot'],
  startNeedsCommands: false,
  reportsPackages: true,
  reportsReboot: true,
  reportsChangeNotes: true,
  losesApiPackage: false,
  minutesAway: { least: 2, most: 20 },
  restartsMax: 2,
  endpointStart: null,
  isSameVersion: (ran, wanted) => ran === wanted,
  reinstall: () => null,
  rollback: (kind, fromVersion) => {
    if (kind === 'reboot') return ['Nothing was installed, so there is nothing to go back to.']
    const before = fromVersion ?? 'the version before'
    return [
      'This API has no call that goes back, so Palisade offers none.',
      `Where the system lies on ZFS and a snapshot was made before (System, Snapshots, since 25.1), activate it there and restart: the firewall then runs ${before} again, with its configuration of that time. Palisade neither makes nor reads snapshots; make one before the update.`,
      kind === 'major'
        ? `Without a snapshot, a new series cannot be taken back. Install ${before} from an image and restore the backup that was made before this update.`
        : 'Without a snapshot, one package can be taken back in a shell of the firewall with "opnsense-revert", named after an earlier release. Otherwise install from an image and restore the backup that was made before this update.',
      'A virtual machine goes back faster by a snapshot of its host, if one was made before.',
    ]
  },
}
