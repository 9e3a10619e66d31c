import { setTimeout as delay } from 'node:timers/promises'

const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7]
const LOOK_MS = 1_000
const LIMIT_MS = 60_000
/** By customer: the nights on which its firewalls may be updated, at their own clocks. */
const NIGHTS = [
  { customer: 'Kestrel Logistics', name: 'Weekday nights', timeZone: 'Europe/Amsterdam', weekdays: [2, 4], earliestStart: '02:00', latestStart: '03:30', hardEnd: '05:00' },
  { customer: 'Pinewood Schools', name: 'After school', timeZone: 'Europe/London', weekdays: [1, 2, 3, 4, 5], earliestStart: '21:00', latestStart: '23:30', hardEnd: '02:00' },
  { customer: 'Mistral Foods', name: 'Sunday', timeZone: 'Europe/Paris', weekdays: [7], earliestStart: '04:00', latestStart: '08:00', hardEnd: '11:00' },
  { customer: 'Brightwater Hotels', name: 'Nights', timeZone: 'Europe/Stockholm', weekdays: EVERY_DAY, earliestStart: '03:00', latestStart: '04:00', hardEnd: '05:30' },
]
const gate = { successPercent: 100, minimumCount: 1, soakHours: 1, noNewCriticalAlert: true }
const pace = { firstDay: null, latestStartMarginMinutes: 0, randomStartMinutes: 0, concurrency: { perSite: 1, perCustomer: 3, fleet: 10 }, haGapMinutes: 30 }
const rest = { by: 'rest' }

const clock = (now, hours) => `${String((now.getUTCHours() + 24 + hours) % 24).padStart(2, '0')}:00`
const day = (now, days) => new Date(now.getTime() + days * 86_400_000).toISOString().slice(0, 10)

/** What the plan would do is looked at until a firewall of it can run: workers may still read what is offered. */
async function untilItCanRun(api, id) {
  const deadline = performance.now() + LIMIT_MS
  while (performance.now() < deadline) {
    const { setHash } = await api('GET', `/update-plans/${id}/preview`)
    if (setHash !== null) return setHash
    await delay(LOOK_MS)
  }
  throw new Error('No firewall of the plan of the demo can be updated.')
}

/**
 * Windows of the customers, a blackout, a draft over everything that is offered, and a plan whose window is open now, so
 * that an update is seen while it runs.
 * @param {ReturnType<typeof import('../api-client.mjs').apiClient>} api
 * @param {Date} now
 */
export async function planDemoUpdates(api, now) {
  const { items } = await api('GET', '/customers')
  const customerNamed = (name) => items.find((item) => item.name === name).id
  for (const { customer, ...window } of NIGHTS) await api('POST', '/windows', { ...window, customerId: customerNamed(customer) })
  await api('POST', '/blackouts', { name: 'Harvest', customerId: customerNamed('Mistral Foods'), firstDay: day(now, 9), lastDay: day(now, 16) })
  await api('POST', '/update-plans', {
    name: 'Minor updates, all customers',
    kind: 'minor',
    query: 'firmware__state=offered',
    design: { ...pace, rings: [{ name: 'Canary', who: { by: 'query', query: 'tags=edge' }, gate: { ...gate, soakHours: 24 } }, { name: 'Broad', who: rest, gate: { ...gate, successPercent: 90 } }], windows: { by: 'own' }, randomStartMinutes: 20, latestStartMarginMinutes: 45 },
  })
  const window = { timeZone: 'UTC', weekdays: EVERY_DAY, dates: [], earliestStart: clock(now, -1), latestStart: clock(now, 4), hardEnd: clock(now, 8) }
  const { id, etag } = await api('POST', '/update-plans', {
    name: 'Elm Street first, then Rotterdam',
    kind: 'minor',
    query: 'name__in=pw-elm-fw1,kl-rtm-fw2',
    design: { ...pace, rings: [{ name: 'Canary', who: { by: 'query', query: 'name=pw-elm-fw1' }, gate }, { name: 'Broad', who: rest, gate }], windows: { by: 'plan', window } },
  })
  await api('POST', `/update-plans/${id}/approve`, { setHash: await untilItCanRun(api, id) }, { 'if-match': etag })
}
