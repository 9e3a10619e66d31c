import 'server-only'
import { familyModule, isFamily } from '@/lib/adapters/registry'
import { AppError } from '@/lib/core/errors'
import type { BackupStateRow } from '@/lib/db/backup-list-sql'
import { FIREWALL_STATES } from '@/lib/firewalls/states'
import type { BackupStateDto } from './dto'
import { BACKUP_FORMATS, BACKUP_STATES } from './states'

const iso = (date: Date | null): string | null => date?.toISOString() ?? null

export function toBackupState(row: BackupStateRow): BackupStateDto {
  if (!isFamily(row.family)) throw new AppError('internal', 'The firewall has no known family.')
  const { latestId, takenAt, bytes } = row
  return {
    firewall: { id: row.id, name: row.name, family: row.family, familyLabel: familyModule(row.family).label, state: FIREWALL_STATES.find((state) => state === row.shownState) ?? 'not-visited' },
    customer: { id: row.customerId, name: row.customerName },
    site: row.siteId === null ? null : { id: row.siteId, name: row.siteName ?? '' },
    state: BACKUP_STATES[row.rank] ?? 'none',
    backupAt: iso(row.backupAt),
    format: BACKUP_FORMATS.find((format) => format === row.backupFormat) ?? null,
    error: row.backupError,
    latest: latestId === null || takenAt === null ? null : { id: latestId, takenAt: takenAt.toISOString(), bytes: bytes ?? 0, revisedAt: iso(row.revisedAt), revisedBy: row.revisedBy, revisionNote: row.revisionNote },
    backups: row.backups,
    drift: row.driftSince && { since: row.driftSince.toISOString(), items: row.driftItems },
    acceptedBackupId: row.acceptedBackupId,
    dueAt: iso(row.dueAt),
  }
}
