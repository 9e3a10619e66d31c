import 'server-only'
import { z } from 'zod'
import type { Actor } from '@/lib/auth/actor'
import { authoriseScope, inScope, notFound } from '@/lib/auth/authorise'
import { db } from '@/lib/db/client'
import type { Prisma } from '@/lib/db/generated/client'
import { fromCursor, toCursor, totalOf } from '@/lib/lists/cursor'
import type { List } from '@/lib/lists/list'
import { TOTAL_EXACT_MAX } from '@/lib/lists/totals'
import type { WindowDto } from './dto'
import type { ListWindows } from './input'
import { nextOccurrence, type BlackoutDays } from './occurrences'
import { toOccurrence } from './occurrence-dto'
import { windowsOf } from './of-firewalls'

const position = z.strictObject({ name: z.string().max(200), id: z.uuid() })
const named = { select: { id: true, name: true } } as const
const shown = { customer: named, site: named, firewall: named } as const satisfies Prisma.MaintenanceWindowInclude
type Row = Prisma.MaintenanceWindowGetPayload<{ include: typeof shown }>
type PlacedBlackout = BlackoutDays & { customerId: string | null; siteId: string | null }

/** Those that hold for a window: for a window of a firewall or customer, the ones of a single site are told where they strike. */
const holdingFor = ({ customerId, siteId }: Row, blackouts: readonly PlacedBlackout[]): BlackoutDays[] => blackouts.filter((blackout) => (blackout.customerId === null || blackout.customerId === customerId) && (blackout.siteId === null || blackout.siteId === siteId))

function toWindow(row: Row, blackouts: readonly PlacedBlackout[], now: Date): WindowDto {
  const { id, name, customer, site, firewall, timeZone, weekdays, dates, earliestStart, latestStart, hardEnd, enabled } = row
  const next = nextOccurrence(row, holdingFor(row, blackouts), now)
  return { id, name, customer, site, firewall, timeZone, weekdays, dates, earliestStart, latestStart, hardEnd, enabled, next: next && toOccurrence(next), createdAt: row.createdAt.toISOString(), changedAt: row.changedAt.toISOString(), etag: `"${row.revision}"` }
}

const blackoutsOf = (customerIds: readonly string[]): Promise<PlacedBlackout[]> =>
  db().blackout.findMany({ where: { OR: [{ customerId: { in: [...customerIds] } }, { customerId: null }] }, select: { name: true, firstDay: true, lastDay: true, customerId: true, siteId: true }, orderBy: [{ firstDay: 'asc' }, { id: 'asc' }] })

/** Maintenance windows within the actor's scope, by name. With a firewall: those that count for it. */
export async function listWindows(actor: Actor, { customerId, firewallId, limit, cursor }: ListWindows): Promise<List<WindowDto>> {
  const scope = authoriseScope(actor, 'firewall:read')
  const after = fromCursor(cursor, position)
  const counting = firewallId === undefined ? {} : { id: { in: (await windowsOf([firewallId])).get(firewallId)?.windows.map(({ id }) => id) ?? [] } }
  const where: Prisma.MaintenanceWindowWhereInput = { AND: [inScope(scope), customerId === undefined ? {} : { customerId }, counting] }
  const beyond: Prisma.MaintenanceWindowWhereInput = after ? { OR: [{ name: { gt: after.name } }, { name: after.name, id: { gt: after.id } }] } : {}
  const [rows, total] = await Promise.all([
    db().maintenanceWindow.findMany({ where: { AND: [where, beyond] }, include: shown, orderBy: [{ name: 'asc' }, { id: 'asc' }], take: limit + 1 }),
    db().maintenanceWindow.count({ where, take: TOTAL_EXACT_MAX + 1 }),
  ])
  const items = rows.slice(0, limit)
  const last = rows.length > limit ? items.at(-1) : undefined
  const blackouts = await blackoutsOf([...new Set(items.map((row) => row.customerId))])
  const now = new Date()
  return { items: items.map((row) => toWindow(row, blackouts, now)), nextCursor: last ? toCursor({ name: last.name, id: last.id }) : null, ...totalOf(total) }
}

/** One maintenance window; what is outside the scope answers like what does not exist. */
export async function readWindow(actor: Actor, { id }: { id: string }): Promise<WindowDto> {
  const scope = authoriseScope(actor, 'firewall:read')
  const row = await db().maintenanceWindow.findFirst({ where: { id, ...inScope(scope) }, include: shown })
  if (!row) throw notFound('window')
  return toWindow(row, await blackoutsOf([row.customerId]), new Date())
}
