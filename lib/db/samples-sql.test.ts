// Measured values over time on a real database: rates, roll-ups against sums made here, tables that come and go.
import fc from 'fast-check'
import { afterAll, beforeEach, describe, expect, it, beforeAll } from 'vitest'
import { db } from '@/lib/db/client'
import { sampleOf, type Sample } from '@/lib/samples/sample-of'
import { USUAL } from '@/lib/testing/fact-items'
import { aCustomer, startInstallation, type Installation } from '@/lib/testing/installation'
import { keepSamples } from '@/lib/worker/keep-samples'
import { keepSampleDays } from './samples-days'
import { saveSample } from './samples-sql'

let installation: Installation
let customerId: string
let firewallId: string
let count = 0
beforeAll(async () => {
  installation = await startInstallation()
  customerId = (await aCustomer()).id
})
afterAll(() => installation.end())
const aFirewall = async () => (await db().firewall.create({ data: { customerId, name: `fw${(count += 1)}`, family: 'opnsense', origin: `https://192.0.2.${count}`, trustMode: 'pin', pinSha256: 'a'.repeat(64), trustConfirmedAt: new Date() } })).id
beforeEach(async () => {
  await db().$executeRaw`TRUNCATE samples.progress, samples.visit, samples.five_minutes, samples.hour`
  firewallId = await aFirewall()
})

const DAY = Date.parse('2026-11-24T00:00:00Z')
const at = (seconds: number) => new Date(DAY + seconds * 1000)
const never = new AbortController().signal
const plain = (cpu: number | null): Sample => ({ layout: '7', names: ['cpu', 'memory'], values: [cpu, 5], counterNames: [], counters: [] })
const bytes = (received: number): Sample => sampleOf({ interfaces: { items: [{ ...USUAL.interfaces, receivedBytes: received, sentBytes: 0 }], notReported: [] } }) as Sample

type Rolled = { at: Date; visits: number; low: (number | null)[]; mean: (number | null)[]; high: (number | null)[] }
const fiveMinutes = () => db().$queryRaw<Rolled[]>`SELECT at, visits, low, mean, high FROM samples.five_minutes WHERE "firewallId" = ${firewallId}::uuid ORDER BY at`
const hours = () => db().$queryRaw<Rolled[]>`SELECT at, visits, low, mean, high FROM samples.hour WHERE "firewallId" = ${firewallId}::uuid ORDER BY at`
const measured = async () => (await db().$queryRaw<{ measured: (number | null)[] }[]>`SELECT measured FROM samples.visit WHERE "firewallId" = ${firewallId}::uuid ORDER BY at`).map((row) => row.measured)

describe('rates', () => {
  it('come from two counters, and not from one that began anew or is too old', async () => {
    for (const [seconds, counter] of [[0, 1_000], [60, 8_500], [120, 100], [180, 850], [180 + 7_201, 10_000_000]] as const) await saveSample(firewallId, at(seconds), bytes(counter))
    expect((await measured()).map(([received]) => received)).toEqual([null, 1000, null, 100, null])
  })
  it('of a counter that was not there before are empty', async () => {
    await saveSample(firewallId, at(0), bytes(1_000))
    const two = sampleOf({ interfaces: { items: ['wan', 'lan'].map((id) => ({ ...USUAL.interfaces, id, receivedBytes: 8_500, sentBytes: 0 })), notReported: [] } }) as Sample
    await saveSample(firewallId, at(60), two)
    expect((await measured())[1]).toEqual([null, null, 1000, 0])
    expect(two.names).toEqual(['received/lan', 'sent/lan', 'received/wan', 'sent/wan'])
  })
  it('the same visit twice is one row, and a removed firewall has none', async () => {
    for (let time = 0; time < 2; time += 1) await saveSample(firewallId, at(0), plain(1))
    expect(await measured()).toEqual([[1, 5]])
    await db().firewall.delete({ where: { id: firewallId } })
    expect(await measured()).toEqual([])
    await saveSample(firewallId, at(60), plain(1))
    expect(await measured()).toEqual([])
  })
})

