// What the API tells about backups. Browser-safe; nothing of a configuration stands in it.
import { z } from 'zod'
import { family } from '@/lib/adapters/model'
import { FIREWALL_STATES } from '@/lib/firewalls/states'
import { BACKUP_FORMATS, BACKUP_REASONS, BACKUP_STATES, BACKUP_TASK_STATES } from './states'

const instant = z.string().describe('ISO 8601, UTC')

export const backupDto = z.object({
  id: z.uuid(),
  firewall: z.object({ id: z.uuid(), name: z.string() }),
  customer: z.object({ id: z.uuid(), name: z.string() }),
  takenAt: instant,
  /** The last time the firewall said that this is still its configuration. */
  seenAt: instant,
  reason: z.enum(BACKUP_REASONS),
  takenBy: z.string(),
  format: z.enum(BACKUP_FORMATS),
  bytes: z.number(),
  sha256: z.string(),
  /** The firewall's own words about the change that made it; null where it does not say. */
  revision: z.object({ id: z.string().nullable(), at: instant.nullable(), by: z.string().nullable(), note: z.string().nullable() }),
  version: z.string().nullable(),
  keptForever: z.boolean(),
  /** The newest of its firewall. */
  isNewest: z.boolean(),
  /** The one that an operator accepted last. */
  isAccepted: z.boolean(),
  /** Things that stand in it, and how many differ from the backup before it; null until it was compared. */
  itemCount: z.number().nullable(),
  differences: z.object({ added: z.number(), removed: z.number(), changed: z.number() }).nullable(),
  /** Why it cannot be compared: a sentence; null when it can. */
  compareError: z.string().nullable(),
})
export type BackupDto = z.infer<typeof backupDto>

export const backupTaskDto = z.object({
  id: z.uuid(),
  state: z.enum(BACKUP_TASK_STATES),
  reason: z.enum(BACKUP_REASONS),
  createdAt: instant,
  finishedAt: instant.nullable(),
  /** When it goes on; null once it is over. */
  nextStepAt: instant.nullable(),
  /** What came of it, or why not, in a sentence. */
  message: z.string().nullable(),
  /** The backup that it took, or the one that still holds. */
  backupId: z.uuid().nullable(),
})
export type BackupTaskDto = z.infer<typeof backupTaskDto>

/** How a firewall stands with its backups. */
export const backupStateDto = z.object({
  firewall: z.object({ id: z.uuid(), name: z.string(), family, familyLabel: z.string(), state: z.enum(FIREWALL_STATES) }),
  customer: z.object({ id: z.uuid(), name: z.string() }),
  site: z.object({ id: z.uuid(), name: z.string() }).nullable(),
  state: z.enum(BACKUP_STATES),
  /** The last good one, taken or confirmed as unchanged. */
  backupAt: instant.nullable(),
  format: z.enum(BACKUP_FORMATS).nullable(),
  /** Why none can be taken: a sentence; null when one can. */
  impossibleBecause: z.string().nullable(),
  /** Why the last try gave none; null after a good one. */
  error: z.string().nullable(),
  latest: z.object({ id: z.uuid(), takenAt: instant, bytes: z.number(), revisedAt: instant.nullable(), revisedBy: z.string().nullable(), revisionNote: z.string().nullable() }).nullable(),
  backups: z.number(),
  drift: z.object({ since: instant, items: z.number().nullable() }).nullable(),
  acceptedBackupId: z.uuid().nullable(),
  /** When the next one is due by itself. */
  dueAt: instant.nullable(),
})
export type BackupStateDto = z.infer<typeof backupStateDto>

/** The same for the page of one firewall, with what is being done now. */
export const firewallBackupsDto = backupStateDto.extend({
  /** Whether one can be taken now. */
  possible: z.boolean(),
  /** The newest try; null = never tried. */
  task: backupTaskDto.nullable(),
})
export type FirewallBackupsDto = z.infer<typeof firewallBackupsDto>

export const backupCounts = z.object({ total: z.number(), states: z.object({ none: z.number(), failing: z.number(), comparison: z.number(), good: z.number() }) })
export type BackupCounts = z.infer<typeof backupCounts>
