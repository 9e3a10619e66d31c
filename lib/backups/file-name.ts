/** Nothing but what every file system takes as it is. */
const plain = (text: string): string => text.normalize('NFKD').replace(/[^A-Za-z0-9._-]+/g, '-').replace(/^[-.]+|-+$/g, '').slice(0, 80)

/** Under which a backup is downloaded: `fw-branch1_2026-11-25T03-12-09Z_config-1795345853.9722.xml`. */
export function backupFileName(firewall: string, { takenAt, revision, format }: { takenAt: Date; revision: string | null; format: string }): string {
  const at = `${takenAt.toISOString().slice(0, 19).replaceAll(':', '-')}Z`
  return `${[plain(firewall), at, plain((revision ?? '').replace(/\.xml$/, ''))].filter((part) => part !== '').join('_')}.${format}`
}
