import 'server-only'
import { db } from '@/lib/db/client'
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
const owedBy = (row: { hasFactor: boolean; secondFactorAt: Date | null; secondFactorFor: string }, grants: readonly RoleGrant[]): Owed | null => {
  if (row.hasFactor) return row.secondFactorAt === null ? 'code' : null
  return secondFactorDemanded(row.secondFactorFor, grants) ? 'enrol' : null
}

/** A fresh row at every sign-in, so that an id known before it is worth nothing after it. */
export async function startSession(operatorId: string, source: RequestSource, now: Date): Promise<string> {
  const row = await db().session.create({
    data: { operatorId, createdAt: now, lastSeenAt: now, provenAt: now, sourceAddress: source.address, userAgent: source.userAgent?.slice(0, 300) ?? null },
    select: { id: true },
  })
  return row.id
}

export async function endSession(sessionId: string, now: Date): Promise<void> {
  await db().session.updateMany({ where: { id: sessionId, revokedAt: null }, data: { revokedAt: now } })
}

/** The operator of a live session, without any grants while the session owes a second factor; null when it is revoked, idle too long, older than 24 h, or the operator is disabled. */
export async function actorOfSession(sessionId: string, source: RequestSource, now: Date): Promise<OperatorActor | null> {
  const row = await findSession(sessionId)
  if (!row) return null
  const grants = roleGrants(row.grants ?? [])
  const idleMs = Math.min(...grants.map((grant) => IDLE_MS[grant.role]), IDLE_MS.viewer)
  const idleSinceMs = now.getTime() - row.lastSeenAt.getTime()
  if (now.getTime() - row.createdAt.getTime() > ABSOLUTE_MS || idleSinceMs > idleMs) return null
  if (idleSinceMs > LAST_SEEN_GRAIN_MS) await db().session.updateMany({ where: { id: sessionId }, data: { lastSeenAt: now, lastAddress: source.address } })
  const owes = owedBy(row, grants)
  return { kind: 'operator', id: row.operatorId, name: row.name, email: row.email, sessionId, grants: owes === null ? grants : [], source, proof: { method: row.hasFactor ? 'code' : 'password', at: row.provenAt, owes } }
}
