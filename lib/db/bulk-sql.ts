import 'server-only'
// SQL of acts over many firewalls: the set is fixed in one statement, and workers claim from it.
import type { Tx } from './client'
import { db } from './client'
import { FIREWALLS_FROM } from './firewall-columns'
import { findFirewallIds, matching, type FirewallQuestion } from './firewall-list-sql'
import { Prisma, type BulkAct } from './generated/client'

/** Fixes what an act is about, up to one more than `limit`; returns how many. `ids` is what `idsOf` found. */
export function insertBulkItems(tx: Tx, bulkId: string, question: FirewallQuestion, ids: readonly string[] | null, limit: number): Promise<number> {
  const where = ids === null ? matching(question) : Prisma.sql`f.id = ANY(${[...ids]}::uuid[])`
  return tx.$executeRaw`INSERT INTO "BulkItem" ("bulkId", "firewallId") SELECT ${bulkId}::uuid, f.id FROM ${FIREWALLS_FROM} WHERE ${where} LIMIT ${limit + 1}`
}

/** The ids of a question with regular expressions, which SQL alone cannot answer; null for every other. */
export async function idsOf(question: FirewallQuestion, limit: number): Promise<{ ids: string[]; truncated: boolean } | null> {
  return question.regex === null ? null : findFirewallIds(question, limit)
}

/** The firewalls of an earlier act that ended in these states, within the customers of the question. */
export async function endedItems(bulkId: string, states: readonly string[]): Promise<string[]> {
  const rows = await db().bulkItem.findMany({ where: { bulkId, state: { in: [...states] } }, select: { firewallId: true } })
  return rows.map(({ firewallId }) => firewallId)
}

/** Takes the due step of an act for some seconds, so that no other worker takes it as well; null when it is not due. */
export async function claimBulk(id: string, leaseSeconds: number): Promise<BulkAct | null> {
  const rows = await db().$queryRaw<BulkAct[]>`
    UPDATE "BulkAct" SET "nextStepAt" = now() + make_interval(secs => ${leaseSeconds}::double precision)
    WHERE id = ${id}::uuid AND "finishedAt" IS NULL AND "nextStepAt" <= now() RETURNING *`
  return rows[0] ?? null
}

/** Sets the next step some seconds ahead: a lease that goes on, or the end of a step. */
export async function postponeBulk(id: string, seconds: number): Promise<void> {
  await db().$executeRaw`UPDATE "BulkAct" SET "nextStepAt" = now() + make_interval(secs => ${seconds}::double precision) WHERE id = ${id}::uuid AND "finishedAt" IS NULL`
}

/** Takes up to `limit` firewalls that wait for their turn. */
export async function claimBulkItems(bulkId: string, limit: number): Promise<string[]> {
  const rows = await db().$queryRaw<{ firewallId: string }[]>`
    WITH free AS MATERIALIZED (SELECT "firewallId" FROM "BulkItem" WHERE "bulkId" = ${bulkId}::uuid AND state = 'pending' LIMIT ${limit} FOR UPDATE SKIP LOCKED)
    UPDATE "BulkItem" i SET state = 'running', "changedAt" = now()
    FROM free WHERE i."bulkId" = ${bulkId}::uuid AND i."firewallId" = free."firewallId" RETURNING i."firewallId"`
  return rows.map(({ firewallId }) => firewallId)
}

/** Closes an act when nothing of it is open; returns whether it is closed. */
export async function closeBulk(id: string): Promise<boolean> {
  const closed = await db().$executeRaw`
    UPDATE "BulkAct" b SET "finishedAt" = now() WHERE b.id = ${id}::uuid AND b."finishedAt" IS NULL
      AND NOT EXISTS (SELECT 1 FROM "BulkItem" i WHERE i."bulkId" = b.id AND i.state IN ('pending', 'running'))`
  return closed === 1
}
