import 'server-only'
import { z } from 'zod'
import type { Actor } from '@/lib/auth/actor'
import { authoriseScope, inScope, notFound } from '@/lib/auth/authorise'
import { AppError } from '@/lib/core/errors'
import { findChangePage, type ChangeQuestion, type ChangeRow } from '@/lib/db/changes-sql'
import { db } from '@/lib/db/client'
import { fromCursor, toCursor, totalOf } from '@/lib/lists/cursor'
import type { List } from '@/lib/lists/list'
import { TOTAL_EXACT_MAX } from '@/lib/lists/totals'
import { fieldChanges, titleOf } from './differences'
import { changeDto, type ChangeDto } from './dto'
import { CHANGE_KINDS, type FirewallChangesInput, type ListChangesInput } from './input'

const position = z.strictObject({ id: z.string().regex(/^\d{1,18}$/) })
/** Kinds come from the same closed list when they are written; a row of another is not shown. */
const kind = z.enum(CHANGE_KINDS)

function toChange({ id, at, key, what, before, after, firewallId, firewallName, customerId, customerName, ...row }: ChangeRow): ChangeDto[] {
  const known = kind.safeParse(row.kind).data
  if (known === undefined) return []
  return [
    changeDto.parse({
      id,
      at: at.toISOString(),
      firewall: { id: firewallId, name: firewallName },
      customer: { id: customerId, name: customerName },
      kind: known,
      key,
      what,
      title: titleOf(known, key, after ?? before),
      fields: fieldChanges(before, after),
    }),
  ]
}

async function pageOf(question: Omit<ChangeQuestion, 'below'>, limit: number, cursor: string | undefined): Promise<List<ChangeDto>> {
  const after = fromCursor(cursor, position)
  const { rows, more, counted } = await findChangePage({ ...question, below: after && BigInt(after.id) }, limit, TOTAL_EXACT_MAX)
  const last = more ? rows.at(-1) : undefined
  return { items: rows.flatMap(toChange), nextCursor: last ? toCursor({ id: last.id }) : null, ...totalOf(counted) }
}

/** What changed on one firewall, newest first. Who did it is not known: a visit sees the difference alone. */
export async function listFirewallChanges(actor: Actor, { id, kind: kinds, key, limit, cursor }: FirewallChangesInput): Promise<List<ChangeDto>> {
  const scope = authoriseScope(actor, 'firewall:read')
  if (key !== undefined && kinds?.length !== 1) throw new AppError('invalid-input', 'A key needs its kind.', { issues: [{ field: 'kind', message: 'Name the one kind that the key is of.' }] })
  if (!(await db().firewall.findFirst({ where: { id, ...inScope(scope) }, select: { id: true } }))) throw notFound()
  return pageOf({ firewallId: id, customerIds: 'all', kinds: kinds ?? null, key: key ?? null }, limit, cursor)
}

/** What changed on all firewalls within the actor's scope, newest first. */
export async function listChanges(actor: Actor, { kind: kinds, customerId, limit, cursor }: ListChangesInput): Promise<List<ChangeDto>> {
  const { customerIds } = authoriseScope(actor, 'firewall:read')
  const asked = customerId === undefined ? customerIds : customerIds === 'all' || customerIds.includes(customerId) ? [customerId] : []
  return pageOf({ firewallId: null, customerIds: asked, kinds: kinds ?? null, key: null }, limit, cursor)
}
