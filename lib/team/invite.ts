import 'server-only'
import type { z } from 'zod'
import { record } from '@/lib/audit/record'
import type { Actor } from '@/lib/auth/actor'
import { authoriseScope } from '@/lib/auth/authorise'
import { requireStepUp } from '@/lib/auth/step-up'
import { mailLink } from '@/lib/channels/mail-link'
import { AppError } from '@/lib/core/errors'
import type { Secret } from '@/lib/core/secret'
import { db } from '@/lib/db/client'
import { createOnce, type CreateRequest } from '@/lib/db/create-once'
import { Prisma } from '@/lib/db/generated/client'
import { nameGrants, onlyCustomer, planGrants } from './grants'
import type { inviteOperatorInput, NewLinkDto } from './input'
import { makeLink } from './links'
import { showChanged } from './list'
import { scopeUnderLock } from './lock'

/**
 * One sentence for every caller, whether they may see the other operator or not: an address stands for one person in the
 * whole installation, so that it is taken cannot be hidden, but by whom is not said.
 */
function refuseTakenAddress(error: unknown): never {
  if (!(error instanceof Prisma.PrismaClientKnownRequestError) || error.code !== 'P2002') throw error
  const message = 'An operator with this address exists already or cannot be invited.'
  throw new AppError('conflict', message, { nextStep: 'Give the operator that you see another role, or ask an owner.', issues: [{ field: 'email', message }] })
}

/** Without a link when the same Idempotency-Key made this operator before. */
type Made = { id: string; made: { link: Secret; expiresAt: Date; customer: { id: string; name: string } | null } | null }

/** Makes an operator who joins by a link. Nobody gives more than they have; the link is in this answer and, where a channel is for that, in a mail. */
export async function inviteOperator(actor: Actor, { email, name, grants }: z.output<typeof inviteOperatorInput>, create: CreateRequest): Promise<NewLinkDto> {
  const scope = authoriseScope(actor, 'operator:manage')
  const { added } = planGrants(scope, [], grants)
  await nameGrants(db(), added, grants)
  requireStepUp(actor, 'operator.manage')
  const now = new Date()
  const { id, made } = await createOnce<Made>(
    create,
    async (tx, id) => {
      const { added } = planGrants(await scopeUnderLock(tx, actor, now), [], grants)
      const named = await nameGrants(tx, added, grants)
      await tx.operator.create({ data: { id, email, name, createdAt: now, grants: { create: added.map(({ role, customerId }) => ({ role, customerId })) } } })
      const { link, expiresAt } = await makeLink(tx, actor, id, 'join', now)
      await record(tx, actor, { action: 'operator.invite', target: { kind: 'operator', id, name: email }, customer: onlyCustomer(named), after: { name, grants: named, linkExpiresAt: expiresAt } })
      return { id, made: { link, expiresAt, customer: onlyCustomer(named) } }
    },
    (id) => Promise.resolve({ id, made: null }),
  ).catch(refuseTakenAddress)
  const mail = made && (await mailLink(actor, { ...made, to: { id, email, name }, purpose: 'join' }))
  const operator = await showChanged(scope, id)
  return { operator, link: made?.link.reveal() ?? null, expiresAt: made?.expiresAt.toISOString() ?? operator.link?.expiresAt ?? operator.createdAt, mail }
}
