import 'server-only'
import { record } from '@/lib/audit/record'
import type { Actor } from '@/lib/auth/actor'
import { authorise } from '@/lib/auth/authorise'
import { AppError } from '@/lib/core/errors'
import { db } from '@/lib/db/client'
import { createOnce, type CreateRequest } from '@/lib/db/create-once'
import type { WindowDto } from './dto'
import type { CreateWindow, EditWindow } from './input'
import { readWindow } from './list'
import { windowPlace } from './place'
import { WINDOWS_MAX } from './words'

const stale = () => new AppError('stale', 'Someone changed this window since you looked at it.', { nextStep: 'Look again, then save.' })
type Times = Pick<CreateWindow, 'name' | 'timeZone' | 'weekdays' | 'dates' | 'earliestStart' | 'latestStart' | 'hardEnd' | 'enabled'>
const timesOf = ({ name, timeZone, weekdays, dates, earliestStart, latestStart, hardEnd, enabled }: Times) => ({ name, timeZone, weekdays: [...new Set(weekdays)].sort(), dates: [...new Set(dates)].sort(), earliestStart, latestStart, hardEnd, enabled })

/**
 * A time of the week, or dates, at which firewalls of a customer, a site or one firewall may be updated. Throws forbidden,
 * invalid-input naming the field for a place that is not there, and conflict above 500 windows of the customer.
 */
export async function createWindow(actor: Actor, input: CreateWindow, create: CreateRequest): Promise<WindowDto> {
  const { customer, siteId, firewallId } = await windowPlace(actor, input)
  const times = timesOf(input)
  const id = await createOnce(
    create,
    async (tx, id) => {
      const count = await tx.maintenanceWindow.count({ where: { customerId: customer.id } })
      if (count >= WINDOWS_MAX) throw new AppError('conflict', `${customer.name} has ${WINDOWS_MAX} windows.`, { nextStep: 'Remove those that nobody needs any more.' })
      const now = new Date()
      await tx.maintenanceWindow.create({ data: { id, customerId: customer.id, siteId, firewallId, ...times, createdAt: now, changedAt: now } })
      await record(tx, actor, { action: 'window.create', target: { kind: 'window', id, name: times.name }, customer, after: { ...times, siteId, firewallId } })
      return id
    },
    (id) => Promise.resolve(id),
  )
  return readWindow(actor, { id })
}

/** Changes all of a window at once; jobs that wait are measured by it from their next step on. Throws stale and forbidden. */
export async function editWindow(actor: Actor, { id, ...input }: EditWindow, expectedRevision: number): Promise<WindowDto> {
  const before = await readWindow(actor, { id })
  authorise(actor, 'window:manage', { customerId: before.customer.id })
  const after = timesOf(input)
  await db().$transaction(async (tx) => {
    const { count } = await tx.maintenanceWindow.updateMany({ where: { id, revision: expectedRevision }, data: { ...after, changedAt: new Date(), revision: { increment: 1 } } })
    if (count === 0) throw stale()
    await record(tx, actor, { action: 'window.edit', target: { kind: 'window', id, name: after.name }, customer: before.customer, before: timesOf(before), after })
  })
  return readWindow(actor, { id })
}

/** Removes a window. Where no other counts, nothing starts by itself any more. Throws stale and forbidden. */
export async function removeWindow(actor: Actor, { id }: { id: string }, expectedRevision: number): Promise<{ removed: true }> {
  const before = await readWindow(actor, { id })
  authorise(actor, 'window:manage', { customerId: before.customer.id })
  await db().$transaction(async (tx) => {
    const { count } = await tx.maintenanceWindow.deleteMany({ where: { id, revision: expectedRevision } })
    if (count === 0) throw stale()
    await record(tx, actor, { action: 'window.remove', target: { kind: 'window', id, name: before.name }, customer: before.customer, before: timesOf(before) })
  })
  return { removed: true }
}
