import 'server-only'
// SQL of signing in and of ending sessions: where a lock or the database's own clock matters.
import type { Tx } from './client'
import { statement } from './statements'

export type AccountRow = {
  id: string
  name: string
  email: string
  passwordHash: string | null
  disabledAt: Date | null
  hasFactor: boolean
  secondFactorFor: string
  grants: { role: string; customerId: string | null }[] | null
}

/** All that a sign-in needs of an account in one statement, so that an account that exists costs no more than one that does not. */
export async function findAccount(email: string): Promise<AccountRow | null> {
  const { rows } = await statement<AccountRow>(
    'find-account',
    `SELECT o.id, o.name, o.email, o."passwordHash", o."disabledAt",
            EXISTS (SELECT 1 FROM "SecondFactor" f WHERE f."operatorId" = o.id AND f."confirmedAt" IS NOT NULL) AS "hasFactor",
            (SELECT "secondFactorFor" FROM "Settings") AS "secondFactorFor",
            (SELECT json_agg(json_build_object('role', g.role, 'customerId', g."customerId")) FROM "Grant" g WHERE g."operatorId" = o.id) AS grants
     FROM "Operator" o WHERE o.email = $1`,
    [email],
  )
  return rows[0] ?? null
}

/**
 * Whether the account is still enabled and has still this password, held until commit: who disables it, changes the
 * password or ends its sessions waits, and then finds the session that this transaction makes.
 */
export async function holdAccount(tx: Tx, operatorId: string, passwordHash: string | null): Promise<boolean> {
  const rows = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM "Operator" WHERE id = ${operatorId}::uuid AND "disabledAt" IS NULL AND (${passwordHash}::text IS NULL OR "passwordHash" = ${passwordHash}::text) FOR SHARE`
  return rows.length === 1
}

/**
 * Ends the sessions of an operator at once, by the database's clock, except `keep`; returns how many. It waits for
 * sign-ins of this operator that are under way, so that none is left over.
 */
export async function endSessionsOf(tx: Tx, operatorId: string, keep: string | null = null): Promise<number> {
  await tx.$queryRaw`SELECT 1 FROM "Operator" WHERE id = ${operatorId}::uuid FOR NO KEY UPDATE`
  return tx.$executeRaw`
    UPDATE "Session" SET "revokedAt" = now() WHERE "operatorId" = ${operatorId}::uuid AND ("revokedAt" IS NULL OR "revokedAt" > now()) AND (${keep}::uuid IS NULL OR id <> ${keep}::uuid)`
}

/** Ends one session of an operator at once; false when it had ended. */
export async function endOneSession(tx: Tx, operatorId: string, sessionId: string): Promise<boolean> {
  return (await tx.$executeRaw`UPDATE "Session" SET "revokedAt" = now() WHERE id = ${sessionId}::uuid AND "operatorId" = ${operatorId}::uuid AND ("revokedAt" IS NULL OR "revokedAt" > now())`) === 1
}

export type NextSession = { provenAt: Date; secondFactor: boolean; address: string | null; userAgent: string | null }

/**
 * Puts a new session in the place of one that just proved who it is, and returns its id. The old one ends after
 * `graceSeconds`, for the calls that are under way. Null when the old one had ended or was replaced: of many at once, one wins.
 */
export async function replaceSession(tx: Tx, sessionId: string, next: NextSession, graceSeconds: number): Promise<string | null> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    WITH old AS (
      UPDATE "Session" SET "revokedAt" = now() + make_interval(secs => ${graceSeconds}::int) WHERE id = ${sessionId}::uuid AND "revokedAt" IS NULL RETURNING *
    )
    INSERT INTO "Session" (id, "operatorId", "createdAt", "lastSeenAt", "secondFactorAt", "provenAt", "sourceAddress", "lastAddress", "userAgent")
    SELECT gen_random_uuid(), "operatorId", "createdAt", ${next.provenAt}::timestamptz, CASE WHEN ${next.secondFactor}::boolean THEN ${next.provenAt}::timestamptz ELSE "secondFactorAt" END, ${next.provenAt}::timestamptz, "sourceAddress", ${next.address}::text, ${next.userAgent}::text FROM old
    RETURNING id`
  return rows[0]?.id ?? null
}
