import 'server-only'
import type { Actor, OperatorActor } from '@/lib/auth/actor'
import { actorOfToken } from '@/lib/auth/api-tokens'
import { sessionCookieName, sessionIdOf } from '@/lib/auth/session-cookie'
import { actorOfSession } from '@/lib/auth/sessions'
import { AppError } from '@/lib/core/errors'
import { requestSource } from '@/lib/auth/request-source'

const unauthenticated = () => new AppError('unauthenticated', 'You are not signed in.', { nextStep: 'Sign in, or send a valid bearer token.' })

/** Not percent-decoded: our own cookies hold nothing that needs it, and a stray `%` is no failure of ours. */
export function cookieValue(header: string | null, name: string): string | undefined {
  for (const part of (header ?? '').split(';')) {
    const at = part.indexOf('=')
    if (at > 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim()
  }
  return undefined
}

/** Refuses a session that owes its second factor, unless the operation is a part of giving it. */
function requirePaid(actor: OperatorActor, mayOwe: boolean): OperatorActor {
  const { owes } = actor.proof
  if (owes === null || mayOwe) return actor
  throw new AppError('second-factor-required', owes === 'code' ? 'The second factor is missing.' : 'Your role needs a second factor, and you have none yet.', { nextStep: owes === 'code' ? 'Enter a code of your authenticator.' : 'Set up an authenticator first.', owes })
}

/** The signed-in operator or the token of a request. A request with an Authorization header is never taken for a browser's. */
export async function currentActor(headers: Headers, { mayOwe }: { mayOwe: boolean }): Promise<Actor> {
  const source = requestSource(headers)
  const now = new Date()
  const authorization = headers.get('authorization')
  if (authorization !== null) {
    const token = /^Bearer (\S+)$/.exec(authorization)?.[1]
    const actor = token === undefined ? null : await actorOfToken(token, source, now)
    if (!actor) throw unauthenticated()
    return actor
  }
  const sessionId = await sessionIdOf(cookieValue(headers.get('cookie'), sessionCookieName()))
  const actor = sessionId === null ? null : await actorOfSession(sessionId, source, now)
  if (!actor) throw unauthenticated()
  return requirePaid(actor, mayOwe)
}
