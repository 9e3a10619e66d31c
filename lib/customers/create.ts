import 'server-only'
import { record } from '@/lib/audit/record'
import type { Actor } from '@/lib/auth/actor'
import { authorise } from '@/lib/auth/authorise'
import { AppError } from '@/lib/core/errors'
import { createOnce, type CreateRequest } from '@/lib/db/create-once'
import { Prisma } from '@/lib/db/generated/client'
import type { CustomerDto } from './input'
import { readCustomer } from './list'

/** The database refuses a second customer of the same name; this is its sentence. */
export function refuseTakenName(error: unknown, name: string): never {
  if (!(error instanceof Prisma.PrismaClientKnownRequestError) || error.code !== 'P2002') throw error
  throw new AppError('conflict', `There is already a customer named ${name}.`, { nextStep: 'Choose another name.', issues: [{ field: 'name', message: 'There is already a customer of this name.' }] })
}

/** Adds a customer; it takes the right over all customers. */
export async function createCustomer(actor: Actor, { name }: { name: string }, create: CreateRequest): Promise<CustomerDto> {
  authorise(actor, 'customer:manage', { customerId: null })
  const id = await createOnce(
    create,
    async (tx, id) => {
      await tx.customer.create({ data: { id, name } })
      await record(tx, actor, { action: 'customer.create', target: { kind: 'customer', id, name }, customer: { id, name }, after: { name } })
      return id
    },
    (id) => Promise.resolve(id),
  ).catch((error: unknown) => refuseTakenName(error, name))
  return readCustomer(actor, { id })
}
