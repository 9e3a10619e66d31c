import 'server-only'
import { record } from '@/lib/audit/record'
import type { Actor, OperatorActor } from '@/lib/auth/actor'
import { sealFactor } from '@/lib/auth/factor-vault'
import { ownSession } from '@/lib/auth/own-session'
import { requireStepUp } from '@/lib/auth/step-up'
import { factorUri, newFactorSecret } from '@/lib/auth/totp'
import { AppError } from '@/lib/core/errors'
import { db } from '@/lib/db/client'
import type { NewSecondFactorDto } from './input'
import { qrPath } from './qr-path'

/** A session that owes a code may not make another second factor: the password alone would replace the present one. */
export function refuseOwedCode(self: OperatorActor): void {
  if (self.proof.owes === 'code') throw new AppError('second-factor-required', 'The second factor is missing.', { nextStep: 'Enter a code of your authenticator.', owes: 'code' })
}

/**
 * Makes a secret for an authenticator, shown once. It counts for nothing until its first code is given; a factor in force
 * stays in force until then. Who owes making one needs no step-up. Throws second-factor-required or step-up-required.
 */
export async function newSecondFactor(actor: Actor, now: Date): Promise<NewSecondFactorDto> {
  const self = ownSession(actor)
  refuseOwedCode(self)
  if (self.proof.owes === null) requireStepUp(self, 'second-factor.manage', now)
  const secret = newFactorSecret()
  const draft = { secretSealed: await sealFactor(secret, self.id), createdAt: now }
  await db().$transaction(async (tx) => {
    await tx.secondFactorDraft.upsert({ where: { operatorId: self.id }, create: { operatorId: self.id, ...draft }, update: draft })
    await record(tx, self, { action: 'operator.second-factor.add', target: { kind: 'operator', id: self.id, name: self.email } }, 'intent')
  })
  const uri = factorUri(secret, self.email)
  return { secret: secret.reveal(), uri, qr: qrPath(uri) }
}
