import 'server-only'
import { record } from '@/lib/audit/record'
import type { Actor } from '@/lib/auth/actor'
import { authorise } from '@/lib/auth/authorise'
import { AppError } from '@/lib/core/errors'
import { db } from '@/lib/db/client'
import { createOnce, type CreateRequest } from '@/lib/db/create-once'
import { readBlackout } from './blackouts'
import type { BlackoutDto } from './dto'
import type { CreateBlackout, EditBlackout } from './input'
import { windowPlace, type WindowPlace } from './place'
import { BLACKOUTS_MAX } from './words'

const stale = () => new AppError('stale', 'Someone changed this blackout since you looked at it.', { nextStep: 'Look again, then save.' })
type Place = Pick<WindowPlace, 'siteId'> & { customer: WindowPlace['customer'] | null }

/** The whole installation takes a role over all customers. */
async function placeOfBlackout(actor: Actor, { customerId, siteId }: CreateBlackout): Promise<Place> {
  if (customerId !== null) return windowPlace(actor, { customerId, siteId, firewallId: null })
  authorise(actor, 'window:manage', { customerId: null })
  if (siteId !== null) throw new AppError('invalid-input', 'Say whose site it is.', { issues: [{ field: 'customerId', message: 'Say whose site it is.' }] })
  return { customer: null, siteId: null }
}

/** Days on which nothing starts. Throws forbidden, invalid-input naming the field, and conflict above 500 blackouts. */
export async function createBlackout(actor: Actor, input: CreateBlackout, create: CreateRequest): Promise<BlackoutDto> {
  const { customer, siteId } = await placeOfBlackout(actor, input)
  const { name, firstDay, lastDay } = input
  const id = await createOnce(
    create,
    async (tx, id) => {
      if ((await tx.blackout.count({ where: { customerId: customer?.id ?? null } })) >= BLACKOUTS_MAX) throw new AppError('conflict', `There are ${BLACKOUTS_MAX} blackouts here.`, { nextStep: 'Remove those that are over.' })
      await tx.blackout.create({ data: { id, customerId: customer?.id ?? null, siteId, name, firstDay, lastDay, createdAt: new Date() } })
      await record(tx, actor, { action: 'blackout.create', target: { kind: 'blackout', id, name }, ...(customer && { customer }), after: { name, firstDay, lastDay, siteId } })
      return id
    },
    (id) => Promise.resolve(id),
  )
  return readBlackout(actor, { id })
}

/** Name and days of a blackout. Throws stale and forbidden. */
export async function editBlackout(actor: Actor, { id, name, firstDay, lastDay }: EditBlackout, expectedRevision: number): Promise<BlackoutDto> {
  const before = await readBlackout(actor, { id })
  authorise(actor, 'window:manage', { customerId: before.customer?.id ?? null })
  const after = { name, firstDay, lastDay }
  await db().$transaction(async (tx) => {
    const { count } = await tx.blackout.updateMany({ where: { id, revision: expectedRevision }, data: { ...after, revision: { increment: 1 } } })
    if (count === 0) throw stale()
    await record(tx, actor, { action: 'blackout.edit', target: { kind: 'blackout', id, name }, ...(before.customer && { customer: before.customer }), before: { name: before.name, firstDay: before.firstDay, lastDay: before.lastDay }, after })
  })
  return readBlackout(actor, { id })
}

/** Removes a blackout: from now on windows of these days open. Throws stale and forbidden. */
export async function removeBlackout(actor: Actor, { id }: { id: string }, expectedRevision: number): Promise<{ removed: true }> {
  const { name, customer, firstDay, lastDay } = await readBlackout(actor, { id })
  authorise(actor, 'window:manage', { customerId: customer?.id ?? null })
  await db().$transaction(async (tx) => {
    const { count } = await tx.blackout.deleteMany({ where: { id, revision: expectedRevision } })
    if (count === 0) throw stale()
    await record(tx, actor, { action: 'blackout.remove', target: { kind: 'blackout', id, name }, ...(customer && { customer }), before: { name, firstDay, lastDay } })
  })
  return { removed: true }
}
