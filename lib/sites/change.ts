import 'server-only'
import type { z } from 'zod'
import { record } from '@/lib/audit/record'
import type { Actor } from '@/lib/auth/actor'
import { authorise } from '@/lib/auth/authorise'
import { AppError } from '@/lib/core/errors'
import { db } from '@/lib/db/client'
import { createOnce, type CreateRequest } from '@/lib/db/create-once'
import { Prisma } from '@/lib/db/generated/client'
import type { createSiteInput, editSiteInput, SiteDto } from './input'
import { readSite } from './list'

const stale = () => new AppError('stale', 'Someone changed this site since you looked at it.', { nextStep: 'Look again, then save.' })
const unknownCustomer = () => new AppError('invalid-input', 'There is no such customer.', { issues: [{ field: 'customerId', message: 'There is no such customer.' }] })

function refuseTakenName(error: unknown, name: string): never {
  if (!(error instanceof Prisma.PrismaClientKnownRequestError) || error.code !== 'P2002') throw error
  throw new AppError('conflict', `This customer already has a site named ${name}.`, { nextStep: 'Choose another name.', issues: [{ field: 'name', message: 'This customer already has a site of this name.' }] })
}

export async function createSite(actor: Actor, { name, customerId, timeZone }: z.output<typeof createSiteInput>, create: CreateRequest): Promise<SiteDto> {
  const customer = await db().customer.findUnique({ where: { id: customerId }, select: { id: true, name: true } })
  if (!customer) throw unknownCustomer()
  try {
    authorise(actor, 'site:manage', { customerId })
  } catch (error) {
    throw error instanceof AppError && error.code === 'not-found' ? unknownCustomer() : error
  }
  const id = await createOnce(
    create,
    async (tx, id) => {
      await tx.site.create({ data: { id, name, customerId, timeZone } })
      await record(tx, actor, { action: 'site.create', target: { kind: 'site', id, name }, customer, after: { name, timeZone } })
      return id
    },
    (id) => Promise.resolve(id),
  ).catch((error: unknown) => refuseTakenName(error, name))
  return readSite(actor, { id })
}

export async function editSite(actor: Actor, { id, name, timeZone }: z.output<typeof editSiteInput>, expectedRevision: number): Promise<SiteDto> {
  const before = await readSite(actor, { id })
  authorise(actor, 'site:manage', { customerId: before.customer.id })
  const after = { name: name ?? before.name, timeZone: timeZone ?? before.timeZone }
  await db()
    .$transaction(async (tx) => {
      const { count } = await tx.site.updateMany({ where: { id, revision: expectedRevision }, data: { ...after, revision: { increment: 1 } } })
      if (count === 0) throw stale()
      await record(tx, actor, { action: 'site.edit', target: { kind: 'site', id, name: after.name }, customer: before.customer, before: { name: before.name, timeZone: before.timeZone }, after })
    })
    .catch((error: unknown) => refuseTakenName(error, after.name))
  return readSite(actor, { id })
}

/** Removes a site at which no firewall stands. */
export async function removeSite(actor: Actor, { id }: { id: string }, expectedRevision: number): Promise<{ removed: true }> {
  const { name, customer } = await readSite(actor, { id })
  authorise(actor, 'site:manage', { customerId: customer.id })
  await db().$transaction(async (tx) => {
    const firewalls = await tx.firewall.count({ where: { siteId: id } })
    if (firewalls > 0) throw new AppError('conflict', `${firewalls} firewalls stand at ${name}.`, { nextStep: 'Move them to another site first.' })
    const { count } = await tx.site.deleteMany({ where: { id, revision: expectedRevision } })
    if (count === 0) throw stale()
    await record(tx, actor, { action: 'site.remove', target: { kind: 'site', id, name }, customer, before: { name } })
  })
  return { removed: true }
}
