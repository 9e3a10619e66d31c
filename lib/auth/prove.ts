import 'server-only'
import { record, recordAlone, type AuditEvent } from '@/lib/audit/record'
import { AppError } from '@/lib/core/errors'
import { db, type Tx } from '@/lib/db/client'
import { holdAccount } from '@/lib/db/session-sql'
import { acceptCode } from './accept-code'
import type { OperatorActor, RequestSource } from './actor'
import { proofInput } from './input'
import { passwordMatches } from './password'
import { countProof, forgetProofs } from './rate-limit'
import { actorOfSession, renewSession } from './sessions'
import type { SignedIn } from './sign-in'

/** Ends the transaction without a trace when its proof turns out to be worth nothing. */
class NotProven extends Error {}

/**
 * Gives the second factor that a session owes, or proves anew who sits there (step-up): with a code where the operator has
 * a second factor, else with the password. Returns the session that takes the place of this one, or null for a wrong or
 * used code or a wrong password. Throws unauthenticated, second-factor-required (one has to be made first), and
 * too-many-requests after 5 tries in 15 minutes.
 */
export async function prove(sessionId: string | null, input: unknown, source: RequestSource, now: Date): Promise<Omit<SignedIn, 'deviceCookie'> | null> {
  const actor = sessionId === null ? null : await actorOfSession(sessionId, source, now)
  if (!actor) throw new AppError('unauthenticated', 'You are not signed in.', { nextStep: 'Sign in first.' })
  if (actor.proof.owes === 'enrol') throw new AppError('second-factor-required', 'Your role needs a second factor, and you have none yet.', { nextStep: 'Set up an authenticator first.', owes: 'enrol' })
  const parsed = proofInput.safeParse(input)
  if (!parsed.success) return null
  await countProof(actor.id, now)
  const check = actor.proof.method === 'code' ? byCode(actor, parsed.data.code, now) : await byPassword(actor, parsed.data.password)
  const event = eventOf(actor)
  try {
    const next = await db().$transaction((tx) => renew(tx, actor, check, event.accepted, now))
    return { operatorId: actor.id, name: actor.name, email: actor.email, sessionId: next }
  } catch (error) {
    if (!(error instanceof NotProven)) throw error
    await recordAlone(actor, event.refused, 'refused')
    return null
  }
}

type Check = (tx: Tx) => Promise<Record<string, unknown> | null>

const byCode =
  (actor: OperatorActor, code: string | undefined, now: Date): Check =>
  async (tx) => {
    const kind = code === undefined ? null : await acceptCode(tx, actor.id, code, now)
    return kind && { proof: kind }
  }

/** The password is compared before the transaction, which then demands that it is still the one. */
async function byPassword(actor: OperatorActor, password: string | undefined): Promise<Check> {
  const stored = await db().operator.findUnique({ where: { id: actor.id }, select: { passwordHash: true } })
  const matches = await passwordMatches(stored?.passwordHash ?? null, password ?? '')
  return async (tx) => (matches && stored && (await holdAccount(tx, actor.id, stored.passwordHash)) ? { proof: 'password' } : null)
}

async function renew(tx: Tx, actor: OperatorActor, check: Check, event: AuditEvent, now: Date): Promise<string> {
  if (!(await holdAccount(tx, actor.id, null))) throw new NotProven()
  const next = await renewSession(tx, actor.sessionId, actor.source, { now, secondFactor: actor.proof.method === 'code' })
  const details = next === null ? null : await check(tx)
  if (next === null || details === null) throw new NotProven()
  await forgetProofs(tx, actor.id, now)
  await record(tx, actor, { ...event, details })
  return next
}

function eventOf(actor: OperatorActor): { accepted: AuditEvent; refused: AuditEvent } {
  const target = { kind: 'operator', id: actor.id, name: actor.email }
  if (actor.proof.owes === 'code') return { accepted: { action: 'session.second-factor', target }, refused: { action: 'session.second-factor-refused', target } }
  return { accepted: { action: 'session.step-up', target }, refused: { action: 'session.step-up-refused', target } }
}
