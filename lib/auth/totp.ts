import 'server-only'
// One-time codes of an authenticator (RFC 6238), with the parameters that every authenticator knows.
import { Secret as Base32, TOTP } from 'otpauth'
import { Secret } from '@/lib/core/secret'

const STEP_SECONDS = 30
const SECRET_BYTES = 20
/** Steps before and after the present one, for clocks that are not exact. */
const WINDOW = 1

const totp = (secret: Secret, label = '') => new TOTP({ issuer: 'Palisade', label, algorithm: 'SHA1', digits: 6, period: STEP_SECONDS, secret: Base32.fromBase32(secret.reveal()) })

/** A fresh secret of 160 bits, in base32 as authenticators take it. */
export const newFactorSecret = (): Secret => new Secret(new Base32({ size: SECRET_BYTES }).base32)

/** The address that an authenticator reads from the picture. */
export const factorUri = (secret: Secret, email: string): string => totp(secret, email).toString()

/** The time step whose code this is, at most one before or after the present one; null for any other code. */
export function stepOfCode(secret: Secret, code: string, now: Date): number | null {
  const delta = totp(secret).validate({ token: code, timestamp: now.getTime(), window: WINDOW })
  return delta === null ? null : Math.floor(now.getTime() / 1000 / STEP_SECONDS) + delta
}
