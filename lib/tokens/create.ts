import 'server-only'
import type { z } from 'zod'
import { record } from '@/lib/audit/record'
import type { Actor, RoleGrant } from '@/lib/auth/actor'
import { insertToken } from '@/lib/auth/api-tokens'
import { authoriseScope, notFound } from '@/lib/auth/authorise'
import { ownSession } from '@/lib/auth/own-session'
import { rankOf } from '@/lib/auth/roles'
import { requireStepUp } from '@/lib/auth/step-up'
import { AppError } from '@/lib/core/errors'
import { db, type Tx } from '@/lib/db/client'
import { createOnce, type CreateRequest } from '@/lib/db/create-once'
import { actorUnderLock } from '@/lib/team/lock'
import type { createTokenInput, NewTokenDto } from './input'
import { findTokenOf, toToken } from './reach'

type NewToken = z.output<typeof createTokenInput>

const refuse = (field: string, message: string) => new AppError('invalid-input', 'A token cannot have more than you have.', { issues: [{ field, message }] })

/** Throws invalid-input naming the field unless the operator has this role now, everywhere the token shall reach. */
function refuseMore(held: readonly RoleGrant[], { role, customerIds }: NewToken): void {
  const enough = (there: readonly RoleGrant[]) => there.some((grant) => rankOf(grant.role) >= rankOf(role))
  if (customerIds === null) {
    if (!enough(held)) throw refuse('role', 'This is more than you have.')
    return
  }
  customerIds.forEach((customerId, index) => {
    const there = held.filter((grant) => grant.customerId === null || grant.customerId === customerId)
    if (there.length === 0) throw refuse(`customerIds.${index}`, 'There is no such customer.')
    if (!enough(there)) throw refuse('role', 'This is more than you have for one of these customers.')
  })
}

async function customersOf(tx: Tx, customerIds: readonly string[] | null): Promise<{ id: string; name: string }[] | null> {
  if (customerIds === null) return null
  const rows = await tx.customer.findMany({ where: { id: { in: [...customerIds] } }, select: { id: true, name: true }, orderBy: { name: 'asc' } })
  const unknown = customerIds.findIndex((id) => !rows.some((row) => row.id === id))
  if (unknown >= 0) throw refuse(`customerIds.${unknown}`, 'There is no such customer.')
  return rows
}

/** Makes a token of one's own, from one's own session only. The text is in the first answer alone. */
export async function createOwnToken(actor: Actor, input: NewToken, create: CreateRequest): Promise<NewTokenDto> {
  const person = ownSession(actor)
  refuseMore(person.grants, input)
  await customersOf(db(), input.customerIds)
  requireStepUp(person, 'token.create')
  const now = new Date()
  const { id, secret } = await createOnce<{ id: string; secret: string | null }>(
    create,
    async (tx, id) => {
      const { grants } = await actorUnderLock(tx, person, now)
      refuseMore(grants, input)
      const customers = await customersOf(tx, input.customerIds)
      const made = await insertToken(tx, { id, operatorId: person.id, name: input.name, role: input.role, customerIds: input.customerIds, days: input.days }, now)
      await record(tx, person, { action: 'token.create', target: { kind: 'token', id, name: input.name }, customer: customers?.length === 1 ? (customers[0] ?? null) : null, after: { role: input.role, customers, expiresAt: made.expiresAt, operator: person.email } })
      return { id, secret: made.secret.reveal() }
    },
    (id) => Promise.resolve({ id, secret: null }),
  )
  const row = await findTokenOf(authoriseScope(person, 'customer:read'), id)
  if (!row) throw notFound('token')
  return { ...toToken(person, row, now), secret }
}
