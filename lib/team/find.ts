import 'server-only'
import { notFound } from '@/lib/auth/authorise'
import { roleGrants } from '@/lib/auth/sessions'
import { AppError } from '@/lib/core/errors'
import type { Tx } from '@/lib/db/client'
import type { Prisma } from '@/lib/db/generated/client'
import type { NamedGrant } from './grants'
import { operatorIdOf, outranks, visibleTo, type TeamScope } from './reach'

const withGrants = { grants: { include: { customer: { select: { id: true, name: true } } } } } as const satisfies Prisma.OperatorInclude
export type FoundOperator = Prisma.OperatorGetPayload<{ include: typeof withGrants }>

/** An operator within the scope, with all their grants. Throws not-found alike for unknown and foreign ones. */
export async function findOperator(tx: Tx, scope: TeamScope, id: string): Promise<FoundOperator> {
  const row = await tx.operator.findFirst({ where: { AND: [{ id }, visibleTo(scope)] }, include: withGrants })
  if (!row) throw notFound('operator')
  return row
}

export const namedGrantsOf = ({ grants }: FoundOperator): NamedGrant[] => grants.map(({ role, customer }) => ({ role, customer }))

/** Throws forbidden unless the actor stands at least as high as this operator everywhere. The sentence names no customer. */
export function requireOutranked(scope: TeamScope, row: FoundOperator): void {
  if (outranks(scope.actor.grants, roleGrants(row.grants))) return
  throw new AppError('forbidden', 'You may not do this to this operator.', { nextStep: 'It takes an admin of everything that this operator has a role for, with at least the same role there; an owner always can.' })
}

/** The same, and nobody does it to themself: what is one's own is on the account page, and nobody locks themself out. */
export function requireOther(scope: TeamScope, row: FoundOperator): void {
  if (operatorIdOf(scope.actor) === row.id) throw new AppError('conflict', 'You cannot do this to yourself.', { nextStep: 'Your own password, second factor and sessions are in your account. For anything else ask another admin or owner.' })
  requireOutranked(scope, row)
}

export const staleOperator = () => new AppError('stale', 'Someone changed this operator since you looked.', { nextStep: 'Look again, then save.' })
