import 'server-only'
import type { z } from 'zod'
import { record, recordAlone } from '@/lib/audit/record'
import type { Actor } from '@/lib/auth/actor'
import { ownSession } from '@/lib/auth/own-session'
import { hashPassword, passwordMatches, refuseCommonPassword } from '@/lib/auth/password'
import { countProof, forgetProofs } from '@/lib/auth/rate-limit'
import { AppError } from '@/lib/core/errors'
import { db } from '@/lib/db/client'
import { endSessionsOf } from '@/lib/db/session-sql'
import type { AccountDto, changePasswordInput } from './input'
import { readAccount } from './read'

const wrong = () => new AppError('invalid-input', 'The present password is another one.', { nextStep: 'Enter the password that you signed in with.', issues: [{ field: 'currentPassword', message: 'This is not your present password.' }] })

/**
 * Sets a new password. It ends every other session, open password links and the memory of known browsers. Throws
 * invalid-input for a wrong present password (5 tries in 15 minutes, then too-many-requests) and for one that is too common.
 */
export async function changePassword(actor: Actor, input: z.output<typeof changePasswordInput>, now: Date): Promise<AccountDto> {
  const self = ownSession(actor)
  const target = { kind: 'operator', id: self.id, name: self.email }
  await countProof(self.id, now)
  const stored = await db().operator.findUnique({ where: { id: self.id }, select: { passwordHash: true } })
  if (!(await passwordMatches(stored?.passwordHash ?? null, input.currentPassword))) {
    await recordAlone(self, { action: 'operator.password.change', target }, 'refused')
    throw wrong()
  }
  refuseCommonPassword(input.password, self)
  const passwordHash = await hashPassword(input.password)
  await db().$transaction(async (tx) => {
    const { count } = await tx.operator.updateMany({ where: { id: self.id, passwordHash: stored?.passwordHash ?? null }, data: { passwordHash, passwordChangedAt: now, revision: { increment: 1 } } })
    if (count !== 1) throw wrong()
    const sessionsEnded = await endSessionsOf(tx, self.id, self.sessionId)
    await tx.accessLink.deleteMany({ where: { operatorId: self.id, usedAt: null } })
    await forgetProofs(tx, self.id, now)
    await record(tx, self, { action: 'operator.password.change', target, details: { sessionsEnded } })
  })
  return readAccount(self)
}
