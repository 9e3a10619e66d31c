import 'server-only'
import { z } from 'zod'
import type { Actor } from '@/lib/auth/actor'
import { authoriseScope, inScope, notFound } from '@/lib/auth/authorise'
import { db } from '@/lib/db/client'
import type { BulkAct } from '@/lib/db/generated/client'
import type { List } from '@/lib/lists/list'
import { operatorIdOf } from '@/lib/team/reach'
import { BULK_ACTS, BULK_ITEM_STATES, PROBLEMS_MAX, type BulkDto, type BulkItemState, type BulkSummary } from './input'

const LISTED_MAX = 20
const NO_OPERATOR = '00000000-0000-0000-0000-000000000000'
const stored = z.record(z.string(), z.unknown())
const stateOf = (text: string): BulkItemState => BULK_ITEM_STATES.find((state) => state === text) ?? 'failed'

async function countsOf(ids: readonly string[]): Promise<Map<string, BulkSummary['counts']>> {
  const groups = await db().bulkItem.groupBy({ by: ['bulkId', 'state'], where: { bulkId: { in: [...ids] } }, _count: true })
  const counts = new Map(ids.map((id) => [id, { pending: 0, running: 0, done: 0, failed: 0, skipped: 0 }]))
  for (const { bulkId, state, _count } of groups) {
    const of = counts.get(bulkId)
    if (of) of[stateOf(state)] += _count
  }
  return counts
}

const toSummary = (row: BulkAct, counts: BulkSummary['counts']): BulkSummary => ({
  id: row.id,
  act: BULK_ACTS.find((act) => act === row.act) ?? 'refresh',
  input: stored.parse(row.input),
  query: row.query,
  total: row.total,
  counts,
  createdAt: row.createdAt.toISOString(),
  cancelledAt: row.cancelledAt?.toISOString() ?? null,
  finishedAt: row.finishedAt?.toISOString() ?? null,
})
const NONE: BulkSummary['counts'] = { pending: 0, running: 0, done: 0, failed: 0, skipped: 0 }

/** An act of the actor's own; throws not-found for everyone else's. */
export async function findOwnBulk(actor: Actor, id: string): Promise<BulkAct> {
  authoriseScope(actor, 'firewall:read')
  const row = await db().bulkAct.findFirst({ where: { id, operatorId: operatorIdOf(actor) ?? NO_OPERATOR } })
  if (!row) throw notFound('bulk act')
  return row
}

/** How an act of one's own stands, with the firewalls on which it failed or was not needed, up to 200, within what one may see now. */
export async function readBulk(actor: Actor, { id }: { id: string }): Promise<BulkDto> {
  const scope = authoriseScope(actor, 'firewall:read')
  const row = await findOwnBulk(actor, id)
  const [counts, problems] = await Promise.all([
    countsOf([id]),
    db().bulkItem.findMany({ where: { bulkId: id, state: { in: ['failed', 'skipped'] }, firewall: inScope(scope) }, include: { firewall: { select: { name: true } } }, orderBy: [{ state: 'asc' }, { changedAt: 'asc' }], take: PROBLEMS_MAX }),
  ])
  return { ...toSummary(row, counts.get(id) ?? NONE), problems: problems.map(({ firewallId, firewall, state, message }) => ({ firewallId, name: firewall.name, state: stateOf(state), message })) }
}

/** One's own acts over many firewalls, the newest 20. */
export async function listBulk(actor: Actor): Promise<List<BulkSummary>> {
  authoriseScope(actor, 'firewall:read')
  const rows = await db().bulkAct.findMany({ where: { operatorId: operatorIdOf(actor) ?? NO_OPERATOR }, orderBy: { createdAt: 'desc' }, take: LISTED_MAX })
  const counts = await countsOf(rows.map(({ id }) => id))
  return { items: rows.map((row) => toSummary(row, counts.get(row.id) ?? NONE)), nextCursor: null, total: rows.length }
}
