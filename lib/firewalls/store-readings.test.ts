// What a visit writes, against a model in memory that knows no SQL, and how little it costs.
import fc from 'fast-check'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Gap } from '@/lib/adapters/model'
import { db } from '@/lib/db/client'
import { FACT_TABLES } from '@/lib/db/facts-sql'
import { Prisma } from '@/lib/db/generated/client'
import { factsOfObserved, type Observed } from '@/lib/facts/observed'
import { FACT_KINDS, type FactKind } from '@/lib/facts/kinds'
import { aged, anItem, USUAL } from '@/lib/testing/fact-items'
import { aCustomer, startInstallation, type Installation } from '@/lib/testing/installation'
import { storeVisit } from './store-reading'
import { storeReadings } from './store-readings'

let installation: Installation
let customerId: string
beforeAll(async () => {
  installation = await startInstallation()
  customerId = (await aCustomer()).id
})
afterAll(() => installation.end())

let count = 0
const aFirewall = async () => (await db().firewall.create({ data: { customerId, name: `fw${(count += 1)}`, family: 'opnsense', origin: `https://192.0.2.${count}`, trustMode: 'pin', pinSha256: 'a'.repeat(64), trustConfirmedAt: new Date() } })).id
const START = Date.parse('2026-11-24T12:00:00Z')
const minute = (number: number) => new Date(START + number * 60_000)
const observed = (kind: FactKind, items: readonly object[], at: Date, notReported: Gap[] = []) => ({ kind, reading: { items, notReported }, observedAt: at }) as unknown as Observed

type Row = { kind: string; key: string; body: unknown; firstSeenAt: Date; changedAt: Date; goneAt: Date | null }
const FACT_ROWS = FACT_KINDS.map((kind) => `SELECT '${kind}' AS kind, key, body, "firstSeenAt", "changedAt", "goneAt", xmin::text AS version, "firewallId" FROM "${FACT_TABLES[kind]}"`).join(' UNION ALL ')
const factRows = (firewallId: string) => db().$queryRaw<(Row & { version: string })[]>(Prisma.sql`SELECT * FROM (${Prisma.raw(FACT_ROWS)}) f WHERE "firewallId" = ${firewallId}::uuid ORDER BY kind, key`)
const changes = (firewallId: string) => db().change.findMany({ where: { firewallId }, orderBy: { id: 'asc' } })

/** Runs something and returns the statements that reached PostgreSQL. */
async function counted(work: () => Promise<unknown>): Promise<string[]> {
  const query = vi.spyOn(pg.Client.prototype, 'query')
  try {
    await work()
    return (query.mock.calls as unknown[][]).map(([first]) => (typeof first === 'string' ? first : String((first as { text: string }).text)))
  } finally {
    query.mockRestore()
  }
}

/** The same as the writer should do, one thing after the other, in memory. */
class Model {
  readonly rows = new Map<string, Row & { digest: string; position: unknown }>()
  readonly told: string[] = []
  readonly #seen = new Set<string>()

  visit(visit: Observed): void {
    const set = factsOfObserved(visit)
    if (!set) return
    const { kind } = set
    const isFirst = !this.#seen.has(kind)
    this.#seen.add(kind)
    const left = new Set([...this.rows.values()].filter((row) => row.kind === kind && row.goneAt === null).map(({ key }) => key))
    for (const { key, body, digest, place } of set.facts) {
      left.delete(key)
      const id = `${kind} ${key}`
      const row = this.rows.get(id)
      const next = { kind, key, body: JSON.parse(body) as unknown, digest, position: place?.position ?? null, firstSeenAt: row?.firstSeenAt ?? visit.observedAt, changedAt: visit.observedAt, goneAt: null }
      if (row && row.goneAt === null && row.digest === digest && row.position === next.position) continue
      this.rows.set(id, next)
      if (row && row.goneAt === null && row.digest === digest) continue
      if (!row && !isFirst) this.told.push(`${kind} ${key} new`)
      if (row) this.told.push(`${kind} ${key} ${row.goneAt === null ? 'changed' : 'back'}`)
    }
    for (const key of left) {
      const row = this.rows.get(`${kind} ${key}`)
      if (row) row.goneAt = visit.observedAt
      this.told.push(`${kind} ${key} gone`)
    }
  }

