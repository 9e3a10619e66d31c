// A fleet of many customers, zones and pairs goes through the rings of one plan in simulated time. What it did is judged by the
// firewalls' own logs. FIREWALLS=500 is the whole proof (`npm run test:deep -- rollout`).
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startFleet, type Fleet, type FleetFirewall } from '@/e2e/fake-firewalls/fleet'
import type { Actor } from '@/lib/auth/actor'
import { db } from '@/lib/db/client'
import type { PlanDesign, RingDesign } from '@/lib/plans/words'
import { NIGHTLY } from '@/lib/testing/a-plan'
import { tokenOf } from '@/lib/testing/api-client'
import { owner, startInstallation, type Installation } from '@/lib/testing/installation'
import { approvedPlan, planEngine, visitAll, type PlanEngine } from '@/lib/testing/plan-world'
import { updatable } from '@/lib/testing/update-world'
import { resumePlan } from './steer'

const FIREWALLS = Number(process.env.FIREWALLS ?? '8')
const SEED = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 30))
const IS_WHOLE = FIREWALLS >= 100
const CUSTOMERS = IS_WHOLE ? 40 : 3
const FAILING_SHARE = IS_WHOLE ? 0.03 : 0.15
const ZONES = ['Europe/Oslo', 'Europe/London', 'America/New_York', 'America/Sao_Paulo', 'Asia/Kolkata', 'Asia/Tokyo', 'Australia/Sydney', 'Africa/Johannesburg', 'Pacific/Auckland'] as const
const CONCURRENCY = { perSite: 2, perCustomer: IS_WHOLE ? 3 : 2, fleet: IS_WHOLE ? 12 : 3 }
const HA_GAP_MINUTES = 15
const MINUTE_MS = 60_000

let word = SEED
function random(): number {
  word = (word + 0x6d2b79f5) | 0
  let mixed = Math.imul(word ^ (word >>> 15), 1 | word)
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
}

const ring = (name: string, percent: number | null, successPercent: number): RingDesign => ({ name, who: percent === null ? { by: 'rest' } : { by: 'spread', percent }, gate: { successPercent, minimumCount: 1, soakHours: 0, noNewCriticalAlert: false } })
const RINGS = IS_WHOLE ? [ring('Canary', 2, 90), ring('First', 5, 90), ring('Second', 10, 95), ring('Third', 25, 98), ring('Fourth', 50, 97), ring('Broad', null, 90)] : [ring('Canary', 20, 90), ring('Early', 40, 90), ring('Broad', null, 90)]
const DESIGN: PlanDesign = { ...NIGHTLY, rings: RINGS, windows: { by: 'own' }, randomStartMinutes: 20, haGapMinutes: HA_GAP_MINUTES, concurrency: CONCURRENCY }

type Made = { id: string; firewall: FleetFirewall; customer: number; siteId: string; peer: string | null; fails: boolean; zone: string }
let installation: Installation
let fleet: Fleet
let engine: PlanEngine
let who: Actor
let token: string
const made: Made[] = []

async function makeFleet(): Promise<void> {
  const customers = await Promise.all(
    Array.from({ length: CUSTOMERS }, async (_, at) => {
      const zone = ZONES[at % ZONES.length] ?? 'UTC'
      const { id } = await db().customer.create({ data: { name: `Customer ${at}` } })
      const now = new Date()
      await db().maintenanceWindow.create({ data: { customerId: id, name: 'Nights', timeZone: zone, weekdays: [1, 2, 3, 4, 5, 6, 7], dates: [], earliestStart: '01:00', latestStart: '04:00', hardEnd: '06:00', createdAt: now, changedAt: now } })
      return { id, zone, sites: await Promise.all([0, 1].map((site) => db().site.create({ data: { name: `Site ${at}-${site}`, customerId: id } }))) }
    }),
  )
  while (made.length < FIREWALLS) {
    const at = made.length
    const [customer, isPair] = [at % CUSTOMERS, at % 10 === 0 && at + 1 < FIREWALLS]
    const place = customers[customer]
    const site = place?.sites[Math.floor(random() * 2)]
    if (!place || !site) throw new Error('There is no site.')
    const members: Made[] = []
    for (const role of isPair ? (['master', 'backup'] as const) : ([null] as const)) {
      // A pair that fails would hold its other member, which is a story of its own.
      const fails = role === null && random() < FAILING_SHARE
      const { id, firewall } = await updatable(fleet, token, place.id, `fleet-${at}-${role ?? 'alone'}`, 'opnsense', { durationsMs: { check: 0, install: 120_000, reboot: 120_000 }, ...(fails && { update: { failure: 'fails' } }), ...(role !== null && { health: { carpRole: role } }) })
      await db().firewall.update({ where: { id }, data: { siteId: site.id, timeZone: place.zone, ...(role !== null && { haRole: role }) } })
      members.push({ id, firewall, customer, siteId: site.id, peer: null, fails, zone: place.zone })
    }
    const [one, other] = members
    if (one && other) {
      ;[one.peer, other.peer] = [other.id, one.id]
      await db().firewall.update({ where: { id: one.id }, data: { haPeerId: other.id } })
      await db().firewall.update({ where: { id: other.id }, data: { haPeerId: one.id } })
    }
    made.push(...members)
  }
}

