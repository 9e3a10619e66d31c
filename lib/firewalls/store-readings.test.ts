// What a visit writes, against a model in memory that knows no SQL.
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { db } from '@/lib/db/client'
import { FACT_KINDS } from '@/lib/facts/kinds'
import { factsOfObserved, type Observed } from '@/lib/facts/observed'
import { anItem, USUAL } from '@/lib/testing/fact-items'
import { aFirewall, changes, factRows, minute, observed, type FactRow } from '@/lib/testing/fact-world'
import { startInstallation, type Installation } from '@/lib/testing/installation'
import { storeReadings } from './store-readings'

let installation: Installation
beforeAll(async () => void (installation = await startInstallation()))
afterAll(() => installation.end())

/** The same as the writer should do, one thing after the other, in memory. */
class Model {
  readonly rows = new Map<string, FactRow & { digest: string; position: unknown }>()
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

  facts(): FactRow[] {
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

  it('stay as they are where a kind could not be read, with the reason', async () => {
    const firewallId = await aFirewall()
    await storeReadings(firewallId, [observed('rules', [USUAL.rules], minute(0)), observed('arp', [USUAL.arp], minute(0))])
    const problems = async () => Object.fromEntries((await db().reading.findMany({ where: { firewallId } })).map(({ kind, problem, observedAt }) => [kind, [problem, observedAt]]))
    await storeReadings(firewallId, [observed('arp', [USUAL.arp], minute(1))], [{ kind: 'rules', problem: { code: 'firewall-timed-out' } }, { kind: 'nat', problem: {} }])
    expect(await problems()).toEqual({ rules: [{ code: 'firewall-timed-out' }, minute(0)], arp: [null, minute(1)] })
    await storeReadings(firewallId, [observed('rules', [USUAL.rules], minute(2))])
    expect(await problems()).toEqual({ rules: [null, minute(2)], arp: [null, minute(1)] })
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
