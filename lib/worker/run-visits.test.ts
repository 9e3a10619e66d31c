// Visits as the simulated firewalls see them, and as the due-table keeps them.
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startFleet, type Fleet, type FleetFirewall } from '@/e2e/fake-firewalls/fleet'
import type { AddOptions } from '@/e2e/fake-firewalls/options'
import { firewallOperations } from '@/lib/api/firewalls'
import { db } from '@/lib/db/client'
import { claimVisits } from '@/lib/db/visits-sql'
import { call, tokenOf } from '@/lib/testing/api-client'
import { enrolled, must } from '@/lib/testing/enrolled'
import { counted } from '@/lib/testing/fact-world'
import { aCustomer, owner, startInstallation, type Installation } from '@/lib/testing/installation'
import { runDueVisits, runVisits } from './run-visits'

let installation: Installation
let fleet: Fleet
let token: string
let customerId: string
let count = 0
beforeAll(async () => {
  installation = await startInstallation()
  fleet = await startFleet()
  token = await tokenOf(await owner(), 'owner')
  customerId = (await aCustomer()).id
})
afterAll(async () => {
  await fleet.stop()
  await installation.end()
})

const add = async (more: Partial<AddOptions> = {}): Promise<{ firewall: FleetFirewall; id: string }> => {
  const firewall = await fleet.add({ name: `fw-${(count += 1)}`, family: 'opnsense', version: '26.7', ...more })
  const id = String((await enrolled(firewall, token, customerId)).body.id)
  firewall.resetCounts()
  return { firewall, id }
}
const FAR = new Date(Date.now() + 86_400_000)
/** Only the fastest tier is due; not further ahead than an interval, which would tell of a longer one before. */
const STATUS_ALONE = { neighboursDueAt: new Date(Date.now() + 280_000), vpnDueAt: new Date(Date.now() + 280_000), rulesDueAt: new Date(Date.now() + 880_000) }
const stored = (id: string) => db().firewall.findUniqueOrThrow({ where: { id } })
const due = (id: string) => db().firewallVisit.findUniqueOrThrow({ where: { firewallId: id } })
/** Makes one firewall due, with the tiers given, and visits it. */
const visit = async (id: string, tiers: object = STATUS_ALONE) => {
  await db().firewallVisit.updateMany({ where: { firewallId: { not: id } }, data: { dueAt: FAR } })
  await db().firewallVisit.update({ where: { firewallId: id }, data: { dueAt: new Date(0), ...tiers } })
  await runDueVisits('test', new AbortController().signal)
}
const ALL = { statusDueAt: new Date(0), neighboursDueAt: new Date(0), vpnDueAt: new Date(0), rulesDueAt: new Date(0) }