  facts(): Row[] {
    const rows = [...this.rows.values()].map(({ kind, key, body, firstSeenAt, changedAt, goneAt }) => ({ kind, key, body, firstSeenAt, changedAt, goneAt }))
    return rows.sort((a, b) => (`${a.kind}\0${a.key}` < `${b.kind}\0${b.key}` ? -1 : 1))
  }
}

const history = fc.array(fc.subarray([...FACT_KINDS], { minLength: 1 }).chain((kinds) => fc.tuple(...kinds.map((kind) => fc.tuple(fc.constant(kind), fc.array(anItem(kind), { maxLength: 6 }))))), { minLength: 2, maxLength: 8 })

describe('facts and changes', () => {
  it('are those of a model in memory after any history', { timeout: 60_000 }, async () => {
    const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31)
    process.stdout.write(`histories of facts: seed ${seed}\n`)
    await fc.assert(
      fc.asyncProperty(history, async (visits) => {
        const firewallId = await aFirewall()
        const model = new Model()
        for (const [number, kinds] of visits.entries()) {
          const visit = kinds.map(([kind, items]) => observed(kind, items, minute(number)))
          await storeReadings(firewallId, visit)
          for (const one of visit) model.visit(one)
        }
        const rows = (await factRows(firewallId)).map(({ kind, key, body, firstSeenAt, changedAt, goneAt }) => ({ kind, key, body, firstSeenAt, changedAt, goneAt }))
        expect(rows.sort((a, b) => (`${a.kind}\0${a.key}` < `${b.kind}\0${b.key}` ? -1 : 1))).toEqual(model.facts())
        const told = await changes(firewallId)
        // Rules that only moved are told as well; lib/facts/difference.test.ts says which.
        const isMove = ({ kind, what, before, after }: (typeof told)[number]) => kind === 'rules' && what === 'changed' && JSON.stringify({ ...(before as object), position: 0 }) === JSON.stringify({ ...(after as object), position: 0 })
        expect(told.filter((change) => !isMove(change)).map(({ kind, key, what }) => `${kind} ${key} ${what}`).sort()).toEqual(model.told.sort())
      }),
      { seed, numRuns: 60 },
    )
  })

  it('keep what stood there before and after', async () => {
    const firewallId = await aFirewall()
    const rule = (description: string) => [{ ...USUAL.rules, description }]
    await storeReadings(firewallId, [observed('rules', rule('one'), minute(0))])
    expect(await changes(firewallId)).toEqual([])
    await storeReadings(firewallId, [observed('rules', rule('two'), minute(1))])
    await storeReadings(firewallId, [observed('rules', [], minute(2))])
    await storeReadings(firewallId, [observed('rules', rule('two'), minute(3))])
    const told = (await changes(firewallId)).map(({ what, at, before, after }) => [what, at, (before as { description?: string } | null)?.description, (after as { description?: string } | null)?.description])
    expect(told).toEqual([
      ['changed', minute(1), 'one', 'two'],
      ['gone', minute(2), 'two', undefined],
      ['back', minute(3), 'two', 'two'],
    ])
    expect(await factRows(firewallId)).toMatchObject([{ key: 'r', firstSeenAt: minute(0), changedAt: minute(3), goneAt: null }])
  })

  it('go with their firewall', async () => {
    const firewallId = await aFirewall()
    for (const number of [0, 1]) await storeReadings(firewallId, FACT_KINDS.map((kind) => observed(kind, number ? [] : [USUAL[kind]], minute(number))))
    expect([(await factRows(firewallId)).length, (await changes(firewallId)).length]).toEqual([8, 8])
    await db().firewall.delete({ where: { id: firewallId } })
    expect([await factRows(firewallId), await changes(firewallId)]).toEqual([[], []])
    await storeReadings(firewallId, [observed('rules', [USUAL.rules], minute(2))])
    expect(await factRows(firewallId)).toEqual([])
  })
})

