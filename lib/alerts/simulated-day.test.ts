// A day in simulated time: incidents are planted in a fleet of which some are silent for short; each is told as it should be,
// and nothing else is. FIREWALLS and MINUTES make it larger.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { db } from '@/lib/db/client'
import { addFirewalls, answeringSince, changeMany, silentSince, visitAll, type NewFirewall } from '@/lib/testing/alert-fleet'
import { at } from '@/lib/testing/alert-timeline'
import { INCIDENTS, type Incident } from '@/lib/testing/incidents'
import { aCustomer, startInstallation, type Installation } from '@/lib/testing/installation'
import { alertKeeper } from '@/lib/worker/run-alerts'

const FIREWALLS = Number(process.env.FIREWALLS ?? 40)
const MINUTES = Number(process.env.MINUTES ?? 60)
/** After the last that happens in an incident, everything is over within this time. */
const OVER_MINUTES = 20
const FLAPPING_MINUTES = 40
const lengthOf = ({ acts, told }: Incident): number => Math.max(...acts.map(([minute]) => minute)) + (told.includes('alert-flapping') ? FLAPPING_MINUTES : OVER_MINUTES)
const CHOSEN = INCIDENTS.filter((incident) => lengthOf(incident) < MINUTES)
const PER_ROUND = CHOSEN.reduce((sum, { firewalls }) => sum + firewalls, 0)
/** Of the others, so many fall silent for one minute at each moment. */
const SHORTLY_SILENT = 0.01

const VISIT_MINUTES = 2

type Planted = { incident: Incident; ids: string[]; start: number }
let installation: Installation
const planted: Planted[] = []
let others: string[] = []

beforeAll(async () => {
  installation = await startInstallation()
  const customerId = (await aCustomer()).id
  const rounds = Math.max(1, Math.floor((FIREWALLS * 0.6) / PER_ROUND))
  for (let round = 0; round < rounds; round += 1) {
    for (const [n, incident] of CHOSEN.entries()) {
      const siteId = (await db().site.create({ data: { customerId, name: `${incident.name} ${round}` } })).id
      const firewalls: NewFirewall[] = Array.from({ length: incident.firewalls }, (_, place) => ({ name: `${incident.name} ${round} ${place}`, siteId }))
      const start = Math.floor(((round * CHOSEN.length + n) / (rounds * CHOSEN.length)) * (MINUTES - lengthOf(incident)))
      planted.push({ incident, ids: await addFirewalls(customerId, at(0), firewalls), start })
    }
  }
  const rest = Math.max(5, FIREWALLS - rounds * PER_ROUND)
  others = await addFirewalls(customerId, at(0), Array.from({ length: rest }, (_, n) => ({ name: `well ${n}` })))
}, 60_000)
afterAll(() => installation.end())

async function happen(minute: number): Promise<void> {
  for (const { incident, ids, start } of planted) for (const [offset, act] of incident.acts) if (start + offset === minute) await act(ids, at(minute), (later) => at(start + later))
  const count = Math.ceil(others.length * SHORTLY_SILENT)
  const silentAt = (when: number) => Array.from({ length: count }, (_, n) => others[((when + 1) * 7 + n * 13) % others.length] ?? '')
  await changeMany(silentAt(minute - 1), answeringSince(at(minute)))
  await changeMany(silentAt(minute), silentSince(at(minute)))
}

it('each incident is told as it should be, and nothing else is', async () => {
  const keeper = alertKeeper()
  const followed = new Map<string, Set<string>>()
  const tookMs: number[] = []
  for (let minute = 0; minute < MINUTES; minute += 1) {
    // Far within the time after which what was read is stale.
    if (minute % VISIT_MINUTES === 0) await visitAll(at(minute), Math.ceil(FIREWALLS / 100))
    await happen(minute)
    const started = performance.now()
    await keeper.keep(at(minute))
    tookMs.push(performance.now() - started)
    if (minute % 10 === 9) for (const { id, firewallId } of await db().alert.findMany({ where: { causeId: { not: null } }, select: { id: true, firewallId: true } })) followed.set(firewallId, (followed.get(firewallId) ?? new Set()).add(id))
  }
  const told = await db().notice.findMany({ select: { firewallId: true, kind: true, facts: true } })
  const alerts = await db().alert.findMany({ select: { firewallId: true, state: true, flaps: true } })
  const rows = CHOSEN.map((incident) => {
    const of = planted.filter((one) => one.incident === incident)
    const ids = new Set(of.flatMap((one) => one.ids))
    const mine = told.filter(({ firewallId }) => firewallId !== null && ids.has(firewallId)).map(({ kind }) => kind)
    const seen = alerts.filter(({ firewallId }) => ids.has(firewallId))
    const count = (kind: string) => mine.filter((word) => word === kind).length
    return {
      incident: incident.name, planted: of.length, alerts: seen.length, opened: count('alert-opened'), worse: count('alert-escalated'), flapping: count('alert-flapping'), flaps: seen.reduce((sum, { flaps }) => sum + flaps, 0),
      resolved: count('alert-resolved'), 'told nobody': [...ids].reduce((sum, id) => sum + (followed.get(id)?.size ?? 0), 0), open: seen.filter(({ state }) => state !== 'resolved').length,
    }
  })
  const kinds = ['alert-opened', 'alert-escalated', 'alert-flapping', 'alert-resolved'] as const
  const expected = CHOSEN.map(({ told: words }, n) => kinds.map((kind) => words.filter((word) => word === kind).length * (rows[n]?.planted ?? 0)))
  const sorted = tookMs.toSorted((a, b) => a - b)
  console.table(rows)
  console.info(`alerts: ${planted.length} incidents among ${planted.length === 0 ? 0 : others.length + planted.flatMap(({ ids }) => ids).length} firewalls in ${MINUTES} min; a look took ${sorted[Math.floor(sorted.length / 2)]?.toFixed(0)} ms (p50), ${sorted.at(-1)?.toFixed(0)} ms at most`)
  expect(rows.map(({ opened, worse, flapping, resolved }) => [opened, worse, flapping, resolved])).toEqual(expected)
  expect(rows.filter(({ open }) => open > 0)).toEqual([])
  // Of a site, a pair and the last gateway, the cause is told and what follows is not.
  for (const name of ['outage of a site', 'outage of both of a pair', 'last gateway, tunnels with it']) expect(rows.find(({ incident }) => incident === name)?.['told nobody'] ?? 1).toBeGreaterThan(0)
  for (const { flapping, flaps } of rows) if (flapping > 0) expect(flaps).toBeGreaterThanOrEqual(5 * flapping)
  expect(told.filter(({ firewallId }) => firewallId !== null && others.includes(firewallId))).toEqual([])
}, 1_800_000)
