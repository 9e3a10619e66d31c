// The past of a firewall over the API, on a real database with 90 days of samples.
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { historyOperations } from '@/lib/api/history'
import { recordAlone } from '@/lib/audit/record'
import { db } from '@/lib/db/client'
import { call, tokenOf } from '@/lib/testing/api-client'
import { aFirewall, counted } from '@/lib/testing/fact-world'
import { owner, person, startInstallation, type Installation } from '@/lib/testing/installation'
import { withPast } from '@/lib/testing/past'
import type { FirewallHistory } from './dto'
import { HISTORY_RANGES, type HistoryRange } from './input'
import { readHistory } from './read'

let installation: Installation
let who: Awaited<ReturnType<typeof owner>>
let token: string
let id: string
/** Half past twelve, so that it is known which hours and steps an absence empties. */
const NOW = new Date(Math.ceil((Date.now() - 12.5 * 3_600_000) / 86_400_000) * 86_400_000 + 12.5 * 3_600_000)
const RANGES = Object.keys(HISTORY_RANGES) as HistoryRange[]
const read = (range: HistoryRange, now = NOW): Promise<FirewallHistory> => readHistory(who, { id, range }, now)

beforeAll(async () => {
  installation = await startInstallation()
  who = await owner()
  token = await tokenOf(who, 'owner')
  id = await aFirewall()
  await db().firewall.update({ where: { id }, data: { state: 'reachable' } })
  await db().$executeRaw`DELETE FROM "Change"`
  await withPast(id, NOW)
  const target = { kind: 'firewall', id, name: 'fw' }
  await recordAlone(who, { action: 'firewall.check', target }, 'intent')
  await recordAlone(who, { action: 'firewall.check', target }, 'done')
  await recordAlone(who, { action: 'firewall.read', target }, 'done')
}, 60_000)
afterAll(() => installation.end())

describe('what charts show', () => {
  it.each(RANGES)('of %s is at most 300 steps and 100 kB compressed, and has every gap', async (range) => {
    const history = await read(range)
    const bytes = gzipSync(JSON.stringify(history)).byteLength
    expect(history.steps).toBeLessThanOrEqual(301)
    expect(history.steps).toBeGreaterThan(55)
    expect(bytes).toBeLessThan(60_000)
    for (const { mean } of history.series) expect(mean).toHaveLength(history.steps)
    expect(history.series.map(({ measure }) => measure)).toEqual(['cpu', 'memory', 'disk', 'states', 'latency', 'latency', 'loss', 'loss', 'jitter', 'jitter', 'received', 'received', 'sent', 'sent'])
    expect(history.gaps.map(({ reason }) => reason)).toEqual({ '1h': [], '6h': [], '24h': ['missed'], '7d': ['unreachable', 'missed'], '30d': ['unreachable'], '90d': ['paused'] }[range] ?? [])
    // A value stands where there is one, and nowhere inside a gap.
    for (const { from, to } of history.gaps) {
      const inside = history.series[0]?.mean.filter((_, step) => Date.parse(history.start) + step * history.stepSeconds * 1000 >= Date.parse(from) && Date.parse(history.start) + (step + 1) * history.stepSeconds * 1000 <= Date.parse(to))
      expect(inside?.every((value) => value === null)).toBe(true)
    }
  })
  it('is lowest, mean and highest of what was measured', async () => {
    const start = new Date(Math.floor(NOW.getTime() / 3_600_000) * 3_600_000 - 5 * 3_600_000)
    const { series } = await readHistory(who, { id, range: '1h', from: start.toISOString(), to: new Date(start.getTime() + 3_600_000).toISOString() }, NOW)
    const [expected] = await db().$queryRaw<{ low: number; high: number }[]>`SELECT min(measured[1])::float8 AS low, max(measured[1])::float8 AS high FROM samples.visit WHERE "firewallId" = ${id}::uuid AND at >= ${start} AND at < ${new Date(start.getTime() + 3_600_000)}`
    const cpu = series.find(({ measure }) => measure === 'cpu')?.mean.filter((value) => value !== null) ?? []
    expect(cpu).toHaveLength(60)
    expect(Math.min(...cpu)).toBeCloseTo(expected?.low ?? 0, 0)
    expect(Math.max(...cpu)).toBeCloseTo(expected?.high ?? 0, 0)
  })
  it('what is not rolled up yet comes from the finer tables, once', async () => {
    const { series, steps } = await read('24h')
    const cpu = series.find(({ measure }) => measure === 'cpu')?.mean ?? []
    expect(cpu.slice(steps - 4, steps - 1).every((value) => value !== null && value < 60)).toBe(true)
  })
  it('takes five statements, whatever the time', async () => {
    for (const range of RANGES) expect((await counted(() => read(range))).length).toBe(5)
  })
})