beforeAll(async () => {
  installation = await startInstallation()
  fleet = await startFleet()
  const person = await owner()
  who = person
  token = await tokenOf(person, 'owner')
  engine = planEngine(fleet)
  await makeFleet()
  await visitAll()
  engine.moveTo(Date.now())
}, 600_000)
afterAll(async () => {
  engine.stop()
  await fleet.stop()
  await installation.end()
})

type Span = { from: number; to: number }
/** From the call to the end of the update or its restart, as the firewall itself logged it. */
function spanOf({ firewall }: Made): Span | null {
  const log = firewall.counts().updateLog
  const begun = log.find(({ what }) => what.startsWith('start by'))
  return begun ? { from: Date.parse(begun.at), to: Math.max(...log.map(({ at }) => Date.parse(at))) } : null
}
function mostAtOnce(spans: readonly Span[]): number {
  const moments = spans.flatMap(({ from, to }): [number, number][] => [[from, 1], [to, -1]]).sort((a, b) => a[0] - b[0] || a[1] - b[1])
  let [now, most] = [0, 0]
  for (const [, change] of moments) most = Math.max(most, (now += change))
  return most
}
const groupsOf = (key: (one: Made) => string): Made[][] => [...new Set(made.map(key))].map((value) => made.filter((one) => key(one) === value))
const localMinute = (zone: string, ms: number): number => {
  const [hour = 0, minute = 0] = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(ms).split(':').map(Number)
  return hour * 60 + minute
}

describe(`${FIREWALLS} firewalls of ${CUSTOMERS} customers, ${RINGS.length} rings, seed ${SEED}`, () => {
  it('go through the rings in order, within windows and concurrency, pairs one by one; the right rings halt', async () => {
    const planId = await approvedPlan(who, DESIGN, engine.now())
    const halted: string[] = []
    await engine.run(async () => {
      const plan = await db().updatePlan.findUniqueOrThrow({ where: { id: planId } })
      if (plan.state !== 'halted') return plan.state === 'done'
      halted.push((await db().planRing.findFirstOrThrow({ where: { planId, state: 'halted' } })).name)
      await resumePlan(who, { id: planId, because: 'Looked at those that failed.' }, engine.now())
      return false
    }, 200_000)

    const rings = await db().planRing.findMany({ where: { planId }, include: { jobs: true }, orderBy: { position: 'asc' } })
    const byId = new Map(made.map((one) => [one.id, one]))
    const ofRing = rings.map(({ jobs }) => jobs.flatMap(({ firewallId }) => byId.get(firewallId) ?? []))
    // Only rings in which too many failed, each once for every failure that its gate did not accept.
    const expected = rings.filter((_, at) => {
      const members = ofRing[at] ?? []
      return members.filter(({ fails }) => fails).length * 100 > (100 - (RINGS[at]?.gate.successPercent ?? 0)) * members.length
    })
    expect([...new Set(halted)]).toEqual(expected.map(({ name }) => name))
    for (const { firewall } of made) expect(firewall.counts().updateStarts).toBe(1)

    const spans = made.flatMap((one) => spanOf(one) ?? [])
    expect(mostAtOnce(spans)).toBeLessThanOrEqual(CONCURRENCY.fleet)
    for (const group of groupsOf(({ customer }) => String(customer))) expect(mostAtOnce(group.flatMap((one) => spanOf(one) ?? []))).toBeLessThanOrEqual(CONCURRENCY.perCustomer)
    for (const group of groupsOf(({ siteId }) => siteId)) expect(mostAtOnce(group.flatMap((one) => spanOf(one) ?? []))).toBeLessThanOrEqual(CONCURRENCY.perSite)

    // Each ring begins after the one before is through; nothing starts outside 01:00 to 04:00 and all is over by 06:00 of its clocks.
    const starts = ofRing.map((members) => members.flatMap((one) => spanOf(one)?.from ?? []))
    for (const [at, times] of starts.entries()) if (at > 0) expect(Math.min(...times)).toBeGreaterThanOrEqual(Math.max(...(starts[at - 1] ?? [])))
    for (const one of made) {
      const span = spanOf(one)
      if (!span) throw new Error('It never started.')
      expect([one.zone, localMinute(one.zone, span.from) >= 60 && localMinute(one.zone, span.from) <= 240]).toEqual([one.zone, true])
      expect([one.zone, localMinute(one.zone, span.to) <= 360]).toEqual([one.zone, true])
    }
    for (const one of made.filter(({ peer }) => peer !== null)) {
      const peer = byId.get(one.peer ?? '')
      const [own, others] = [spanOf(one), peer ? spanOf(peer) : null]
      if (!own || !others) throw new Error('A pair did not start.')
      const [first, second] = own.from < others.from ? [own, others] : [others, own]
      expect(second.from - first.to).toBeGreaterThanOrEqual(HA_GAP_MINUTES * MINUTE_MS)
    }
    process.stdout.write(`rollout: ${made.length} firewalls, ${made.filter(({ fails }) => fails).length} failed, halted ${halted.join(', ') || 'none'}, at most ${mostAtOnce(spans)} at once, seed ${SEED}\n`)
  }, IS_WHOLE ? 3_000_000 : 120_000)
})