describe('one visit', () => {
  it('reads every tier that is due on one connection, one request at a time; an unchanged one costs at most 8 statements', async () => {
    const { firewall, id } = await add({ family: 'pfsense-v2', version: '2.10', latencyMs: 2 })
    await visit(id, ALL)
    expect(firewall.counts()).toMatchObject({ handshakes: 1, connections: 1, peakConcurrentRequests: 1 })
    expect(await db().reading.count({ where: { firewallId: id } })).toBe(13)
    firewall.resetCounts()
    const statements = await counted(() => visit(id, ALL))
    // Two make it due, and the last ones of each kind of lanes find nothing.
    const ours = statements.filter((text) => !/dueAt" = \$1|WITH due AS MATERIALIZED/.test(text))
    process.stdout.write(`an unchanged visit of all tiers: ${ours.length + 1} statements\n`)
    expect(ours.length + 1).toBeLessThanOrEqual(8)
    const whole = firewall.counts().requests
    firewall.resetCounts()
    await visit(id)
    expect(firewall.counts().handshakes).toBe(1)
    expect(firewall.counts().requests).toBeLessThan(whole / 2)
    expect(firewall.counts().byPath).not.toHaveProperty('GET /api/v2/diagnostics/arp_table')
    const { dueAt, neighboursDueAt, leasedBy } = await due(id)
    expect((dueAt.getTime() - Date.now()) / 1000).toBeGreaterThan(50)
    expect((dueAt.getTime() - Date.now()) / 1000).toBeLessThan(64)
    expect([neighboursDueAt, leasedBy]).toEqual([STATUS_ALONE.neighboursDueAt, null])
  })

  it('fills what the fleet table shows, and keeps it when a tier is not read', async () => {
    const { firewall, id } = await add({ clockOffsetMs: 200_000 })
    await visit(id, ALL)
    const first = await stored(id)
    // Seconds may pass between writing and reading it on a busy machine.
    expect(Math.abs((first.clockOffsetSeconds ?? 0) - 200)).toBeLessThan(20)
    expect(first.latencyMs).toBeGreaterThan(0)
    expect(first.latencyMs).toBeLessThan(30_000)
    expect(first.certificateEndsAt?.getTime()).toBeGreaterThan(Date.now())
    expect(first).toMatchObject({ version: expect.any(String) as unknown, bootedAt: expect.any(Date) as unknown, memoryPercent: expect.any(Number) as unknown, diskPercent: expect.any(Number) as unknown, gatewaysDown: expect.any(Number) as unknown, tunnelsUp: expect.any(Number) as unknown, statusSeconds: 60 })
    // As recorded: services are stopped. Not asked for them again, it is still so.
    expect(first).toMatchObject({ state: 'degraded', stateReason: expect.any(String) as unknown })
    await visit(id)
    const { tunnelsUp, version, state, stateReason, stateSince } = await stored(id)
    expect({ tunnelsUp, version, state, stateReason, stateSince }).toEqual({ tunnelsUp: first.tunnelsUp, version: first.version, state: first.state, stateReason: first.stateReason, stateSince: first.stateSince })
    // The web server of this family ends a connection after 15 replies: three for everything, one for the status.
    expect(firewall.counts().handshakes).toBe(4)
  })

  it('follows the most specific interval', async () => {
    const { id } = await add()
    await db().settings.update({ where: { id: 1 }, data: { intervals: { status: 600 } } })
    await db().firewall.update({ where: { id }, data: { intervals: { status: 120 } } })
    await visit(id)
    expect(((await due(id)).dueAt.getTime() - Date.now()) / 1000).toBeGreaterThan(110)
    expect(((await due(id)).dueAt.getTime() - Date.now()) / 1000).toBeLessThan(127)
    expect((await stored(id)).statusSeconds).toBe(120)
    await db().settings.update({ where: { id: 1 }, data: { intervals: {} } })
  })
})

describe('a firewall that does not answer', () => {
  it('is only knocked at once it was silent, is unreachable after two misses, and is left alone longer and longer', async () => {
    const { firewall, id } = await add()
    await visit(id)
    await firewall.patch({ scenario: 'half-open' })
    firewall.resetCounts()
    await visit(id)
    expect(await stored(id)).toMatchObject({ state: 'degraded', lastErrorCode: 'firewall-timed-out' })
    await firewall.patch({ scenario: 'dead' })
    const waits: number[] = []
    for (let round = 0; round < 4; round += 1) {
      await visit(id)
      waits.push(Math.round(((await due(id)).dueAt.getTime() - Date.now()) / 1000))
    }
    expect((await stored(id)).state).toBe('unreachable')
    for (const [at, wanted] of [60, 120, 240, 300].entries()) {
      expect(waits[at]).toBeGreaterThan(wanted * 0.9)
      expect(waits[at]).toBeLessThan(wanted * 1.1)
    }
    await firewall.patch({ scenario: 'none' })
    await visit(id)
    expect(await stored(id)).toMatchObject({ state: 'unreachable', lastErrorCode: null })
    await visit(id)
    expect((await stored(id)).state).toBe('degraded')
  })
})

describe('claims', () => {
  it('of a worker that died come back when their time is over, and what it still does changes nothing', async () => {
    const { firewall, id } = await add()
    await visit(id)
    await db().firewallVisit.update({ where: { firewallId: id }, data: { dueAt: new Date(0) } })
    const [claimed] = await claimVisits('died', 1, false, 0.5)
    expect(claimed?.firewallId).toBe(id)
    firewall.resetCounts()
    const stopping = new AbortController()
    const begun: number[] = []
    const running = runVisits({ worker: 'lives', scale: 1 / 30, onBegin: ({ leaseTerm }) => begun.push(leaseTerm) }, stopping.signal)
    await expect.poll(() => begun.length, { timeout: 10_000, interval: 20 }).toBeGreaterThanOrEqual(2)
    stopping.abort()
    await running
    expect(begun[0]).toBe((claimed?.leaseTerm ?? 0) + 1)
    expect((await due(id)).leasedBy).toBeNull()
  })

  it('two workers never visit one firewall at once', async () => {
    const several = await Promise.all([1, 2, 3].map(() => add({ latencyMs: 5 })))
    await db().firewallVisit.updateMany({ where: { firewallId: { notIn: several.map(({ id }) => id) } }, data: { dueAt: FAR } })
    const stopping = new AbortController()
    const begun = new Map<string, number>()
    const onBegin = ({ firewallId }: { firewallId: string }) => begun.set(firewallId, (begun.get(firewallId) ?? 0) + 1)
    const running = ['one', 'two'].map((worker) => runVisits({ worker, scale: 1 / 60, onBegin }, stopping.signal))
    await expect.poll(() => Math.min(...several.map(({ id }) => begun.get(id) ?? 0)), { timeout: 15_000, interval: 20 }).toBeGreaterThanOrEqual(3)
    stopping.abort()
    await Promise.all(running)
    for (const { firewall } of several) expect(firewall.counts().peakConcurrentRequests).toBe(1)
  })
})

describe('a pause', () => {
  it('ends visits, and its end makes one due at once', async () => {
    const { firewall, id } = await add({ family: 'pfsense-v2', version: '2.10' })
    await visit(id)
    const pause = async (paused: boolean) => {
      const etag = String(must(await call(firewallOperations.read, { token, params: { id } }), 200).body.etag)
      must(await call(firewallOperations.pause, { token, params: { id }, body: { paused }, headers: { 'if-match': etag } }), 200)
    }
    await pause(true)
    firewall.resetCounts()
    await visit(id)
    expect(firewall.counts().connections).toBe(0)
    await pause(false)
    expect((await due(id)).dueAt.getTime()).toBeLessThanOrEqual(Date.now())
    await delay(1)
    await runDueVisits('test', new AbortController().signal)
    expect(firewall.counts().connections).toBe(1)
    expect((await stored(id)).state).toMatch(/^(reachable|degraded)$/)
  })
})
