import 'server-only'
import { createHash, randomInt } from 'node:crypto'
import { RECOVERY_CODE_COUNT } from '@/lib/account/input'
import { Secret } from '@/lib/core/secret'
import type { Tx } from '@/lib/db/client'

/** Crockford's base32: nothing that is read as something else. 16 of them are 80 bits. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const LENGTH = 16
const SHAPE = new RegExp(`^[${ALPHABET}]{${LENGTH}}$`)

const plain = (text: string): string => text.toUpperCase().replace(/[\s-]/g, '').replaceAll('O', '0').replace(/[IL]/g, '1')
const hashOf = (code: string): string => createHash('sha256').update(code).digest('hex')
const randomCode = (): string => Array.from({ length: LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('')

/** Replaces all recovery codes of an operator and returns the new ones, grouped for reading. They are nowhere else. */
export async function replaceRecoveryCodes(tx: Tx, operatorId: string, now: Date): Promise<Secret[]> {
  const codes = Array.from({ length: RECOVERY_CODE_COUNT }, randomCode)
  await tx.recoveryCode.deleteMany({ where: { operatorId } })
  await tx.recoveryCode.createMany({ data: codes.map((code) => ({ operatorId, codeHash: hashOf(code), createdAt: now })) })
  return codes.map((code) => new Secret(code.replace(/.{4}(?=.)/g, '$&-')))
}

/** Uses up one recovery code, however it is spaced; false when it is none or was used. Of many at once, one succeeds. */
export async function spendRecoveryCode(tx: Tx, operatorId: string, text: string, now: Date): Promise<boolean> {
  const code = plain(text)
  if (!SHAPE.test(code)) return false
  const { count } = await tx.recoveryCode.updateMany({ where: { operatorId, codeHash: hashOf(code), usedAt: null }, data: { usedAt: now } })
  return count === 1
}