describe('a partial reading', () => {
  const gap = [{ part: 'automatic rules', reason: 'The key may not read them.' }]
  const two = [USUAL.rules, { ...USUAL.rules, id: 's', layer: 'automatic' }]
  const there = async (firewallId: string) => (await factRows(firewallId)).filter(({ goneAt }) => goneAt === null).map(({ key }) => key)

  it('calls nothing gone, however often, until it has lasted seven days', async () => {
    const firewallId = await aFirewall()
    await storeReadings(firewallId, [observed('rules', two, minute(0))])
    for (const number of [1, 2, 3]) await storeReadings(firewallId, [observed('rules', [USUAL.rules], minute(number), gap)])
    await storeReadings(firewallId, [observed('rules', [], minute(4), gap)])
    expect(await there(firewallId)).toEqual(['r', 's'])
    await storeReadings(firewallId, [observed('rules', [], minute(7 * 1440), gap)])
    expect(await there(firewallId)).toEqual(['r', 's'])
    await storeReadings(firewallId, [observed('rules', [], minute(7 * 1440 + 1), gap)])
    expect(await there(firewallId)).toEqual([])
  })
  it('that always was one tells what goes, and what can be read at last is not called new', async () => {
    const firewallId = await aFirewall()
    await storeReadings(firewallId, [observed('rules', [USUAL.rules], minute(0), gap)])
    await storeReadings(firewallId, [observed('rules', [], minute(1), gap)])
    await storeReadings(firewallId, [observed('rules', two, minute(2))])
    expect((await changes(firewallId)).map(({ key, what }) => `${key} ${what}`).sort()).toEqual(['r back', 'r gone'])
    expect(await there(firewallId)).toEqual(['r', 's'])
  })
})

describe('what a visit costs', () => {
  const hundred = FACT_KINDS.flatMap((kind) => [observed(kind, Array.from({ length: 100 }, (_, n) => ({ ...USUAL[kind], id: `n${n}`, name: `n${n}`, ip: `192.0.2.${n}`, description: 'x' })), minute(0))])

  it('with 100 changed rows over all kinds: at most 12 statements, all in one transaction but the two that need none', async () => {
    const firewallId = await aFirewall()
    await storeReadings(firewallId, hundred)
    const changed = hundred.map((one) => {
      const { items, notReported } = one.reading as unknown as { items: object[]; notReported: Gap[] }
      // Of each kind: five edited, four gone, four new; 13 × 8 = 104.
      const kept = items.slice(4).map((item, index) => (index < 5 ? { ...item, description: 'edited', hostname: 'edited', state: 'unknown', running: false } : item))
      const more = items.slice(0, 4).map((item, index) => ({ ...item, id: `m${index}`, name: `m${index}`, ip: `198.51.100.${index}` }))
      return { ...one, reading: { items: [...kept, ...more], notReported }, observedAt: minute(1) } as unknown as Observed
    })
    const statements = await counted(async () => {
      await storeReadings(firewallId, changed)
      await storeVisit(firewallId, {}, null, minute(1), false)
    })
    expect((await changes(firewallId)).length).toBeGreaterThanOrEqual(100)
    process.stdout.write(`a visit with ${(await changes(firewallId)).length} changes: ${statements.length} statements\n`)
    expect(statements.length).toBeLessThanOrEqual(12)
    expect(statements.filter((text) => text === 'BEGIN' || text === 'COMMIT')).toEqual(['BEGIN', 'COMMIT'])
  })

  it('unchanged: one statement, and no row but the readings, whose times move', async () => {
    const firewallId = await aFirewall()
    await storeReadings(firewallId, hundred)
    const [before, readings] = [await factRows(firewallId), await db().reading.findMany({ where: { firewallId }, orderBy: { kind: 'asc' } })]
    const older = await Promise.all(
      hundred.map(async (one) => {
        const kind = one.kind as FactKind
        const items = (one.reading as unknown as { items: never[] }).items
        return { ...one, reading: { items: fc.sample(aged(kind, items), { numRuns: 1, seed: 7 })[0], notReported: [] }, observedAt: minute(1) } as unknown as Observed
      }),
    )
    expect(await counted(() => storeReadings(firewallId, older))).toHaveLength(1)
    expect(await factRows(firewallId)).toEqual(before)
    expect(await changes(firewallId)).toEqual([])
    expect(await db().reading.findMany({ where: { firewallId }, orderBy: { kind: 'asc' } })).toEqual(readings.map((reading) => ({ ...reading, observedAt: minute(1), ...(reading.kind === 'services' && { bodyAt: minute(1) }) })))
    // Counters that are a quarter of an hour old are written again, and still no fact.
    await storeReadings(firewallId, older.map((one) => ({ ...one, observedAt: minute(16) })))
    expect(await factRows(firewallId)).toEqual(before)
    expect((await db().reading.findUniqueOrThrow({ where: { firewallId_kind: { firewallId, kind: 'rules' } } })).body).toEqual(older.find(({ kind }) => kind === 'rules')?.reading)
  })
})

