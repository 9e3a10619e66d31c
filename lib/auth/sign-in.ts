import 'server-only'
import { recordAlone } from '@/lib/audit/record'
import { db } from '@/lib/db/client'
import { nobody, type Actor, type RequestSource } from './actor'
import { signInInput } from './input'
import { passwordMatches } from './password'
import { countSignIn, forgetSignIns } from './rate-limit'
import { endSession, startSession } from './sessions'

export type SignedIn = { operatorId: string; name: string; email: string; sessionId: string }

/**
 * Checks an account and starts a session. Returns null for every refusal alike: unknown account, wrong password, disabled.
 * Throws too-many-requests when the limits per account or address are passed.
 */
export async function signIn(input: unknown, source: RequestSource, now: Date): Promise<SignedIn | null> {
  const parsed = signInInput.safeParse(input)
  if (!parsed.success) return null
  await countSignIn(parsed.data.email, source.address, now)
  const operator = await db().operator.findUnique({ where: { email: parsed.data.email } })
  const matches = await passwordMatches(operator?.passwordHash ?? null, parsed.data.password)
  if (!operator || !matches || operator.disabledAt) {
    await recordAlone(nobody(source), { action: 'session.sign-in-refused', target: { kind: 'operator', id: operator?.id ?? null, name: operator?.email ?? 'unknown account' } }, 'refused')
    return null
  }
  await forgetSignIns(operator.email, now)
  const sessionId = await startSession(operator.id, source, now)
  const actor: Actor = { kind: 'operator', id: operator.id, name: operator.name, email: operator.email, sessionId, grants: [], source, proof: { method: 'password', at: now, owes: null } }
  await recordAlone(actor, { action: 'session.sign-in', target: { kind: 'operator', id: operator.id, name: operator.email } })
  return { operatorId: operator.id, name: operator.name, email: operator.email, sessionId }
}

/** Ends a session for good; a cookie kept from before is worth nothing. */
export async function signOut(session: { operatorId: string; name: string; email: string; sessionId: string }, source: RequestSource, now: Date): Promise<void> {
  await endSession(session.sessionId, now)
  const actor: Actor = { kind: 'operator', id: session.operatorId, name: session.name, email: session.email, sessionId: session.sessionId, grants: [], source, proof: { method: 'password', at: null, owes: null } }
  await recordAlone(actor, { action: 'session.sign-out', target: { kind: 'operator', id: session.operatorId, name: session.email } })
}
