import 'server-only'
import { z } from 'zod'
import type { Actor } from '@/lib/auth/actor'
import { findForBackups } from '@/lib/backups/read'
import { db } from '@/lib/db/client'
import type { ConfigRevert } from '@/lib/db/generated/client'
import { fromCursor, toCursor, totalOf } from '@/lib/lists/cursor'
import type { List } from '@/lib/lists/list'
import { TOTAL_EXACT_MAX } from '@/lib/lists/totals'
import { historyEntry, type RevertDto } from './dto'
import type { ListRevertsInput } from './input'
import { revertStateOf } from './states'

const who = z.object({ name: z.string() })
const position = z.strictObject({ at: z.iso.datetime(), id: z.uuid() })

export function toRevert(row: ConfigRevert, firewall: { id: string; name: string }): RevertDto {
  return {
    id: row.id,
    firewall,
    entry: historyEntry.parse(row.entry),
    // A word of a newer version is not known here.
    state: revertStateOf(row.state) ?? 'unknown',
    stateAt: row.stateAt.toISOString(),
    message: row.message,
    askedBy: who.parse(row.actor).name,
    restartAskedBy: who.safeParse(row.restartActor).data?.name ?? null,
    createdAt: row.createdAt.toISOString(),
    storedAt: row.storedAt?.toISOString() ?? null,
    restartedAt: row.restartedAt?.toISOString() ?? null,
    finishedAt: row.finishedAt?.toISOString() ?? null,
    backupId: row.backupId,
  }
}

/** How going back went on one firewall, newest first. */
export async function listReverts(actor: Actor, { id, limit, cursor }: ListRevertsInput): Promise<List<RevertDto>> {
  const { name } = await findForBackups(actor, id, 'backup:read')
  const after = fromCursor(cursor, position)
  const older = after && { OR: [{ createdAt: { lt: new Date(after.at) } }, { createdAt: new Date(after.at), id: { lt: after.id } }] }
  const [rows, total] = await Promise.all([
    db().configRevert.findMany({ where: { firewallId: id, ...older }, orderBy: [{ createdAt: 'desc' }, { id: 'desc' }], take: limit + 1 }),
    db().configRevert.count({ where: { firewallId: id }, take: TOTAL_EXACT_MAX + 1 }),
  ])
  const items = rows.slice(0, limit)
  const last = rows.length > limit ? items.at(-1) : undefined
  return { items: items.map((row) => toRevert(row, { id, name })), nextCursor: last ? toCursor({ at: last.createdAt.toISOString(), id: last.id }) : null, ...totalOf(total) }
}
