import 'server-only'
import { db, type Tx } from '@/lib/db/client'
import { replaceSession } from '@/lib/db/session-sql'
import { findSession } from '@/lib/db/sql'
import type { OperatorActor, Owed, RequestSource, RoleGrant } from './actor'
import { ROLES, type Role } from './roles'
import { secondFactorDemanded } from './second-factor-rule'

const HOUR_MS = 3_600_000
const ABSOLUTE_MS = 24 * HOUR_MS
const IDLE_MS = { viewer: 8 * HOUR_MS, operator: 8 * HOUR_MS, admin: HOUR_MS, owner: HOUR_MS } as const satisfies Record<Role, number>
/** Writing the last use at every request would make each read a write; a minute is exact enough for hours. */
const LAST_SEEN_GRAIN_MS = 60_000

export const isRole = (text: string): text is Role => ROLES.some((role) => role === text)

/** Grants as stored, without words that are no role of this version. */
export const roleGrants = (rows: readonly { role: string; customerId: string | null }[]): RoleGrant[] => rows.flatMap(({ role, customerId }) => (isRole(role) ? [{ role, customerId }] : []))

/** What the operator of a session still has to do before anything else. */
export const owedBy = (row: { hasFactor: boolean; secondFactorAt: Date | null; secondFactorFor: string }, grants: readonly RoleGrant[]): Owed | null => {
  if (row.hasFactor) return row.secondFactorAt === null ? 'code' : null
  return secondFactorDemanded(row.secondFactorFor, grants) ? 'enrol' : null
}

const USER_AGENT_LENGTH_MAX = 300
/** A replaced session gets this long for the calls that are under way. */
const GRACE_SECONDS = 10

/** A fresh row at every sign-in, so that an id known before it is worth nothing after it. `provenAt` is null while the second factor is owed. */
export async function startSession(tx: Tx, operatorId: string, source: RequestSource, { now, provenAt }: { now: Date; provenAt: Date | null }): Promise<string> {
  const row = await tx.session.create({
    data: { operatorId, createdAt: now, lastSeenAt: now, provenAt, sourceAddress: source.address, lastAddress: source.address, userAgent: source.userAgent?.slice(0, USER_AGENT_LENGTH_MAX) ?? null },
    select: { id: true },
  })
  return row.id
}

/** A new session in the place of one that just gave its proof; it keeps the age of the old one. Null when the old one is over. */
export const renewSession = (tx: Tx, sessionId: string, source: RequestSource, { now, secondFactor }: { now: Date; secondFactor: boolean }): Promise<string | null> =>
  replaceSession(tx, sessionId, { provenAt: now, secondFactor, address: source.address, userAgent: source.userAgent?.slice(0, USER_AGENT_LENGTH_MAX) ?? null }, GRACE_SECONDS)

/** When a session ends by itself: 24 hours after the sign-in, or earlier when it is not used. */
export function sessionEnd({ createdAt, lastSeenAt }: { createdAt: Date; lastSeenAt: Date }, grants: readonly RoleGrant[]): Date {
  const idleMs = Math.min(...grants.map((grant) => IDLE_MS[grant.role]), IDLE_MS.viewer)
  return new Date(Math.min(createdAt.getTime() + ABSOLUTE_MS, lastSeenAt.getTime() + idleMs))
}

/** The operator of a live session, without any grants while the session owes a second factor; null when it is revoked, idle too long, older than 24 h, or the operator is disabled. */
export async function actorOfSession(sessionId: string, source: RequestSource, now: Date): Promise<OperatorActor | null> {
  const row = await findSession(sessionId)
  if (!row) return null
  const grants = roleGrants(row.grants ?? [])
  if (now > sessionEnd(row, grants)) return null
  if (now.getTime() - row.lastSeenAt.getTime() > LAST_SEEN_GRAIN_MS) {
    // Of the calls that a page makes at once, one writes.
    await db().session.updateMany({ where: { id: sessionId, lastSeenAt: row.lastSeenAt }, data: { lastSeenAt: now, lastAddress: source.address } })
  }
  const owes = owedBy(row, grants)
  return { kind: 'operator', id: row.operatorId, name: row.name, email: row.email, sessionId, grants: owes === null ? grants : [], source, proof: { method: row.hasFactor ? 'code' : 'password', at: row.provenAt, owes } }
}
