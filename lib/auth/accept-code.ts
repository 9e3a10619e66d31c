import 'server-only'
import type { Tx } from '@/lib/db/client'
import { openFactor } from './factor-vault'
import { spendRecoveryCode } from './recovery-codes'
import { stepOfCode } from './totp'

/** How a code was made: by the authenticator, or one of the recovery codes. */
export type CodeKind = 'authenticator' | 'recovery'
const DIGITS = /^\d{6}$/

/**
 * Accepts a code of the operator's second factor and uses it up, in this transaction; null when it is wrong or was used.
 * The last accepted step is raised by one comparing update: of many at once with one code, exactly one succeeds.
 */
export async function acceptCode(tx: Tx, operatorId: string, text: string, now: Date): Promise<CodeKind | null> {
  const digits = text.replace(/\s/g, '')
  if (!DIGITS.test(digits)) return (await spendRecoveryCode(tx, operatorId, text, now)) ? 'recovery' : null
  const factor = await tx.secondFactor.findUnique({ where: { operatorId } })
  if (!factor?.confirmedAt) return null
  const step = stepOfCode(await openFactor(factor.secretSealed, operatorId), digits, now)
  if (step === null) return null
  const { count } = await tx.secondFactor.updateMany({ where: { operatorId, secretSealed: factor.secretSealed, lastStep: { lt: step } }, data: { lastStep: step } })
  return count === 1 ? 'authenticator' : null
}
