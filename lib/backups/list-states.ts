import 'server-only'
import { z } from 'zod'
import type { Actor } from '@/lib/auth/actor'
import { authoriseScope } from '@/lib/auth/authorise'
import { countBackupRanks, findBackupStates } from '@/lib/db/backup-list-sql'
import { fromCursor, toCursor, totalOf } from '@/lib/lists/cursor'
import type { List } from '@/lib/lists/list'
import type { BackupCounts, BackupStateDto } from './dto'
import type { countBackupStatesInput, ListBackupStatesInput } from './input'
import { BACKUP_DAYS_MAX, BACKUP_STATES } from './states'
import { toBackupState } from './to-state'

const position = z.strictObject({ rank: z.number().int().min(0).max(3), name: z.string().max(300), id: z.uuid() })

/** How firewalls stand with their backups, the worst first. */
export async function listBackupStates(actor: Actor, { limit, cursor, state, ...filter }: ListBackupStatesInput): Promise<List<BackupStateDto>> {
  const { customerIds } = authoriseScope(actor, 'backup:read')
  const rank = state === undefined ? undefined : BACKUP_STATES.indexOf(state)
  const { rows, counted } = await findBackupStates({ customerIds, ...filter, daysMax: BACKUP_DAYS_MAX }, rank, fromCursor(cursor, position), limit)
  const last = rows.length > limit ? rows[limit - 1] : undefined
  return { items: rows.slice(0, limit).map(toBackupState), nextCursor: last ? toCursor({ rank: last.rank, name: last.sortName, id: last.id }) : null, ...totalOf(counted) }
}

export async function countBackupStates(actor: Actor, filter: z.output<typeof countBackupStatesInput>): Promise<BackupCounts> {
  const { customerIds } = authoriseScope(actor, 'backup:read')
  const [none = 0, failing = 0, comparison = 0, good = 0] = await countBackupRanks({ customerIds, ...filter, daysMax: BACKUP_DAYS_MAX })
  return { total: none + failing + comparison + good, states: { none, failing, comparison, good } }
}
