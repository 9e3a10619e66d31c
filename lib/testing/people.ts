// People who really sign in: with a password, an authenticator and a browser of their own.
import { encode } from 'next-auth/jwt'
import { Secret as Base32, TOTP } from 'otpauth'
import { confirmSecondFactor } from '@/lib/account/confirm-second-factor'
import { newSecondFactor } from '@/lib/account/new-second-factor'
import type { OperatorActor, RequestSource } from '@/lib/auth/actor'
import { hashPassword } from '@/lib/auth/password'
import type { Role } from '@/lib/auth/roles'
import { sessionCookieName } from '@/lib/auth/session-cookie'
import { actorOfSession } from '@/lib/auth/sessions'
import { signIn } from '@/lib/auth/sign-in'
import { db } from '@/lib/db/client'
import { installationKeys } from '@/lib/installation/keys'

export const PASSWORD = 'granite-otter-violin-92'
let hash: Promise<string> | undefined
let count = 0

export const from = (address: string, userAgent = 'test'): RequestSource => ({ address, requestId: crypto.randomUUID(), userAgent })

export type Account = { id: string; email: string }

/** Someone with a password and one role over all customers. */
export async function account(role: Role, more: { joined?: false; disabledAt?: Date } = {}): Promise<Account> {
  const email = `signs.in.${(count += 1)}@nordwall.example`
  const passwordHash = await (hash ??= hashPassword(PASSWORD))
  const { id } = await db().operator.create({ data: { name: `Person ${count}`, email, passwordHash: more.joined === false ? null : passwordHash, disabledAt: more.disabledAt ?? null, grants: { create: { role } } } })
  return { id, email }
}

/** A new session by password, from an address of its own. Throws when it is refused. */
export async function sessionOf({ email }: Account, now = new Date()): Promise<string> {
  const signedIn = await signIn({ email, password: PASSWORD }, from(`203.0.113.${(count += 1) % 250}`), now)
  if (!signedIn) throw new Error(`${email} was not let in.`)
  return signedIn.sessionId
}

/** Who a session is; throws when it is over. */
export async function actorOf(sessionId: string, now = new Date()): Promise<OperatorActor> {
  const actor = await actorOfSession(sessionId, from('203.0.113.9'), now)
  if (!actor) throw new Error('The session is over.')
  return actor
}

/** What the authenticator shows, `steps` of 30 s before or after a moment. */
export const codeAt = (secret: string, now: Date, steps = 0): string => new TOTP({ secret: Base32.fromBase32(secret), algorithm: 'SHA1', digits: 6, period: 30 }).generate({ timestamp: now.getTime() + steps * 30_000 })

export type Enrolled = { secret: string; recoveryCodes: string[]; sessionId: string }

/**
 * Sets up an authenticator as the page does, in a session that stays. With the code of the step before, so that the
 * present code of `now` is still unused.
 */
export async function enrolFactor(person: Account, now = new Date()): Promise<Enrolled> {
  const sessionId = await sessionOf(person, now)
  const { secret } = await newSecondFactor(await actorOf(sessionId, now), now)
  const { codes } = await confirmSecondFactor(await actorOf(sessionId, now), { code: codeAt(secret, now, -1) }, now)
  return { secret, recoveryCodes: codes, sessionId }
}

/** Forgets all counted tries, for tests that try more than people may. */
export const forgetTries = async (): Promise<void> => void (await db().rateWindow.deleteMany({}))

/** The headers of a browser with this session, from a page of ours. */
export async function browserOf(sessionId: string): Promise<Record<string, string>> {
  const { sessionSecret } = await installationKeys()
  const cookie = await encode({ token: { sid: sessionId }, secret: sessionSecret.reveal() })
  return { cookie: `${sessionCookieName()}=${cookie}`, origin: 'http://localhost:3000', 'sec-fetch-site': 'same-origin' }
}
