import 'server-only'
// SQL of the hot paths, where one statement must do what Prisma would need several for. Column names are literals, and
// every value is a parameter.
import type { Prisma } from './generated/client'
import { db } from './client'
import { statement } from './statements'

export type SessionRow = {
  sessionId: string
  createdAt: Date
  lastSeenAt: Date
  operatorId: string
  name: string
  email: string
  grants: { role: string; customerId: string | null }[] | null
  secondFactorAt: Date | null
  provenAt: Date | null
  hasFactor: boolean
  secondFactorFor: string
}

/** A live session with its operator and grants in one statement; null when revoked, unknown or the operator is disabled. */
export async function findSession(sessionId: string): Promise<SessionRow | null> {
  const { rows } = await statement<SessionRow>(
    'find-session',
    `SELECT s.id AS "sessionId", s."createdAt", s."lastSeenAt", o.id AS "operatorId", o.name, o.email, s."secondFactorAt", s."provenAt",
            EXISTS (SELECT 1 FROM "SecondFactor" f WHERE f."operatorId" = o.id AND f."confirmedAt" IS NOT NULL) AS "hasFactor",
            (SELECT "secondFactorFor" FROM "Settings") AS "secondFactorFor",
            (SELECT json_agg(json_build_object('role', g.role, 'customerId', g."customerId")) FROM "Grant" g WHERE g."operatorId" = o.id) AS grants
     FROM "Session" s JOIN "Operator" o ON o.id = s."operatorId"
     WHERE s.id = $1::uuid AND (s."revokedAt" IS NULL OR s."revokedAt" > now()) AND o."disabledAt" IS NULL`,
    [sessionId],
  )
  return rows[0] ?? null
}

export type TokenRow = {
  id: string
  name: string
  operatorId: string
  role: string
  everywhere: boolean
  customerIds: string[] | null
  lastUsedAt: Date | null
  grants: { role: string; customerId: string | null }[] | null
}

/** A live API token with the grants that its operator has now; null when it is unknown, ended, or the operator is disabled. */
export async function findToken(tokenHash: string): Promise<TokenRow | null> {
  const { rows } = await statement<TokenRow>(
    'find-token',
    `SELECT t.id, t.name, t."operatorId", t.role, t.everywhere, t."lastUsedAt",
            (SELECT json_agg(c."customerId") FROM "TokenScope" c WHERE c."tokenId" = t.id) AS "customerIds",
            (SELECT json_agg(json_build_object('role', g.role, 'customerId', g."customerId")) FROM "Grant" g WHERE g."operatorId" = t."operatorId") AS grants
     FROM "ApiToken" t JOIN "Operator" o ON o.id = t."operatorId"
     WHERE t."tokenHash" = $1 AND t."revokedAt" IS NULL AND t."expiresAt" > now() AND o."disabledAt" IS NULL`,
    [tokenHash],
  )
  return rows[0] ?? null
}

/** Adds one to a counting window and returns the new count; atomic over all processes. */
export async function countInWindow(key: string, startsAt: Date): Promise<number> {
  const { rows } = await statement<{ count: number }>(
    'count-in-window',
    `INSERT INTO "RateWindow" (key, "startsAt", count) VALUES ($1, $2, 1)
     ON CONFLICT (key, "startsAt") DO UPDATE SET count = "RateWindow".count + 1 RETURNING count`,
    [key, startsAt],
  )
  return rows[0]?.count ?? 1
}

/** Makes the slots of an origin; they are free. */
export async function makeLeases(origin: string, slots: readonly string[]): Promise<void> {
  await db().$executeRaw`INSERT INTO "OriginLease" (origin, slot, until) SELECT ${origin}, unnest(${[...slots]}::text[]), 'epoch' ON CONFLICT DO NOTHING`
}

/** Takes one free slot of the given names for `seconds`; null when all are held. */
export async function takeLease(origin: string, slots: readonly string[], holder: string, seconds: number): Promise<string | null> {
  const { rows } = await statement<{ slot: string }>(
    'take-lease',
    // As a part of its own, because a subquery that a join reads again would take more than one.
    `WITH free AS MATERIALIZED (SELECT origin, slot FROM "OriginLease" WHERE origin = $1 AND slot = ANY($2::text[]) AND until < now()
           ORDER BY slot LIMIT 1 FOR UPDATE SKIP LOCKED)
     UPDATE "OriginLease" l SET holder = $3, until = now() + make_interval(secs => $4::double precision)
     FROM free WHERE l.origin = free.origin AND l.slot = free.slot RETURNING l.slot`,
    [origin, [...slots], holder, seconds],
  )
  return rows[0]?.slot ?? null
}

