// How little a visit costs, and that one which is cut off leaves nothing half.
import fc from 'fast-check'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Gap } from '@/lib/adapters/model'
import { db } from '@/lib/db/client'
import { FACT_KINDS, type FactKind } from '@/lib/facts/kinds'
import type { Observed } from '@/lib/facts/observed'
import { aged, USUAL } from '@/lib/testing/fact-items'
import { aFirewall, changes, counted, factRows, minute, observed } from '@/lib/testing/fact-world'
import { startInstallation, type Installation } from '@/lib/testing/installation'
import { effectiveIntervals } from '@/lib/polling/intervals'
import { workerActor } from '@/lib/auth/actor'
import { beginVisit } from '@/lib/db/visits-sql'
import { settleVisit } from './settle-visit'
import { keepingCheck } from './store-reading'
import { storeReadings } from './store-readings'

let installation: Installation
beforeAll(async () => void (installation = await startInstallation()))
afterAll(() => installation.end())

/** A family that cannot say whether updates exist: what the last check said is looked up. */
const FIRMWARE = { state: 'not-reported', installedVersion: null, edition: null, offeredVersion: null, majorVersion: null, packages: null, downloadBytes: null, rebootRequired: null, checkedAt: null, checkedText: null, firewallMessage: null, reason: null, changelog: [] } as const

const STATUS = { kind: 'status', reading: { hostname: 'fw', version: null, edition: null, apiPackageVersion: null, platform: null, cpuModel: null, uptimeSeconds: 9, bootedAt: null, cpuPercent: 1, memoryPercent: 2, diskPercent: 3, swapPercent: null, loadAverage: null, temperatureCelsius: null, statesCurrent: 5, statesLimit: 50, notices: [], configChangedText: null }, observedAt: minute(1) } satisfies Observed

describe('what a visit costs', () => {
  const hundred = FACT_KINDS.flatMap((kind) => [observed(kind, Array.from({ length: 100 }, (_, n) => ({ ...USUAL[kind], id: `n${n}`, name: `n${n}`, ip: `192.0.2.${n}`, description: 'x' })), minute(0))])

  it('with 100 changed rows over all kinds: at most 12 statements, readings, facts and changes in one transaction', async () => {
    const firewallId = await aFirewall()
    await storeReadings(firewallId, hundred)
    await db().firewallVisit.create({ data: { firewallId, dueAt: minute(0) } })
    const changed = hundred.map((one) => {
      const { items, notReported } = one.reading as unknown as { items: object[]; notReported: Gap[] }
      // Of each kind: five edited, four gone, four new; 13 × 8 = 104.
      const kept = items.slice(4).map((item, index) => (index < 5 ? { ...item, description: 'edited', hostname: 'edited', state: 'unknown', running: false } : item))
      const more = items.slice(0, 4).map((item, index) => ({ ...item, id: `m${index}`, name: `m${index}`, ip: `198.51.100.${index}` }))
      return { ...one, reading: { items: [...kept, ...more], notReported }, observedAt: minute(1) } as unknown as Observed
    })
    const statements = await counted(async () => {
      const row = (await beginVisit({ firewallId, leaseTerm: 0, lateMs: 0 }, 'test', 15))?.row
      if (!row) throw new Error('The visit could not begin.')
      await keepingCheck(firewallId, 'firmware', { ...FIRMWARE, changelog: [] })
      await settleVisit(row, { asked: [...FACT_KINDS], read: [...changed, STATUS], failures: [], stopped: null, firstReply: null }, effectiveIntervals(), workerActor('test'), { leaseTerm: null, holder: null, scale: 1 })
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
    await Promise.all(Array.from({ length: 8 }, (_, n) => storeReadings(firewallId, [observed('arp', [{ ...USUAL.arp, ip: `192.0.2.${n}` }], minute(1))])))
    const told = await changes(firewallId)
    // Each of the eight adds its own address, and each but the first takes away that of the one before.
    expect(told.filter(({ what }) => what === 'new')).toHaveLength(8)
    expect(told.filter(({ what }) => what === 'gone')).toHaveLength(7)
    expect((await factRows(firewallId)).filter(({ goneAt }) => goneAt === null)).toHaveLength(1)
  })
})
