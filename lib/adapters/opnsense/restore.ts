import type { RestoreInstructions } from '@/lib/adapters/adapter'

const MENU = ['System', 'Configuration', 'Backups'] as const

/**
 * From the product's own documentation (manual/backups, manual/install) and the contract, section 4. The pages are the same
 * from 25.1 to 26.7; only the version in which the file was written differs.
 */
export function restoreInstructions(version: string | null): RestoreInstructions {
  return {
    menu: MENU,
    steps: [
      'Sign in to the web interface of the firewall as an administrator and open the page above.',
      'Under Restore, leave the restore areas at "All": parts of a configuration depend on each other, and a partial restore can lead to unexpected behaviour.',
      'Choose the file named above. It is not encrypted, so leave "Configuration file is encrypted" off.',
      'Keep "Reboot after a successful restore" on. Storing a configuration reloads nothing by itself; the restart makes it run.',
      'Choose "Restore configuration" and wait until the firewall is back.',
    ],
    console: [
      'Write an installation image to one USB drive. Format a second one with FAT or FAT32, make a folder "conf" on it and put the file there as "config.xml".',
      'Boot the machine from the image with both drives in it, and press a key at "Press any key to start the configuration importer".',
      'Type the device name of the second drive. The live system then runs with this configuration; sign in as "installer" to install it to the disk.',
    ],
    mind: [
      ...(version === null ? [] : [`The file was written by version ${version}.`]),
      'Plugins are not in the file. Install them again under System, Firmware, Plugins; their settings are in the file.',
      'On other hardware the network cards may have other names. Look over Interfaces, Assignments before traffic goes through it.',
      'API keys come back as they were then: a key that was made later is gone, and Palisade then says that its credential is rejected. Keep a way in that does not need Palisade.',
      'The certificate of the web interface comes back as it was then. Palisade stops when it is another one than the pinned one, until someone trusts it again.',
    ],
    pair: [
      'Of a pair, restore one firewall, and only when its peer carries the traffic. Go on with the other when the first one is back and well.',
      'Give each firewall its own file: addresses, roles and the synchronisation differ between the two. Synchronise by hand afterwards, from the first to the second.',
    ],
  }
}