/** Keeps slots that this process still holds; they end by themselves when the process dies. */
export async function renewLeases(holders: readonly string[], seconds: number): Promise<void> {
  await db().$executeRaw`UPDATE "OriginLease" SET until = now() + make_interval(secs => ${seconds}::double precision) WHERE holder = ANY(${[...holders]}::text[]) AND until > now()`
}

/** Gives a slot back, if it is still this holder's. */
export async function giveLeaseBack(origin: string, slot: string, holder: string): Promise<void> {
  await statement('give-lease-back', `UPDATE "OriginLease" SET until = 'epoch', holder = '' WHERE origin = $1 AND slot = $2 AND holder = $3`, [origin, slot, holder])
}

/** Keeps the reading and notes why the newest try brought nothing newer. */
export async function noteReadingProblem(firewallId: string, kind: string, problem: Prisma.InputJsonValue): Promise<void> {
  await db().$executeRaw`UPDATE "Reading" SET problem = ${JSON.stringify(problem)}::jsonb WHERE "firewallId" = ${firewallId}::uuid AND kind = ${kind}`
}

export type ConnectionRow = {
  id: string
  name: string
  customerId: string
  customerName: string
  family: string
  origin: string
  trustMode: string
  pinSha256: string | null
  pinSpkiSha256: string | null
  certificateSeenAt: Date | null
  commandsAllowed: boolean
  updateByEndpoint: boolean
  pausedAt: Date | null
  state: string
  memory: unknown
  credentialSealed: string | null
  rejectedAt: Date | null
}

/** What is needed to call a firewall, from `f`, `c` and `k`. */
export const CONNECTION_COLUMNS = `f.id, f.name, f."customerId", c.name AS "customerName", f.family, f.origin, f."trustMode", f."pinSha256", f."pinSpkiSha256", f."certificateSeenAt",
            f."commandsAllowed", f."updateByEndpoint", f."pausedAt", f.state, f.memory, k."credentialSealed", k."rejectedAt"`
export const CONNECTION_FROM = `"Firewall" f JOIN "Customer" c ON c.id = f."customerId" LEFT JOIN "FirewallCredential" k ON k."firewallId" = f.id`

/** What is needed to call a firewall, in one statement; null outside the given customers. */
export async function findConnection(firewallId: string, customerIds: 'all' | readonly string[]): Promise<ConnectionRow | null> {
  const { rows } = await statement<ConnectionRow>(
    'find-connection',
    `SELECT ${CONNECTION_COLUMNS} FROM ${CONNECTION_FROM}
     WHERE f.id = $1::uuid AND ($2::boolean OR f."customerId" = ANY($3::uuid[]))`,
    [firewallId, customerIds === 'all', customerIds === 'all' ? [] : [...customerIds]],
  )
  return rows[0] ?? null
}

/** Remembers one small fact of a family about a firewall. */
export async function rememberFact(firewallId: string, name: string, value: string): Promise<void> {
  await db().$executeRaw`UPDATE "Firewall" SET memory = memory || jsonb_build_object(${name}::text, ${value}::text) WHERE id = ${firewallId}::uuid`
}

/** Appends one canonical entry to the audit chain in a transaction of its own; returns its place. */
export async function appendAudit(canonical: string): Promise<bigint | null> {
  const { rows } = await statement<{ entry: string }>('append-audit', 'SELECT audit_append($1) AS entry', [canonical])
  return rows[0] ? BigInt(rows[0].entry) : null
}

/** The newest entry of the audit chain and its newest checkpoint, 0 for none; one look at the end of two indexes. */
export async function headsOfChain(): Promise<{ entry: number; signed: number; signedAt: Date | null }> {
  const { rows } = await statement<{ entry: string | null; signed: string | null; signedAt: Date | null }>(
    'heads-of-chain',
    `SELECT (SELECT max(entry) FROM "AuditEntry") AS entry, c.entry AS signed, c.at AS "signedAt"
     FROM (SELECT) one LEFT JOIN LATERAL (SELECT entry, at FROM "AuditCheckpoint" ORDER BY entry DESC LIMIT 1) c ON true`,
    [],
  )
  const row = rows[0]
  return { entry: Number(row?.entry ?? 0), signed: Number(row?.signed ?? 0), signedAt: row?.signedAt ?? null }
}