describe('a visit that is cut off', () => {
  it.each(['"FactRule"', 'INTO "Change"', 'INTO "Reading"', 'COMMIT'])('before its statement %s leaves nothing half', async (text) => {
    const firewallId = await aFirewall()
    await storeReadings(firewallId, [observed('rules', [USUAL.rules], minute(0)), observed('arp', [USUAL.arp], minute(0))])
    const before = [await factRows(firewallId), await changes(firewallId), await db().reading.findMany({ where: { firewallId } })]
    const query = pg.Client.prototype.query as (this: pg.Client, ...given: unknown[]) => unknown
    // The server ends the connection, as when a worker or the machine dies.
    const spy = vi.spyOn(pg.Client.prototype, 'query').mockImplementation(async function (this: pg.Client, ...given: unknown[]) {
      const statement = typeof given[0] === 'string' ? given[0] : (given[0] as { text: string }).text
      if (!statement.includes(text)) return query.apply(this, given)
      await query.call(this, 'SELECT pg_terminate_backend(pg_backend_pid())')
    } as never)
    await expect(storeReadings(firewallId, [observed('rules', [{ ...USUAL.rules, id: 'other' }], minute(1)), observed('arp', [], minute(1))])).rejects.toThrow()
    spy.mockRestore()
    expect([await factRows(firewallId), await changes(firewallId), await db().reading.findMany({ where: { firewallId } })]).toEqual(before)
    await storeReadings(firewallId, [observed('rules', [{ ...USUAL.rules, id: 'other' }], minute(1)), observed('arp', [], minute(1))])
    expect((await changes(firewallId)).map(({ kind, what }) => `${kind} ${what}`).sort()).toEqual(['arp gone', 'rules gone', 'rules new'])
  })

  it('together with another one of the same firewall ends as one after the other', async () => {
    const firewallId = await aFirewall()
    await storeReadings(firewallId, [observed('arp', [], minute(0))])
    await Promise.all(Array.from({ length: 8 }, (_, n) => storeReadings(firewallId, [observed('arp', [{ ...USUAL.arp, ip: `192.0.2.${n}` }], minute(n + 1))])))
    const told = await changes(firewallId)
    // Each of the eight adds its own address, and each but the first takes away that of the one before.
    expect(told.filter(({ what }) => what === 'new')).toHaveLength(8)
    expect(told.filter(({ what }) => what === 'gone')).toHaveLength(7)
    expect((await factRows(firewallId)).filter(({ goneAt }) => goneAt === null)).toHaveLength(1)
  })
})
