import 'server-only'
import { record, recordAlone } from '@/lib/audit/record'
import type { Actor, OperatorActor } from '@/lib/auth/actor'
import { openFactor } from '@/lib/auth/factor-vault'
import { ownSession } from '@/lib/auth/own-session'
import { countProof, forgetProofs } from '@/lib/auth/rate-limit'
import { replaceRecoveryCodes } from '@/lib/auth/recovery-codes'
import { stepOfCode } from '@/lib/auth/totp'
import { AppError } from '@/lib/core/errors'
import type { Secret } from '@/lib/core/secret'
import { db, type Tx } from '@/lib/db/client'
import { endSessionsOf } from '@/lib/db/session-sql'
import type { RecoveryCodesDto } from './input'
import { refuseOwedCode } from './new-second-factor'

const DRAFT_MINUTES = 15
const wrong = () => new AppError('invalid-input', 'This is not the present code.', { nextStep: 'Wait for the next code and enter it. If none works, check that the clock of your phone is right.', issues: [{ field: 'code', message: 'This is not the present code of the new authenticator.' }] })
const noDraft = () => new AppError('conflict', 'There is no new second factor that waits for its first code.', { nextStep: 'Show a new picture and scan it; it waits 15 minutes.' })

/**
 * Puts a new second factor in force with its first code, and returns ten recovery codes, which are shown once. Every other
 * session ends. Throws conflict without a new secret, invalid-input for a wrong code, too-many-requests after 5 tries.
 */
export async function confirmSecondFactor(actor: Actor, { code }: { code: string }, now: Date): Promise<RecoveryCodesDto> {
  const self = ownSession(actor)
  refuseOwedCode(self)
  const target = { kind: 'operator', id: self.id, name: self.email }
  const draft = await db().secondFactorDraft.findUnique({ where: { operatorId: self.id } })
  if (!draft || now.getTime() - draft.createdAt.getTime() > DRAFT_MINUTES * 60_000) throw noDraft()
  await countProof(self.id, now)
  const step = stepOfCode(await openFactor(draft.secretSealed, self.id), code.replace(' ', ''), now)
  if (step === null) {
    await recordAlone(self, { action: 'operator.second-factor.add', target }, 'refused')
    throw wrong()
  }
  const codes = await db().$transaction(async (tx) => {
    const made = await putInForce(tx, self, { secretSealed: draft.secretSealed, step }, now)
    await record(tx, self, { action: 'operator.second-factor.add', target, details: made.details })
    return made.codes
  })
  return { codes: codes.map((one) => one.reveal()) }
}

type NewFactor = { secretSealed: string; step: number }

/** Under the lock of the account, so that of two at once one wins and the other finds its session ended. */
async function putInForce(tx: Tx, self: OperatorActor, { secretSealed, step }: NewFactor, now: Date): Promise<{ codes: Secret[]; details: Record<string, unknown> }> {
  const sessionsEnded = await endSessionsOf(tx, self.id, self.sessionId)
  const session = await tx.session.updateMany({ where: { id: self.sessionId, revokedAt: null }, data: { secondFactorAt: now, provenAt: now } })
  const draft = await tx.secondFactorDraft.deleteMany({ where: { operatorId: self.id, secretSealed } })
  if (session.count !== 1 || draft.count !== 1) throw noDraft()
  const replaced = (await tx.secondFactor.deleteMany({ where: { operatorId: self.id } })).count > 0
  await tx.secondFactor.create({ data: { operatorId: self.id, secretSealed, createdAt: now, confirmedAt: now, lastStep: step } })
  await forgetProofs(tx, self.id, now)
  return { codes: await replaceRecoveryCodes(tx, self.id, now), details: { replaced, sessionsEnded } }
}
