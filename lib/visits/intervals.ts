import 'server-only'
import type { z } from 'zod'
import { record } from '@/lib/audit/record'
import type { AuditAction } from '@/lib/audit/actions'
import type { Actor } from '@/lib/auth/actor'
import { authorise, authoriseScope, inScope, notFound } from '@/lib/auth/authorise'
import { AppError } from '@/lib/core/errors'
import { db, type Tx } from '@/lib/db/client'
import { Prisma } from '@/lib/db/generated/client'
import { applyIntervals, type IntervalsPlace } from '@/lib/db/intervals-sql'
import { effectiveIntervals, storedIntervals, type Intervals } from '@/lib/polling/intervals'
import type { editIntervalsInput, editPlaceIntervalsInput, IntervalsDto } from './input'

type Level = { place: IntervalsPlace; own: unknown; above: readonly unknown[]; revision: number; name: string; customer: { id: string; name: string } | null }

const stale = () => new AppError('stale', 'Someone changed this since you looked at it.', { nextStep: 'Look again, then save.' })
const settings = () => db().settings.findUniqueOrThrow({ where: { id: 1 }, select: { intervals: true, revision: true } })

async function installationLevel(): Promise<Level> {
  const row = await settings()
  return { place: { kind: 'installation' }, own: row.intervals, above: [], revision: row.revision, name: 'settings', customer: null }
}

async function customerLevel(actor: Actor, id: string): Promise<Level> {
  const scope = authoriseScope(actor, 'customer:read')
  const row = scope.customerIds === 'all' || scope.customerIds.includes(id) ? await db().customer.findUnique({ where: { id } }) : null
  if (!row) throw notFound('customer')
  return { place: { kind: 'customer', id }, own: row.intervals, above: [(await settings()).intervals], revision: row.revision, name: row.name, customer: { id, name: row.name } }
}

async function firewallLevel(actor: Actor, id: string): Promise<Level> {
  const scope = authoriseScope(actor, 'firewall:read')
  const row = await db().firewall.findFirst({ where: { id, ...inScope(scope) }, select: { intervals: true, revision: true, name: true, customer: { select: { id: true, name: true, intervals: true } } } })
  if (!row) throw notFound()
  const { intervals, ...customer } = row.customer
  return { place: { kind: 'firewall', id }, own: row.intervals, above: [(await settings()).intervals, intervals], revision: row.revision, name: row.name, customer }
}

const toDto = ({ own, above, revision }: Level): IntervalsDto => ({ own: storedIntervals(own), inherited: effectiveIntervals(...above), effective: effectiveIntervals(...above, own), etag: `"${revision}"` })

async function update(tx: Tx, place: IntervalsPlace, intervals: Intervals, revision: number): Promise<number> {
  const decided = Object.fromEntries(Object.entries(intervals).filter(([, value]) => value !== null && value !== undefined))
  const data = { intervals: Object.keys(decided).length === 0 ? Prisma.DbNull : decided, revision: { increment: 1 } }
  if (place.kind === 'installation') return (await tx.settings.updateMany({ where: { id: 1, revision }, data: { ...data, changedAt: new Date() } })).count
  if (place.kind === 'customer') return (await tx.customer.updateMany({ where: { id: place.id, revision }, data })).count
  return (await tx.firewall.updateMany({ where: { id: place.id, revision }, data })).count
}

async function save(actor: Actor, level: Level, action: AuditAction, intervals: Intervals, expectedRevision: number): Promise<void> {
  const { place, own, name, customer } = level
  await db().$transaction(async (tx) => {
    if ((await update(tx, place, intervals, expectedRevision)) === 0) throw stale()
    await applyIntervals(tx, place)
    await record(tx, actor, { action, target: { kind: place.kind, id: place.kind === 'installation' ? null : place.id, name }, ...(customer && { customer }), before: storedIntervals(own), after: intervals })
  })
}

/** How often firewalls are visited, as the installation decides it. Everyone who sees a firewall may know. */
export async function readIntervals(actor: Actor): Promise<IntervalsDto> {
  authoriseScope(actor, 'firewall:read')
  return toDto(await installationLevel())
}

export async function readCustomerIntervals(actor: Actor, { id }: { id: string }): Promise<IntervalsDto> {
  authoriseScope(actor, 'customer:read')
  return toDto(await customerLevel(actor, id))
}

export async function readFirewallIntervals(actor: Actor, { id }: { id: string }): Promise<IntervalsDto> {
  authoriseScope(actor, 'firewall:read')
  return toDto(await firewallLevel(actor, id))
}

export async function editIntervals(actor: Actor, intervals: z.output<typeof editIntervalsInput>, expectedRevision: number): Promise<IntervalsDto> {
  authorise(actor, 'installation:manage', { customerId: null })
  await save(actor, await installationLevel(), 'settings.intervals', intervals, expectedRevision)
  return readIntervals(actor)
}

export async function editCustomerIntervals(actor: Actor, { id, ...intervals }: z.output<typeof editPlaceIntervalsInput>, expectedRevision: number): Promise<IntervalsDto> {
  const level = await customerLevel(actor, id)
  authorise(actor, 'customer:manage', { customerId: id })
  await save(actor, level, 'customer.intervals', intervals, expectedRevision)
  return readCustomerIntervals(actor, { id })
}

export async function editFirewallIntervals(actor: Actor, { id, ...intervals }: z.output<typeof editPlaceIntervalsInput>, expectedRevision: number): Promise<IntervalsDto> {
  const level = await firewallLevel(actor, id)
  authorise(actor, 'firewall:manage', { customerId: level.customer?.id ?? null })
  await save(actor, level, 'firewall.intervals', intervals, expectedRevision)
  return readFirewallIntervals(actor, { id })
}
