import 'server-only'
import { record } from '@/lib/audit/record'
import type { Actor } from '@/lib/auth/actor'
import { ownSession } from '@/lib/auth/own-session'
import { requireStepUp } from '@/lib/auth/step-up'
import { AppError } from '@/lib/core/errors'
import { db } from '@/lib/db/client'
import type { AccountDto } from './input'
import { readAccount } from './read'

/** Removes the own second factor and its recovery codes. Throws conflict while the installation demands one of this person, or without one. */
export async function removeSecondFactor(actor: Actor, now: Date): Promise<AccountDto> {
  const self = ownSession(actor)
  const { secondFactor } = await readAccount(self)
  if (!secondFactor.on) throw new AppError('conflict', 'You have no second factor.', { nextStep: 'There is nothing to remove.' })
  if (secondFactor.demanded) throw new AppError('conflict', 'Your role needs a second factor here, so it stays.', { nextStep: 'Replace it by another authenticator instead, or ask the owner to change the rule.' })
  requireStepUp(self, 'second-factor.manage', now)
  await db().$transaction(async (tx) => {
    await tx.secondFactorDraft.deleteMany({ where: { operatorId: self.id } })
    await tx.secondFactor.deleteMany({ where: { operatorId: self.id } })
    await tx.recoveryCode.deleteMany({ where: { operatorId: self.id } })
    await record(tx, self, { action: 'operator.second-factor.remove', target: { kind: 'operator', id: self.id, name: self.email } })
  })
  return readAccount(self)
}
