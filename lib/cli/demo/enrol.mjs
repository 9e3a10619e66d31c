import { setTimeout as delay } from 'node:timers/promises'
import { takeFirstBackup } from './back-up.mjs'
import { CUSTOMERS, FIREWALLS } from './fleet.mjs'
import { healthyReplies } from './replies.mjs'

const METHOD = { opnsense: 'key-secret', 'pfsense-v1': 'basic', 'pfsense-v2': 'api-key' }
const LANES = 3
const VISIT_LIMIT_MS = 90_000

/** Every site of every customer, by its name. */
async function makePlaces(api) {
  const places = new Map()
  for (const { name, sites } of CUSTOMERS) {
    const customer = await api('POST', '/customers', { name })
    for (const [siteName, timeZone] of sites) {
      const site = await api('POST', '/sites', { name: siteName, customerId: customer.id, timeZone })
      places.set(siteName, { customerId: customer.id, siteId: site.id, timeZone })
    }
  }
  return places
}

async function enrolOne(api, fleet, places, ids, plan) {
  const settings = plan.family === 'pfsense-v2' ? { settings: { ...plan.add.settings, auth_methods: ['BasicAuth', 'KeyAuth'] } } : {}
  const lookedForUpdates = plan.family === 'opnsense' && !plan.asRecorded ? { checked: true, offer: null } : {}
  const replies = plan.asRecorded ? {} : { replies: healthyReplies(plan.family, { lossPercent: plan.lossPercent }) }
  const firewall = await fleet.add({ name: plan.name, family: plan.family, version: plan.version, ...lookedForUpdates, ...replies, ...plan.add, ...settings })
  const { certificate, family } = await api('POST', '/firewalls/probe', { baseUrl: firewall.url })
  if (certificate.sha256 !== firewall.sha256 || family !== plan.family) throw new Error(`${plan.name} was not recognised.`)
  const method = METHOD[plan.family]
  const { siteId, customerId, timeZone } = places.get(plan.site)
  const saved = await api('POST', '/firewalls', {
    name: plan.name,
    customerId,
    siteId,
    family,
    baseUrl: firewall.url,
    trust: { mode: 'pin', sha256: certificate.sha256 },
    credential: { ...firewall.credentials[method], method },
    tags: plan.tags,
    timeZone,
    ...(plan.haPeer && { haPeerId: ids.get(plan.haPeer) }),
  })
  ids.set(plan.name, saved.id)
}

const current = (api, id) => api('GET', `/firewalls/${id}`)

/** The worker reads each firewall by itself, soon after it was enrolled. */
async function untilVisited(api, id) {
  const deadline = performance.now() + VISIT_LIMIT_MS
  while (performance.now() < deadline) {
    if ((await current(api, id)).visitedAt) return
    await delay(300)
  }
  throw new Error('The worker did not visit the firewalls of the demo.')
}

async function settle(api, fleet, ids, plan) {
  const id = ids.get(plan.name)
  const change = async (what, body) => api('PUT', `/firewalls/${id}/${what}`, body, { 'if-match': (await current(api, id)).etag })
  await untilVisited(api, id)
  if (plan.commands) await change('commands', { allowed: true })
  await takeFirstBackup(api, id)
  if (plan.check) await api('POST', `/firewalls/${id}/check`, {})
  if (plan.pause) await change('pause', { paused: true, reason: plan.pause })
  if (!plan.later) return
  await fleet.patch(plan.name, plan.later)
  // What stops it is the answer that the demo wants to show.
  await api('POST', `/firewalls/${id}/refresh`, {}).catch(() => undefined)
}

async function inLanes(items, act) {
  const rest = [...items]
  await Promise.all(
    Array.from({ length: LANES }, async () => {
      for (let item = rest.shift(); item; item = rest.shift()) await act(item)
    }),
  )
}

/**
 * Enrols the whole fleet over the real API and brings it into the states that people want to see.
 * @param {ReturnType<typeof import('../api-client.mjs').apiClient>} api
 * @param {Awaited<ReturnType<typeof import('../fake-fleet.mjs').startFakeFleet>>} fleet
 * @param {(done: number, of: number) => void} progress
 */
export async function enrolDemoFleet(api, fleet, progress) {
  const places = await makePlaces(api)
  const ids = new Map()
  let done = 0
  const enrol = async (plan) => {
    await enrolOne(api, fleet, places, ids, plan)
    progress((done += 1), FIREWALLS.length)
  }
  await inLanes(FIREWALLS.filter(({ haPeer }) => !haPeer), enrol)
  await inLanes(FIREWALLS.filter(({ haPeer }) => haPeer), enrol)
  await inLanes(FIREWALLS, (plan) => settle(api, fleet, ids, plan))
  return FIREWALLS.length
}
