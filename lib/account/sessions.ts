import 'server-only'
import { record } from '@/lib/audit/record'
import type { Actor, OperatorActor } from '@/lib/auth/actor'
import { notFound } from '@/lib/auth/authorise'
import { ownSession } from '@/lib/auth/own-session'
import { sessionEnd } from '@/lib/auth/sessions'
import { AppError } from '@/lib/core/errors'
import { db } from '@/lib/db/client'
import { endOneSession, endSessionsOf } from '@/lib/db/session-sql'
import { browserName } from './browser-name'
import type { OwnSessionDto } from './input'

type OwnSessions = { items: OwnSessionDto[] }

const targetOf = (self: OperatorActor) => ({ kind: 'operator', id: self.id, name: self.email })

/** The live sessions of the signed-in person, the last used first. */
export async function listOwnSessions(actor: Actor, now: Date): Promise<OwnSessions> {
  const self = ownSession(actor)
  const rows = await db().session.findMany({ where: { operatorId: self.id, revokedAt: null }, orderBy: [{ lastSeenAt: 'desc' }, { id: 'asc' }] })
  const items = rows.flatMap((row) => {
    const endsAt = sessionEnd(row, self.grants)
    if (now > endsAt) return []
    const { id, sourceAddress, lastAddress, createdAt, lastSeenAt } = row
    return [{ id, isThis: id === self.sessionId, browser: browserName(row.userAgent), address: sourceAddress, lastAddress, createdAt: createdAt.toISOString(), lastSeenAt: lastSeenAt.toISOString(), endsAt: endsAt.toISOString(), secondFactor: row.secondFactorAt !== null }]
  })
  return { items }
}

/** Ends one other session of the signed-in person; it is refused at its next request. Throws not-found for any that is not theirs. */
export async function endOwnSession(actor: Actor, { id }: { id: string }, now: Date): Promise<OwnSessions> {
  const self = ownSession(actor)
  if (id === self.sessionId) throw new AppError('conflict', 'This is the session that you are using.', { nextStep: 'Sign out to end it.' })
  await db().$transaction(async (tx) => {
    if (!(await endOneSession(tx, self.id, id))) throw notFound('session')
    await record(tx, self, { action: 'session.revoke', target: targetOf(self), details: { session: id } })
  })
  return listOwnSessions(self, now)
}

/** Ends all sessions of the signed-in person but this one. */
export async function endOtherSessions(actor: Actor, now: Date): Promise<OwnSessions> {
  const self = ownSession(actor)
  await db().$transaction(async (tx) => {
    const sessionsEnded = await endSessionsOf(tx, self.id, self.sessionId)
    await record(tx, self, { action: 'session.revoke', target: targetOf(self), details: { sessionsEnded } })
  })
  return listOwnSessions(self, now)
}
