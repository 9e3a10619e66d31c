// A plan in the middle of its run, written into the database of the product: real firewalls would take days for it.
import { randomUUID } from 'node:crypto'
import { inDatabase } from './database'

type Job = { id: string; name: string; ring: number; state: string; reason?: string; message?: string; minutesAgo?: number; startsInMinutes?: number; soakMinutes?: number; way?: readonly string[]; checks?: unknown; log?: string; family?: string; retryOf?: string }
type Seed = { customerId: string; name: string; state?: string; haltedReason?: string; rings: readonly { name: string; state: string; reason?: string; soakHours?: number }[]; jobs: readonly Job[] }

const NEVER = '2100-01-01T00:00:00Z'
const GATE = { successPercent: 95, minimumCount: 3, noNewCriticalAlert: true }
const at = (minutes: number): string => new Date(Date.now() + minutes * 60_000).toISOString()
const WORDS: Record<string, { what: string; detail?: string }> = { preflight: { what: 'began' }, 'backing-up': { what: 'passed', detail: '11 of 12 known.' }, starting: { what: 'starts' }, installing: { what: 'runs' }, rebooting: { what: 'restarts' }, verifying: { what: 'isBack' }, soaking: { what: 'soaks' } }

function jobRow({ id, ring, state, reason, message, minutesAgo = 3, startsInMinutes = -60, soakMinutes, checks, log, family = 'opnsense', retryOf, name }: Job, ringIds: readonly string[]) {
  const isOver = ['succeeded', 'failed', 'skipped', 'cancelled'].includes(state)
  return {
    id, name, family, ringId: ringIds[ring], firewallId: randomUUID(), state, reason: reason ?? null, message: message ?? null, since: at(-minutesAgo), startsAt: at(startsInMinutes), endsAt: at(startsInMinutes + 180),
    intentAt: state === 'scheduled' || state === 'held' ? null : at(-minutesAgo - 5), soakUntil: soakMinutes === undefined ? null : at(soakMinutes), finishedAt: isOver ? at(-minutesAgo) : null, checks: checks ?? null, log: log ?? null, retryOf: retryOf ?? null,
    version: family === 'opnsense' ? '26.1.10' : '2.8.1', from: family === 'opnsense' ? '26.1.9' : '2.8.0',
  }
}

/** Its firewalls are paused, so that nobody visits them; no worker looks at the plan or its jobs. Returns the id of the plan. */
export async function seedRun({ customerId, name, state = 'running', haltedReason, rings, jobs }: Seed): Promise<string> {
  const planId = randomUUID()
  const ringIds = rings.map(() => randomUUID())
  const rows = jobs.map((job) => jobRow(job, ringIds))
  const ringRows = rings.map((ring, position) => ({ id: ringIds[position], position, name: ring.name, state: ring.state, reason: ring.reason ?? null, gate: { ...GATE, soakHours: ring.soakHours ?? 12 }, openedAt: ring.state === 'waiting' ? null : at(-600) }))
  const events = jobs.flatMap(({ id, way = [], state: last, message, minutesAgo = 3 }) => [
    ...way.map((step, place) => ({ id: randomUUID(), jobId: id, at: at(-minutesAgo - (way.length - place) * 2), what: WORDS[step]?.what ?? step, state: step, detail: WORDS[step]?.detail ?? null })),
    ...(last === 'failed' || last === 'package-missing' ? [{ id: randomUUID(), jobId: id, at: at(-minutesAgo), what: last === 'failed' ? 'worse' : 'packageMissing', state: last, detail: message ?? null }] : []),
  ])
  const document = JSON.stringify({ planId, customerId, name, state, haltedReason: haltedReason ?? null, design: { rings: rings.map((ring) => ({ name: ring.name, who: { by: 'rest' }, gate: { ...GATE, soakHours: 12 } })), windows: { by: 'own' }, firstDay: null, latestStartMarginMinutes: 45, randomStartMinutes: 20, concurrency: { perSite: 1, perCustomer: 3, fleet: 10 }, haGapMinutes: 30, supersedesId: null } })
  const values = (list: readonly unknown[]): string => JSON.stringify(list)
  await inDatabase([document], `INSERT INTO "UpdatePlan" (id, name, state, kind, query, design, "customerIds", "setHash", "createdAt", "createdByName", actor, "approvedAt", "nextStepAt", "haltedReason")
    SELECT (d->>'planId')::uuid, d->>'name', d->>'state', 'minor', '', d->'design', ARRAY[(d->>'customerId')::uuid], repeat('a', 64), now() - interval '2 days', 'Mira Holm', '{}', now() - interval '1 day', '${NEVER}', d->>'haltedReason' FROM (SELECT $1::jsonb AS d) x`)
  await inDatabase([values(ringRows), planId], `INSERT INTO "PlanRing" (id, "planId", position, name, state, gate, "openedAt", reason) SELECT id, $2::uuid, position, name, state, gate, "openedAt", reason FROM jsonb_to_recordset($1::jsonb) AS r (id uuid, position int, name text, state text, gate jsonb, "openedAt" timestamptz, reason text)`)
  await inDatabase([values(rows), customerId], `INSERT INTO "Firewall" (id, "customerId", name, family, origin, "trustMode", "trustConfirmedAt", "timeZone", state, "pausedAt", version)
    SELECT "firewallId", $2::uuid, name, family, 'https://192.0.2.1:' || (20000 + row_number() OVER ())::text || '/' || left("firewallId"::text, 8), 'public-ca', now(), 'Europe/Oslo', 'reachable', now(), "from" FROM jsonb_to_recordset($1::jsonb) AS r ("firewallId" uuid, name text, family text, "from" text)`)
  await inDatabase([values(rows), planId, customerId], `INSERT INTO "UpdateJob" (id, "planId", "ringId", "firewallId", "customerId", state, "stateSince", kind, "fromVersion", "toVersion", offer, "offerHash", "startsAt", "endsAt", "nextStepAt", "intentAt", "soakUntil", "finishedAt", checks, "logTail", reason, message, "retryOfId")
    SELECT id, $2::uuid, "ringId", "firewallId", $3::uuid, state, since, 'minor', "from", version, '{}', 'n', "startsAt", "endsAt", '${NEVER}', "intentAt", "soakUntil", "finishedAt", checks, log, reason, message, "retryOf"
    FROM jsonb_to_recordset($1::jsonb) AS r (id uuid, "ringId" uuid, "firewallId" uuid, state text, since timestamptz, "from" text, version text, "startsAt" timestamptz, "endsAt" timestamptz, "intentAt" timestamptz, "soakUntil" timestamptz, "finishedAt" timestamptz, checks jsonb, log text, reason text, message text, "retryOf" uuid)`)
  await inDatabase([values(events)], `INSERT INTO "UpdateJobEvent" (id, "jobId", at, what, state, detail) SELECT id, "jobId", at, what, state, detail FROM jsonb_to_recordset($1::jsonb) AS r (id uuid, "jobId" uuid, at timestamptz, what text, state text, detail text)`)
  return planId
}

