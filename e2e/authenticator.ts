// An authenticator app: what it shows now, and in the steps around now.
import { Secret, TOTP } from 'otpauth'
import { z } from 'zod'
import type { Recorder } from './recorder'

const STEP_MS = 30_000
export const codeOf = (secret: string, steps = 0): string => new TOTP({ secret: Secret.fromBase32(secret), algorithm: 'SHA1', digits: 6, period: STEP_MS / 1000 }).generate({ timestamp: Date.now() + steps * STEP_MS })

export type Factor = { secret: string; codes: string[] }
const made = z.object({ secret: z.string() })
const confirmed = z.object({ codes: z.array(z.string()) })

/** Sets one up as the page does, with the code of the step before: the present one stays unused. */
export async function setUpFactor(browser: Recorder): Promise<Factor> {
  const { secret } = made.parse(await browser.api('POST', '/me/second-factor'))
  const { codes } = confirmed.parse(await browser.api('POST', '/me/second-factor/confirm', { code: codeOf(secret, -1) }))
  return { secret, codes }
}
