// Words of backups, read by worker and page alike. Browser-safe.

/** Why a backup was taken. What was taken before an update is kept for ever. */
export const BACKUP_REASONS = ['daily', 'before-change', 'before-update', 'by-hand'] as const
export type BackupReason = (typeof BACKUP_REASONS)[number]
/** Taken so that an act can be undone: it has to hold what is there right before. */
export const isBeforeAct = (reason: string): boolean => reason === 'before-change' || reason === 'before-update'

/** What a backup is good for: to be given back to the firewall, or to be compared alone. */
export const BACKUP_FORMATS = ['restorable', 'comparison'] as const
export type BackupFormat = (typeof BACKUP_FORMATS)[number]
/** As the firewall gives it, and what that is good for. */
export const FORMAT_OF = { xml: 'restorable', json: 'comparison' } as const satisfies Record<'xml' | 'json', BackupFormat>

/**
 * How a firewall stands, the worst first. none: no good backup for BACKUP_DAYS_MAX days · failing: the last try gave none ·
 * comparison: what is there cannot be given back · good.
 */
export const BACKUP_STATES = ['none', 'failing', 'comparison', 'good'] as const
export type BackupState = (typeof BACKUP_STATES)[number]
export const BACKUP_DAYS_MAX = 3

/** How taking a backup stands; lib/backups/machine.ts is the table of what follows what. */
export const BACKUP_TASK_STATES = ['queued', 'probing', 'fetching', 'storing', 'done', 'unchanged', 'refused', 'failed'] as const
export type BackupTaskState = (typeof BACKUP_TASK_STATES)[number]