describe('events and uptime', () => {
  it('are states, versions, boots, changes and acts, newest first', async () => {
    const { events } = await readHistory(who, { id, range: '30d' }, NOW)
    expect(events.filter(({ type }) => type === 'act')).toMatchObject([{ action: 'firewall.check', result: 'done', actor: who.name }])
    const others = events.filter(({ type }) => type !== 'act')
    expect(others.map(({ type }) => type)).toEqual(['changes', 'changes', 'changes', 'state', 'state', 'state', 'state', 'boot', 'version'])
    expect(others[1]).toMatchObject({ kind: 'rules', count: 3 })
    expect(events.map(({ at }) => at)).toEqual(events.map(({ at }) => at).sort().reverse())
  })
  it('uptime counts what is known alone', async () => {
    const month = (await read('30d')).uptime
    // Of 30 days 7 h 40 min were an outage. An hour and more that Palisade was stopped lies within hours that have values.
    expect(month.reachableSeconds).toBe(30 * 86_400 - 27_600)
    expect(month).toMatchObject({ knownSeconds: 30 * 86_400, excluded: [] })
    const day = (await read('24h')).uptime
    expect(day.percent).toBe(100)
    expect(day.excluded).toEqual([{ reason: 'missed', seconds: expect.any(Number) }])
    expect(Math.abs((day.excluded[0]?.seconds ?? 0) - 78 * 60)).toBeLessThanOrEqual(600)
    expect((await read('90d')).uptime.excluded.map(({ reason }) => reason)).toEqual(['paused', 'not-visited'])
  })
  it('of a firewall without a single visit is nothing, and no error', async () => {
    const young = await aFirewall()
    await db().firewall.update({ where: { id: young }, data: { createdAt: new Date(Date.now() - 7_200_000) } })
    const history = await readHistory(who, { id: young, range: '24h' })
    expect(history).toMatchObject({ series: [], uptime: { percent: null, knownSeconds: 0 }, events: [] })
    expect(history.gaps.map(({ reason }) => reason)).toEqual(['not-enrolled', 'not-visited'])
  })
  it('do not move with the clocks of a zone', async () => {
    const from = '2026-03-29T00:00:00+01:00'
    const to = '2026-03-30T00:00:00+02:00'
    const { knownSeconds, excluded } = (await readHistory(who, { id, range: '24h', from, to }, NOW)).uptime
    expect(knownSeconds + excluded.reduce((sum, { seconds }) => sum + seconds, 0)).toBe(23 * 3_600)
  })
})

describe('what is asked wrongly, or by others', () => {
  const status = async (query: Record<string, string>, as = token, params = { id }) => {
    const reply = await call(historyOperations.read, { token: as, params, query })
    return [reply.status, reply.body.code]
  }
  it('is refused with the field', async () => {
    expect(await status({ from: '2026-11-24T10:00:00Z', to: '2026-11-24T10:01:00Z' })).toEqual([400, 'invalid-input'])
    expect(await status({ from: '2020-11-24T10:00:00Z' })).toEqual([400, 'invalid-input'])
    expect(await status({ range: '2y' })).toEqual([400, 'invalid-input'])
    expect(await status({ from: 'yesterday' })).toEqual([400, 'invalid-input'])
    expect(await status({ range: '1h' })).toEqual([200, undefined])
  })
  it('is not there for who may not see the firewall', async () => {
    const other = (await db().firewall.findUniqueOrThrow({ where: { id: await aFirewall() }, include: { customer: true } })).customer
    const stranger = await tokenOf(await person([{ role: 'viewer', customerId: other.id }]), 'viewer', other.name)
    expect(await status({}, stranger)).toEqual([404, 'not-found'])
  })
})
