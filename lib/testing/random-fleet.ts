// A fleet in which everything is wrong somewhere, for tests of what is counted and shown of it.
import fc from 'fast-check'
import { db } from '@/lib/db/client'
import { FIREWALL_STATES, STATE_RULES } from '@/lib/firewalls/states'

const DAY_MILLISECONDS = 86_400_000
const one = <T>(...values: readonly T[]) => fc.constantFrom(...values)
const firewall = fc.record({
  customer: fc.nat(3),
  site: fc.nat(2),
  state: fc.oneof({ weight: 2, arbitrary: fc.constant('reachable' as const) }, one(...FIREWALL_STATES)),
  visitedMinutesAgo: one(0, 0, 0, 0, 600, null),
  firmwareState: one('up-to-date', 'offered', 'major-offered', 'reboot-pending', 'not-reported'),
  gatewaysDown: one(null, 0, 0, 2),
  gatewaysDegraded: one(null, 0, 0, 1),
  tunnelsDown: one(null, 0, 0, 0, 5),
  haRole: one(null, 'master', 'backup'),
  diskPercent: one(null, 40, 89, 90),
  clockOffsetSeconds: one(null, 0, 120, -121),
  certificateDays: one(null, 400, 29, -3),
})

const WELL = { visitedMinutesAgo: 0, gatewaysDown: 0, gatewaysDegraded: 0, diskPercent: 40 }
/** What chance might leave out: each state once, a pair of masters, one that is degraded for a reason of its own, an old one. */
function certain(n: number) {
  const state = FIREWALL_STATES[n]
  if (state) return { state, visitedMinutesAgo: 0 }
  if (n === 10 || n === 11) return { ...WELL, state: 'reachable' as const, haRole: 'master' }
  if (n === 12) return { ...WELL, state: 'degraded' as const }
  return n === 13 ? { state: 'reachable' as const, visitedMinutesAgo: 600 } : {}
}

/** `count` firewalls of three customers, paired two by two, and a fourth customer with what is left to it: often nothing. */
export async function makeRandomFleet(seed: number, count: number): Promise<{ customerIds: string[] }> {
  const customers = await Promise.all(['Anvil', 'Brightwater', 'Corvin', 'Drift'].map((name) => db().customer.create({ data: { name: `${name} ${seed}`, sites: { create: [{ name: 'Harbour' }, { name: 'Hill' }] } }, include: { sites: true } })))
  const now = Date.now()
  const made: { id: string; haPeerId: string | null }[] = []
  for (const [n, drawn] of fc.sample(firewall, { seed, numRuns: count }).entries()) {
    const { customer, site, state, visitedMinutesAgo, certificateDays, ...plain } = { ...drawn, ...certain(n) }
    const of = customers[customer % 3]
    const peer = n % 2 === 1 ? made.at(-1) : undefined
    const visitedAt = state === 'not-visited' || visitedMinutesAgo === null ? null : new Date(now - visitedMinutesAgo * 60_000)
    const row = await db().firewall.create({
      data: {
        ...plain, state, stateRank: STATE_RULES[state].rank, visitedAt, name: `fw-${String(n).padStart(4, '0')}`, customerId: of?.id ?? '', siteId: of?.sites[site]?.id ?? null, family: 'opnsense', origin: `https://10.8.0.${n}`, trustMode: 'public-ca', trustConfirmedAt: new Date(now),
        pausedAt: state === 'paused' ? new Date(now) : null, certificateEndsAt: certificateDays === null ? null : new Date(now + certificateDays * DAY_MILLISECONDS), haPeerId: peer?.id ?? null,
      },
    })
    if (peer) await db().firewall.update({ where: { id: peer.id }, data: { haPeerId: row.id } })
    made.push(row)
  }
  return { customerIds: customers.map(({ id }) => id) }
}
