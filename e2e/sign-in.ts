// Signing in without a page, as the form does it.
import type { APIRequestContext, APIResponse } from '@playwright/test'
import { Secret, TOTP } from 'otpauth'
import { z } from 'zod'

type Account = { email: string; password: string }
const csrfReply = z.object({ csrfToken: z.string() })

/** One try; the reply's `url` tells how it went. `headers` are added to what a browser sends. */
export async function trySignIn(browser: APIRequestContext, { email, password }: Account, headers: Record<string, string> = {}): Promise<APIResponse> {
  const { csrfToken } = csrfReply.parse(await (await browser.get('/api/auth/csrf', { headers })).json())
  return browser.post('/api/auth/callback/credentials', { form: { csrfToken, email, password, json: 'true' }, headers })
}

/** Throws when the account is refused. */
export async function signInByRequest(browser: APIRequestContext, account: Account): Promise<void> {
  const reply = await trySignIn(browser, account)
  if (!reply.ok()) throw new Error(`The sign-in of ${account.email} was answered with ${reply.status()}.`)
}

/** What an authenticator shows, `steps` of 30 s from now. One step ahead is accepted too, so a second code needs no waiting. */
export const authenticatorCode = (secret: string, steps = 0): string =>
  new TOTP({ secret: Secret.fromBase32(secret), algorithm: 'SHA1', digits: 6, period: 30 }).generate({ timestamp: Date.now() + steps * 30_000 })