/** A run as people meet it: one ring behind, one with a failure and all kinds of states, one to come in five nights. */
export async function seedBusyRun(customerId: string, name: string): Promise<{ planId: string; failed: string; missing: string; held: string }> {
  const [failed, missing, held] = [randomUUID(), randomUUID(), randomUUID()]
  const all = ['preflight', 'backing-up', 'starting', 'installing', 'rebooting', 'verifying']
  const check = (id: string, label: string, before: string | null, now: string | null, more: Record<string, unknown> = {}) => ({ id, label, result: 'pass', before, now, source: 'core/system/status', finding: null, ...more })
  const checks = {
    preflight: [check('reachable', 'Reachable', null, 'answers'), check('disk', 'Disk space', null, '4.1 GiB free'), check('pending', 'Unapplied changes', null, null, { result: 'not-knowable', source: 'not reported', finding: 'This family does not tell.' })],
    verification: [
      check('version', 'Version', '26.1.9', '26.1.10', { source: 'core/firmware/status' }),
      check('boot', 'Restarted', at(-90_000), at(-25), { source: 'diagnostics/system/system_time' }),
      check('gateways', 'Gateways', '2 of 2 up', '1 of 2 up', { result: 'fail', source: 'routes/gateway/status', finding: 'WAN2_DHCP: online before, offline now.' }),
      check('rules', 'Firewall rules loaded', 'loaded', 'loaded', { source: 'core/system/status' }),
      check('services', 'Services', '18 of 18 running', '18 of 18 running', { source: 'core/service/search' }),
      check('carp', 'CARP role', null, null, { result: 'not-knowable', source: 'not reported', finding: 'It has no CARP address.' }),
    ],
  }
  const log = ['[38/41] Upgrading suricata from 7.0.8 to 7.0.9', '[39/41] Upgrading unbound from 1.22.0 to 1.22.1', '[41/41] Extracting os-ddclient-1.27: done', 'Checking integrity... done (0 conflicting)', '***REBOOT***'].join('\n')
  const one = (name: string, ring: number, state: string, more: Partial<Job> = {}): Job => ({ id: randomUUID(), name, ring, state, ...more })
  const planId = await seedRun({
    customerId,
    name,
    rings: [{ name: 'Canary', state: 'passed', soakHours: 24 }, { name: 'Early', state: 'open' }, { name: 'Broad', state: 'waiting' }],
    jobs: [
      ...['lab', 'metz', 'york', 'hq', 'test'].map((place) => one(`${place}-fw1`, 0, 'succeeded', { minutesAgo: 1500, way: [...all, 'soaking'] })),
      { ...one('elm-fw1', 1, 'failed', { reason: 'worse', message: 'Gateways: WAN2_DHCP: online before, offline now.', minutesAgo: 14, way: all, checks, log }), id: failed },
      { ...one('oak-fw2', 1, 'package-missing', { reason: 'package-missing', family: 'pfsense-v2', minutesAgo: 40, way: all.slice(0, 5) }), id: missing },
      { ...one('bath-fw1', 1, 'held', { reason: 'offer-changed', message: 'It would install something else than was approved: 26.1.11.', way: ['preflight'] }), id: held },
      one('ash-fw3', 1, 'verifying', { way: all, minutesAgo: 0.3 }),
      one('york-fw3', 1, 'rebooting', { way: all.slice(0, 5) }),
      one('hull-fw2', 1, 'installing', { way: all.slice(0, 4), minutesAgo: 1.7 }),
      one('lyon-fw4', 1, 'scheduled', { startsInMinutes: 12 }),
      one('lyon-fw5', 1, 'scheduled', { startsInMinutes: 15, reason: 'peer', message: 'Its peer lyon-fw4 goes first.' }),
      ...Array.from({ length: 16 }, (_none, at) => one(`soak-fw${at + 10}`, 1, 'soaking', { way: [...all, 'soaking'], soakMinutes: 20 + at * 9, minutesAgo: 30 + at })),
      ...[9, 6, 22, 4, 14].flatMap((count, night) => Array.from({ length: count }, (_none, at) => one(`broad${night}-fw${at + 1}`, 2, 'scheduled', { startsInMinutes: (night + 2) * 1440 + at * 5 }))),
    ],
  })
  return { planId, failed, missing, held }
}
