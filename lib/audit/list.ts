import 'server-only'
import { z } from 'zod'
import type { Actor } from '@/lib/auth/actor'
import { authoriseScope } from '@/lib/auth/authorise'
import { db } from '@/lib/db/client'
import type { AuditEntry, Prisma } from '@/lib/db/generated/client'
import { fromCursor, toCursor, totalOf } from '@/lib/lists/cursor'
import type { List } from '@/lib/lists/list'
import { TOTAL_EXACT_MAX } from '@/lib/lists/totals'
import { AUDIT_ACTIONS } from './actions'
import { auditEntryDto, type AuditEntryDto, type ListAuditInput } from './dto'

const position = z.strictObject({ entry: z.number().int().positive() })
/** The canonical text is ours: written by canonicalEntry() in record.ts, read back here. */
const written = auditEntryDto.pick({ actor: true, sourceAddress: true, requestId: true, action: true, target: true, customer: true, result: true, intentEntry: true, details: true, before: true, after: true })

export type AuditFilter = Omit<ListAuditInput, 'limit' | 'cursor' | 'sort'>

export function toEntry(row: AuditEntry): AuditEntryDto {
  return { ...written.parse(JSON.parse(row.canonical)), entry: Number(row.entry), at: row.at.toISOString(), previousHash: row.previousHash, hash: row.hash }
}

// Prisma hands them on as they are, and LIKE would take them for any text.
const WILDCARDS = /[\\%_]/g

/** A part of a name; one or two letters are a name's beginning, because no index finds so little anywhere. */
const named = (text: string) => ({ [text.length < 3 ? 'startsWith' : 'contains']: text.replace(WILDCARDS, '\\$&'), mode: 'insensitive' as const })

/** What one text finds: names, actions, and the exact address or request. */
function searched(text: string): Prisma.AuditEntryWhereInput[] {
  const actions = AUDIT_ACTIONS.filter((action) => action.includes(text.toLowerCase()))
  return [
    { targetName: named(text) },
    { actorName: named(text) },
    { customerName: named(text) },
    ...(text.length < 3 || actions.length === 0 ? [] : [{ action: { in: actions } }]),
    { sourceAddress: text },
    { requestId: text },
  ]
}

/** Entries without a customer (sign-ins, the installation) are seen only by who sees all customers. */
export function auditWhere(customerIds: 'all' | readonly string[], filter: AuditFilter): Prisma.AuditEntryWhereInput {
  return {
    AND: [
      customerIds === 'all' ? {} : { customerId: { in: [...customerIds] } },
      filter.customerId ? { customerId: filter.customerId } : {},
      filter.firewallId ? { targetId: filter.firewallId } : {},
      filter.action ? { action: { startsWith: filter.action } } : {},
      filter.actor ? { actorName: named(filter.actor) } : {},
      filter.result ? { result: filter.result } : {},
      filter.from ? { at: { gte: new Date(filter.from) } } : {},
      filter.to ? { at: { lte: new Date(filter.to) } } : {},
      filter.search ? { OR: searched(filter.search) } : {},
    ],
  }
}

/** Who did what to which firewall with which result; newest first unless asked otherwise. */
export async function listAudit(actor: Actor, { limit, cursor, sort, ...filter }: ListAuditInput): Promise<List<AuditEntryDto>> {
  const { customerIds } = authoriseScope(actor, 'audit:read')
  const after = fromCursor(cursor, position)
  const where = auditWhere(customerIds, filter)
  const descending = sort === '-entry'
  const page: Prisma.AuditEntryWhereInput = after ? { AND: [where, { entry: { [descending ? 'lt' : 'gt']: BigInt(after.entry) } }] } : where
  const [rows, total] = await Promise.all([
    db().auditEntry.findMany({ where: page, orderBy: { entry: descending ? 'desc' : 'asc' }, take: limit + 1 }),
    db().auditEntry.count({ where, take: TOTAL_EXACT_MAX + 1 }),
  ])
  const items = rows.slice(0, limit)
  const last = rows.length > limit ? items.at(-1) : undefined
  return { items: items.map(toEntry), nextCursor: last ? toCursor({ entry: Number(last.entry) }) : null, ...totalOf(total) }
}
