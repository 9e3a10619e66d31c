import 'server-only'
// Old facts and changes go in small statements, so that nobody waits for their end and a crash loses little.
import { FACT_KINDS } from '@/lib/facts/kinds'
import { db } from './client'
import { FACT_TABLES } from './facts-sql'
import { Prisma } from './generated/client'

const ROWS_PER_STATEMENT = 10_000

/** Names of the tables come from a closed list, so they are no values. */
const table = (name: (typeof FACT_TABLES)[keyof typeof FACT_TABLES]) => Prisma.raw(`"${name}"`)

/** Removes facts that were gone before `before`, at most `max` of each kind; returns how many. What is there stays for ever. */
export async function removeGoneFacts(before: Date, max: number): Promise<number> {
  let removed = 0
  for (const kind of FACT_KINDS) {
    const facts = table(FACT_TABLES[kind])
    removed += await inParts(max, (limit) => db().$executeRaw`
      DELETE FROM ${facts} f USING (SELECT "firewallId", key FROM ${facts} WHERE "goneAt" < ${before} ORDER BY "goneAt" LIMIT ${limit}) old
      WHERE f."firewallId" = old."firewallId" AND f.key = old.key AND f."goneAt" < ${before}`)
  }
  return removed
}

/** Removes changes from before `before`, at most `max`; returns how many. */
export function removeOldChanges(before: Date, max: number): Promise<number> {
  return inParts(max, (limit) => db().$executeRaw`DELETE FROM "Change" WHERE id IN (SELECT id FROM "Change" WHERE at < ${before} ORDER BY at LIMIT ${limit})`)
}

/** Removes what open pages were told before `before`, at most `max`; returns how many. */
export function removeOldLiveChanges(before: Date, max: number): Promise<number> {
  return inParts(max, (limit) => db().$executeRaw`DELETE FROM "LiveChange" WHERE id IN (SELECT id FROM "LiveChange" WHERE at < ${before} ORDER BY at LIMIT ${limit})`)
}

async function inParts(max: number, remove: (limit: number) => Promise<number>): Promise<number> {
  let removed = 0
  while (removed < max) {
    const limit = Math.min(ROWS_PER_STATEMENT, max - removed)
    const count = await remove(limit)
    removed += count
    if (count < limit) break
  }
  return removed
}
