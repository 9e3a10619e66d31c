import type { RestoreInstructions } from './adapter'

const MENU = ['Diagnostics', 'Backup & Restore'] as const

/**
 * For the families whose API comes in a package (`apiPackage`, at the start of a sentence) and that share one product. From the
 * product's own documentation (backup/restore, backup/restore-during-install) and the contract of the API package.
 */
export function restoreWithPackages(version: string | null, apiPackage: string): RestoreInstructions {
  return {
    menu: MENU,
    steps: [
      'Sign in to the web interface of the firewall as an administrator and open the page above.',
      'Under Restore Backup, leave the restore area at "All".',
      'Choose the file named above. It is not encrypted, so leave the encryption box off.',
      'Choose "Restore Configuration". The firewall applies the file and restarts by itself.',
      'When it asks for interfaces, assign them: the network cards have other names than those in the file.',
    ],
    console: [
      'Put the file as "config.xml" on a USB drive that is formatted with FAT or FAT32; exFAT is not read.',
      'Boot the machine from an installation image with that drive in it and choose the restore of a configuration in the installer. The firewall then starts with it.',
    ],
    mind: [
      ...(version === null ? [] : [`The file was written by version ${version}.`]),
      'The same or a newer version takes the file. An older version does not, because a configuration cannot be turned back.',
      'Packages of the vendor are installed again by the firewall itself, which takes a while and needs the internet. Packages from elsewhere are not.',
      `${apiPackage} is from elsewhere: reinstall it with the command on the package card, then restart the web interface. Until then Palisade says "API package missing".`,
      'API credentials come back as they were then: what was made later is gone, and Palisade then says that its credential is rejected. Keep a way in that does not need Palisade.',
      'The certificate of the web interface comes back as it was then. Palisade stops when it is another one than the pinned one, until someone trusts it again.',
    ],
    pair: [
      'Of a pair, restore one firewall, and only when its peer carries the traffic. Go on with the other when the first one is back and well.',
      'Give each firewall its own file: addresses, roles and the synchronisation differ between the two.',
    ],
  }
}
