// The compiler against an evaluator that shares no code with it, on a real PostgreSQL.
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '@/lib/auth/actor'
import { db } from '@/lib/db/client'
import { closeStatements, onOneConnection } from '@/lib/db/statements'
import { askAll } from '@/lib/testing/query-answers'
import { evaluate } from '@/lib/testing/query-evaluator'
import { questions } from '@/lib/testing/query-expressions'
import { makeQueryWorld, type QueryWorld } from '@/lib/testing/query-world'
import { owner, person, startInstallation, type Installation } from '@/lib/testing/installation'

const SEED = Number(process.env.SEED ?? Date.now() % 2 ** 31)
const EXPRESSIONS = Number(process.env.EXPRESSIONS ?? 2_000)
let installation: Installation
let world: QueryWorld
let everyone: Actor
let scoped: Actor
beforeAll(async () => {
  installation = await startInstallation()
  world = await makeQueryWorld(SEED)
  everyone = await owner()
  scoped = await person(world.customerIds.slice(0, 2).map((customerId) => ({ role: 'viewer', customerId })))
})
afterAll(() => installation.end())

/** `off` leaves PostgreSQL no way but the indexes, which it would not take for so few rows. */
async function letScan(scans: 'on' | 'off'): Promise<void> {
  const [row] = await db().$queryRaw<{ name: string }[]>`SELECT current_database() AS name`
  await onOneConnection((client) => client.query(`ALTER DATABASE "${row?.name}" SET enable_seqscan = ${scans}`))
  await closeStatements()
}

describe('generated expressions', () => {
  it.each(['on', 'off'] as const)(`${EXPRESSIONS / 2} give the same rows as the evaluator, within the scope of who asks; scans %s (seed ${SEED})`, async (scans) => {
    await letScan(scans)
    let found = 0
    await fc.assert(
      fc.asyncProperty(questions(world), fc.boolean(), async ({ list, pairs, limit, descending }, everywhere) => {
        const mine = everywhere ? world[list] : world[list].filter(({ customerId }) => world.customerIds.slice(0, 2).includes(customerId))
        const expected = evaluate(mine, pairs).map(({ id }) => id)
        const { ids, total, truncated } = await askAll(everywhere ? everyone : scoped, list, pairs, limit, descending)
        expect(ids.toSorted()).toEqual(expected.toSorted())
        expect([total, truncated]).toEqual([expected.length, false])
        found += Math.min(1, ids.length)
      }),
      { seed: scans === 'on' ? SEED : SEED + 1, numRuns: EXPRESSIONS / 2 },
    )
    process.stdout.write(`query language: ${EXPRESSIONS / 2} expressions, ${found} of which found something; scans ${scans}, seed ${SEED}\n`)
    expect(found).toBeGreaterThan(EXPRESSIONS / 8)
  }, 60_000 + EXPRESSIONS * 100)
})
