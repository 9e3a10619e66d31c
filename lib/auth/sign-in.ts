import 'server-only'
import { record, recordAlone } from '@/lib/audit/record'
import { db } from '@/lib/db/client'
import { endOneSession, findAccount, holdAccount, type AccountRow } from '@/lib/db/session-sql'
import { nobody, type OperatorActor, type RequestSource } from './actor'
import { deviceCookie, deviceIdOf } from './device-cookie'
import { signInInput } from './input'
import { passwordMatches } from './password'
import { countSignIn, forgetSignIns, type SignInSubject } from './rate-limit'
import { owedBy, roleGrants, startSession } from './sessions'

export type SignedIn = { operatorId: string; name: string; email: string; sessionId: string; deviceCookie: string }
/** What the browser had before: the cookie of an earlier sign-in, and the session that this one takes the place of. */
export type BrowserBefore = { deviceCookie?: string | undefined; sessionId?: string | null }

/**
 * Checks an account and starts a session, which owes the second factor where there is one or one is demanded. Returns null
 * for every refusal alike: unknown account, wrong password, disabled, not joined yet; each runs the same statements and
 * one comparison of a password. Throws too-many-requests when a limit is passed.
 */
export async function signIn(input: unknown, source: RequestSource, now: Date, before: BrowserBefore = {}): Promise<SignedIn | null> {
  const parsed = signInInput.safeParse(input)
  if (!parsed.success) return null
  const account = await findAccount(parsed.data.email)
  const deviceId = await deviceIdOf(before.deviceCookie, account, now)
  const subject: SignInSubject = { account: parsed.data.email, deviceId, address: source.address }
  await countSignIn(subject, now)
  const matches = await passwordMatches(account?.passwordHash ?? null, parsed.data.password)
  const sessionId = account && matches && !account.disabledAt ? await start(account, subject, source, now, before.sessionId ?? null) : null
  if (account && sessionId !== null) return { operatorId: account.id, name: account.name, email: account.email, sessionId, deviceCookie: await deviceCookie(account, deviceId, now) }
  await recordAlone(nobody(source), { action: 'session.sign-in-refused', target: { kind: 'operator', id: account?.id ?? null, name: account?.email ?? 'unknown account' } }, 'refused')
  return null
}

/** Session and audit entry are one transaction: without the entry there is no session. Null when the account changed meanwhile. */
function start(account: AccountRow, subject: SignInSubject, source: RequestSource, now: Date, replaced: string | null): Promise<string | null> {
  const owes = owedBy({ ...account, secondFactorAt: null }, roleGrants(account.grants ?? []))
  return db().$transaction(async (tx) => {
    if (!(await holdAccount(tx, account.id, account.passwordHash))) return null
    if (replaced !== null) await endOneSession(tx, account.id, replaced)
    const sessionId = await startSession(tx, account.id, source, { now, provenAt: owes === null ? now : null })
    await forgetSignIns(tx, subject, now)
    const actor: OperatorActor = { kind: 'operator', id: account.id, name: account.name, email: account.email, sessionId, grants: [], source, proof: { method: account.hasFactor ? 'code' : 'password', at: null, owes } }
    await record(tx, actor, { action: 'session.sign-in', target: { kind: 'operator', id: account.id, name: account.email }, details: { owes, knownBrowser: subject.deviceId !== null } })
    return sessionId
  })
}
