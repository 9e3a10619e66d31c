import 'server-only'
import { AppError } from '@/lib/core/errors'
import type { Tx } from '@/lib/db/client'
import type { Prisma } from '@/lib/db/generated/client'

/** Owners who can sign in: joined and not disabled. */
export const ABLE_OWNER = { joinedAt: { not: null }, disabledAt: null, grants: { some: { role: 'owner', customerId: null } } } as const satisfies Prisma.OperatorWhereInput

export const ownsInstallation = (grants: readonly { role: string; customerId: string | null }[]): boolean => grants.some(({ role, customerId }) => role === 'owner' && customerId === null)

/** Call it under the team's lock after an owner was changed. Throws conflict, and so undoes the change, when no owner is left. */
export async function requireAnOwner(tx: Tx): Promise<void> {
  if (await tx.operator.findFirst({ where: ABLE_OWNER, select: { id: true } })) return
  throw new AppError('conflict', 'This is the last owner who can sign in.', { nextStep: 'Make someone else an owner first.' })
}
