import 'server-only'
import { z } from 'zod'
import { isAlertKind } from '@/lib/alerts/words'
import type { Actor } from '@/lib/auth/actor'
import { authoriseScope, inScope, notFound } from '@/lib/auth/authorise'
import { db } from '@/lib/db/client'
import type { Prisma } from '@/lib/db/generated/client'
import { fromCursor, toCursor, totalOf } from '@/lib/lists/cursor'
import type { List } from '@/lib/lists/list'
import { TOTAL_EXACT_MAX } from '@/lib/lists/totals'
import type { ListSilencesInput, SilenceDto, SilenceTime } from './input'

const position = z.strictObject({ endsAt: z.iso.datetime(), id: z.uuid() })
const named = { select: { id: true, name: true } } as const
const places = { customer: named, site: named, firewall: named } as const satisfies Prisma.SilenceInclude
type Row = Prisma.SilenceGetPayload<{ include: typeof places }>

/** Past: over by itself or ended by a person. */
export const whereTime = (time: SilenceTime, now: Date): Prisma.SilenceWhereInput =>
  time === 'past' ? { OR: [{ endsAt: { lte: now } }, { endedAt: { not: null } }] } : { endsAt: { gt: now }, endedAt: null, startsAt: time === 'now' ? { lte: now } : { gt: now } }

function toSilence(row: Row, alerts: number, now: Date): SilenceDto {
  const over = row.endedAt ?? row.endsAt
  return {
    id: row.id,
    customer: row.customer,
    site: row.site,
    firewall: row.firewall,
    kind: row.kind !== null && isAlertKind(row.kind) ? row.kind : null,
    time: over <= now ? 'past' : row.startsAt > now ? 'coming' : 'now',
    startsAt: row.startsAt.toISOString(),
    endsAt: over.toISOString(),
    endedEarly: row.endedAt !== null && row.endedAt < row.endsAt,
    note: row.note,
    createdAt: row.createdAt.toISOString(),
    createdBy: row.createdByName,
    alerts,
  }
}

/** Alerts that are open under each of these. */
async function alertsUnder(ids: readonly string[]): Promise<Map<string | null, number>> {
  const groups = await db().alert.groupBy({ by: ['silenceId'], where: { silenceId: { in: [...ids] }, state: { in: ['open', 'acknowledged'] } }, _count: true })
  return new Map(groups.map(({ silenceId, _count }) => [silenceId, _count]))
}

/** Silences within the actor's scope, the latest end first. Those of the whole installation are seen by who sees all customers. */
export async function listSilences(actor: Actor, { time, customerId, limit, cursor }: ListSilencesInput): Promise<List<SilenceDto>> {
  const scope = authoriseScope(actor, 'firewall:read')
  const now = new Date()
  const after = fromCursor(cursor, position)
  const where: Prisma.SilenceWhereInput = { AND: [inScope(scope), customerId === undefined ? {} : { customerId }, time === undefined ? {} : whereTime(time, now)] }
  const beyond: Prisma.SilenceWhereInput = after ? { OR: [{ endsAt: { lt: after.endsAt } }, { endsAt: after.endsAt, id: { lt: after.id } }] } : {}
  const [rows, total] = await Promise.all([
    db().silence.findMany({ where: { AND: [where, beyond] }, include: places, orderBy: [{ endsAt: 'desc' }, { id: 'desc' }], take: limit + 1 }),
    db().silence.count({ where, take: TOTAL_EXACT_MAX + 1 }),
  ])
  const items = rows.slice(0, limit)
  const last = rows.length > limit ? items.at(-1) : undefined
  const alerts = await alertsUnder(items.map(({ id }) => id))
  return { items: items.map((row) => toSilence(row, alerts.get(row.id) ?? 0, now)), nextCursor: last ? toCursor({ endsAt: last.endsAt.toISOString(), id: last.id }) : null, ...totalOf(total) }
}

/** One silence; what is outside the scope answers like what does not exist. */
export async function readSilence(actor: Actor, { id }: { id: string }): Promise<SilenceDto> {
  const scope = authoriseScope(actor, 'firewall:read')
  const row = await db().silence.findFirst({ where: { id, ...inScope(scope) }, include: places })
  if (!row) throw notFound('silence')
  return toSilence(row, (await alertsUnder([id])).get(id) ?? 0, new Date())
}