describe('roll-ups', () => {
  it('are lowest, mean and highest of each five minutes and hour, whenever they are made', { timeout: 60_000 }, async () => {
    const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31)
    process.stdout.write(`roll-ups of samples: seed ${seed}\n`)
    const visits = fc.uniqueArray(fc.tuple(fc.integer({ min: 0, max: 3 * 3600 - 1 }), fc.option(fc.integer({ min: 0, max: 100 }))), { selector: ([second]) => second, maxLength: 40 })
    await fc.assert(
      fc.asyncProperty(visits, fc.integer({ min: 0, max: 3 * 3600 }), async (given, early) => {
        await db().$executeRaw`TRUNCATE samples.progress, samples.visit, samples.five_minutes, samples.hour`
        firewallId = await aFirewall()
        const save = async (which: (second: number) => boolean) => {
          for (const [second, cpu] of given) if (which(second)) await saveSample(firewallId, at(second), plain(cpu))
        }
        await save((second) => second < early)
        await keepSamples(at(early), never)
        await save((second) => second >= early)
        await keepSamples(at(3 * 3600 + 300), never)
        for (const [seconds, rows] of [[300, await fiveMinutes()], [3600, await hours()]] as const) {
          const spans = [...new Set(given.map(([second]) => Math.floor(second / seconds)))].sort((a, b) => a - b)
          const expected = spans.map((span) => {
            const all = given.filter(([second]) => Math.floor(second / seconds) === span).map(([, cpu]) => cpu)
            const known = all.filter((cpu) => cpu !== null)
            const none = known.length === 0
            return { at: at(span * seconds), visits: all.length, low: [none ? null : Math.min(...known), 5], high: [none ? null : Math.max(...known), 5] }
          })
          expect(rows.map(({ mean: _, ...row }) => row)).toEqual(expected)
          for (const [index, span] of spans.entries()) {
            const known = given.filter(([second, cpu]) => cpu !== null && Math.floor(second / seconds) === span).map(([, cpu]) => cpu ?? 0)
            if (seconds === 300 && known.length > 0) expect(rows[index]?.mean[0]).toBeCloseTo(known.reduce((sum, cpu) => sum + cpu, 0) / known.length, 3)
          }
        }
      }),
      { seed, numRuns: 25 },
    )
  })
  it('leave out what is not complete yet', async () => {
    await saveSample(firewallId, at(0), plain(1))
    await keepSamples(at(599), never)
    expect(await fiveMinutes()).toEqual([])
    await keepSamples(at(600), never)
    expect(await fiveMinutes()).toHaveLength(1)
    expect(await hours()).toEqual([])
  })
})

describe('the tables of days', () => {
  const partitions = async () => (await db().$queryRaw<{ name: string }[]>`SELECT relname AS name FROM pg_class WHERE relispartition AND relkind = 'r' AND relnamespace = 'samples'::regnamespace ORDER BY 1`).map(({ name }) => name).filter((name) => !name.endsWith('_other'))
  const within = async (table: string) => (await db().$queryRaw<{ name: string }[]>`SELECT tableoid::regclass::text AS name FROM samples.visit`).filter(({ name }) => name === `samples.${table}`).length

  it('are made ahead, take in what came before them, and go when they are old', async () => {
    const late = new Date(DAY + 40 * 86_400_000)
    await saveSample(firewallId, late, plain(1))
    expect(await within('visit_other')).toBe(1)
    const { made } = await keepSampleDays(late)
    expect(made.filter((name) => name.startsWith('visit'))).toEqual(['visit_20270103', 'visit_20270104'])
    expect([await within('visit_other'), await within('visit_20270103')]).toEqual([0, 1])
    expect((await keepSampleDays(late)).made).toEqual([])
    const { dropped } = await keepSampleDays(new Date(late.getTime() + 4.5 * 86_400_000))
    expect(dropped).toContain('visit_20270103')
    expect(await measured()).toEqual([])
    expect((await partitions()).filter((name) => name.startsWith('hour')).length).toBeGreaterThan(0)
    expect(dropped.filter((name) => name.startsWith('hour'))).toEqual([])
  })
})
