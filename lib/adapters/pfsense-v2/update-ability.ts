import type { UpdateAbility } from '@/lib/adapters/firmware-port'
import { isSameVersion } from '@/lib/adapters/upgrade-command'
import { toInstallLine } from './commands'

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
  endpointStart: {
    label: 'Start updates by the API call instead of the command',
    risk: 'The call of the API package (2.8 and later) runs the update under a limit of 5 minutes. A download or installation that takes longer may be cut in the middle, and then leaves a lock that lets no other start until the firewall restarts. It shows no progress. The command that Palisade sends otherwise is the one of the web interface and has no such limit.',
  },
  isSameVersion,
  reinstall(version, apiPackageVersion) {
    const line = toInstallLine(version === null ? null : (version.split('-')[0] ?? null), apiPackageVersion)
    return line.command === null ? line : { ...line, note: `${line.note} Then restart the web interface: /etc/rc.restart_webgui` }
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
