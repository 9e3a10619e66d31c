import 'server-only'
import { familyModule, isFamily } from '@/lib/adapters/registry'
import { AppError } from '@/lib/core/errors'
import type { BackupStateRow } from '@/lib/db/backup-list-sql'
import { FIREWALL_STATES } from '@/lib/firewalls/states'
import type { BackupStateDto } from './dto'
import { BACKUP_FORMATS, BACKUP_STATES } from './states'

const NEEDS_COMMANDS = 'A backup of this firewall needs the command permission, which is off. An admin can switch it on in the settings.'

const iso = (date: Date | null): string | null => date?.toISOString() ?? null

export function toBackupState(row: BackupStateRow): BackupStateDto {
  if (!isFamily(row.family)) throw new AppError('internal', 'The firewall has no known family.')
  const { latestId, takenAt, bytes } = row
  const family = familyModule(row.family)
  return {
    firewall: { id: row.id, name: row.name, family: row.family, familyLabel: family.label, state: FIREWALL_STATES.find((state) => state === row.shownState) ?? 'not-visited' },
    customer: { id: row.customerId, name: row.customerName },
    site: row.siteId === null ? null : { id: row.siteId, name: row.siteName ?? '' },
    state: BACKUP_STATES[row.rank] ?? 'none',
    backupAt: iso(row.backupAt),
    format: BACKUP_FORMATS.find((format) => format === row.backupFormat) ?? null,
    impossibleBecause: family.backupNeedsCommands && !row.commandsAllowed ? NEEDS_COMMANDS : null,
    error: row.backupError,
    latest: latestId === null || takenAt === null ? null : { id: latestId, takenAt: takenAt.toISOString(), bytes: bytes ?? 0, revisedAt: iso(row.revisedAt), revisedBy: row.revisedBy, revisionNote: row.revisionNote },
    backups: row.backups,
    drift: row.driftSince && { since: row.driftSince.toISOString(), items: row.driftItems },
    acceptedBackupId: row.acceptedBackupId,
    dueAt: iso(row.dueAt),
  }
}
