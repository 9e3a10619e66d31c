import 'server-only'
import { record } from '@/lib/audit/record'
import type { Actor } from '@/lib/auth/actor'
import { authorise } from '@/lib/auth/authorise'
import { requireStepUp } from '@/lib/auth/step-up'
import { AppError } from '@/lib/core/errors'
import { db } from '@/lib/db/client'
import { refuseTakenName } from './create'
import type { CustomerDto } from './input'
import { readCustomer } from './list'

const stale = () => new AppError('stale', 'Someone changed this customer since you looked at it.', { nextStep: 'Look again, then save.' })

export async function editCustomer(actor: Actor, { id, name }: { id: string; name: string }, expectedRevision: number): Promise<CustomerDto> {
  const before = await readCustomer(actor, { id })
  authorise(actor, 'customer:manage', { customerId: id })
  await db()
    .$transaction(async (tx) => {
      const { count } = await tx.customer.updateMany({ where: { id, revision: expectedRevision }, data: { name, revision: { increment: 1 } } })
      if (count === 0) throw stale()
      await record(tx, actor, { action: 'customer.edit', target: { kind: 'customer', id, name }, customer: { id, name }, before: { name: before.name }, after: { name } })
    })
    .catch((error: unknown) => refuseTakenName(error, name))
  return readCustomer(actor, { id })
}

/** Removes a customer that has no firewalls and no sites left. */
export async function removeCustomer(actor: Actor, { id }: { id: string }, expectedRevision: number): Promise<{ removed: true }> {
  const { name } = await readCustomer(actor, { id })
  authorise(actor, 'customer:manage', { customerId: null })
  requireStepUp(actor, 'customer.remove')
  await db().$transaction(async (tx) => {
    const [firewalls, sites] = [await tx.firewall.count({ where: { customerId: id } }), await tx.site.count({ where: { customerId: id } })]
    if (firewalls + sites > 0) throw new AppError('conflict', `${name} still has ${firewalls} firewalls and ${sites} sites.`, { nextStep: 'Move or remove them first.' })
    const { count } = await tx.customer.deleteMany({ where: { id, revision: expectedRevision } })
    if (count === 0) throw stale()
    await record(tx, actor, { action: 'customer.remove', target: { kind: 'customer', id, name }, customer: { id, name }, before: { name } })
  })
  return { removed: true }
}
