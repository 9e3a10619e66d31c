import 'server-only'
import { record } from '@/lib/audit/record'
import type { Actor } from '@/lib/auth/actor'
import { ownSession } from '@/lib/auth/own-session'
import { replaceRecoveryCodes } from '@/lib/auth/recovery-codes'
import { requireStepUp } from '@/lib/auth/step-up'
import { AppError } from '@/lib/core/errors'
import { db } from '@/lib/db/client'
import type { RecoveryCodesDto } from './input'

/** Ten new recovery codes, shown once; the old ones end. Throws conflict without a second factor. */
export async function newRecoveryCodes(actor: Actor, now: Date): Promise<RecoveryCodesDto> {
  const self = ownSession(actor)
  requireStepUp(self, 'second-factor.manage', now)
  const codes = await db().$transaction(async (tx) => {
    const factor = await tx.secondFactor.findUnique({ where: { operatorId: self.id } })
    if (!factor?.confirmedAt) throw new AppError('conflict', 'Recovery codes stand in for a second factor, and you have none.', { nextStep: 'Set up an authenticator first.' })
    const made = await replaceRecoveryCodes(tx, self.id, now)
    await record(tx, self, { action: 'operator.recovery-codes.make', target: { kind: 'operator', id: self.id, name: self.email } })
    return made
  })
  return { codes: codes.map((code) => code.reveal()) }
}
