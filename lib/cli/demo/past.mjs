// A past for a firewall that was enrolled a moment ago, so that charts and their events can be looked at: invented, and
// only ever for the demo and for tests.
const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

const NAMES = ['cpu', 'memory', 'disk', 'states', ...['LTE_GW', 'WAN_DHCP'].flatMap((gateway) => [`jitter/${gateway}`, `latency/${gateway}`, `loss/${gateway}`]), ...['lan', 'wan'].flatMap((name) => [`received/${name}`, `sent/${name}`])]

/** Without values: [from, to] before now, and why. */
const ABSENCES = [
  { from: 40 * DAY, to: 39 * DAY, state: 'paused', reason: 'by the demo: rebuilding the rack' },
  { from: 12 * DAY + 7 * HOUR, to: 12 * DAY, state: 'unreachable', reason: 'no answer on port 443' },
  { from: 3 * DAY + 40 * MINUTE, to: 3 * DAY, state: 'unreachable', reason: 'no answer on port 443' },
  // Palisade itself was stopped: the state stays what it was.
  { from: 9 * HOUR + 18 * MINUTE, to: 8 * HOUR, state: null, reason: null },
]
const TROUBLE_MS = 5 * HOUR + 10 * MINUTE

/** Waves of a day, a little noise that is the same each time, and one gateway that has been losing packets for five hours. */
const VALUES = `CASE split_part(n.name, '/', 1)
    WHEN 'cpu' THEN 16 + 7 * w.day + 9 * z.noise + CASE WHEN t.at > $3::timestamptz - interval '210 min' AND t.at < $3::timestamptz - interval '180 min' THEN 55 ELSE 0 END
    WHEN 'memory' THEN 43 + 2 * z.noise WHEN 'disk' THEN 61 + extract(epoch FROM t.at - $3::timestamptz) / 86400 / 12
    WHEN 'states' THEN 11000 + 6500 * w.day + 900 * z.noise
    WHEN 'latency' THEN CASE WHEN n.name LIKE '%LTE%' OR n.name LIKE '%2%' THEN 24 + 7 * z.noise + CASE WHEN t.at > $3::timestamptz - $5::interval THEN 18 ELSE 0 END ELSE 9 + 3 * z.noise END
    WHEN 'loss' THEN CASE WHEN (n.name LIKE '%LTE%' OR n.name LIKE '%2%') AND t.at > $3::timestamptz - $5::interval THEN 9 + 5 * z.noise WHEN z.noise > 0.985 THEN 1 ELSE 0 END
    WHEN 'jitter' THEN 0.6 + z.noise
    WHEN 'received' THEN 38e6 * (0.15 + 0.4 * (1 + w.day)) * (0.6 + 0.8 * z.noise) ELSE 9e6 * (0.15 + 0.4 * (1 + w.day)) * (0.6 + 0.8 * z.noise) END`
const rows = (columns, spread) => `SELECT $1::uuid, t.at, $2::bigint, ${columns} FROM generate_series($6::timestamptz, $7::timestamptz, $8::interval) AS t (at), LATERAL (
    SELECT array_agg((v.value ${spread[0]})::real ORDER BY v.place) AS low, array_agg(v.value::real ORDER BY v.place) AS mean, array_agg((v.value ${spread[1]})::real ORDER BY v.place) AS high FROM (
      SELECT ${VALUES} AS value, n.place FROM unnest($4::text[]) WITH ORDINALITY AS n (name, place),
        LATERAL (SELECT -cos(extract(epoch FROM t.at) / 86400 * 2 * pi()) AS day) w, LATERAL (SELECT (hashtext(n.name || extract(epoch FROM t.at)::text) & 1023) / 1023.0 AS noise) z) v) a
  WHERE NOT EXISTS (SELECT FROM unnest($9::timestamptz[], $10::timestamptz[]) AS g (f, t) WHERE t.at >= g.f AND t.at < g.t) ON CONFLICT DO NOTHING`
const TABLES = [
  { table: 'hour', every: HOUR, days: 400, columns: '60, a.low, a.mean, a.high', into: '("firewallId", at, layout, visits, low, mean, high)', spread: ['* 0.8', '* 1.25'] },
  { table: 'five_minutes', every: 5 * MINUTE, days: 14, columns: '5, a.low, a.mean, a.high', into: '("firewallId", at, layout, visits, low, mean, high)', spread: ['* 0.95', '* 1.06'] },
  { table: 'visit', every: MINUTE, days: 3, columns: 'a.mean', into: '("firewallId", at, layout, measured)', spread: ['', ''] },
]

const ENDPOINT = { not: false, address: 'any', kind: 'any', port: null }
const RULE = { id: 'invented-1', layer: 'interface', layerName: 'WAN', position: 4, enabled: true, action: 'pass', quick: true, interfaces: ['WAN'], direction: 'in', ipVersion: '4', protocol: 'tcp', source: ENDPOINT, destination: { not: false, address: '192.168.1.10', kind: 'address', port: '443' }, description: 'NAS from outside' }
const ALIAS = { id: 'invented-2', name: 'mgmt_hosts', type: 'host', description: 'Who may manage', enabled: true, builtIn: false, content: ['198.51.100.10', '198.51.100.11'] }

/** [time before now, kind, key, what, before, after] */
const CHANGES = [
  [23 * DAY, 'firewall', 'version', 'changed', { version: '26.1' }, { version: '26.7' }],
  [23 * DAY - 3 * MINUTE, 'firewall', 'boot', 'changed', null, null],
  [30 * HOUR, 'aliases', ALIAS.name, 'changed', ALIAS, { ...ALIAS, content: ['198.51.100.11', '203.0.113.7'], description: 'Who may manage firewalls' }],
  [10 * HOUR, 'rules', RULE.id, 'changed', RULE, { ...RULE, source: { ...ENDPOINT, address: 'mgmt_hosts', kind: 'alias' }, log: true, description: 'NAS, only from us' }],
  [10 * HOUR, 'rules', 'invented-3', 'new', null, { ...RULE, id: 'invented-3', action: 'block', position: 5, description: 'Nobody else' }],
  [10 * HOUR, 'rules', 'invented-4', 'gone', { ...RULE, id: 'invented-4', description: 'Old printer' }, null],
  [TROUBLE_MS, 'gateways', 'LTE_GW', 'changed', { name: 'LTE_GW', state: 'online' }, { name: 'LTE_GW', state: 'degraded', reason: 'packet loss' }],
]
const stateChanges = ABSENCES.filter(({ state }) => state !== null).flatMap(({ from, to, state, reason }) => [
  [from, 'firewall', 'state', 'changed', { state: 'reachable', reason: null }, { state, reason }],
  ...(state === 'paused' ? [[to + MINUTE, 'firewall', 'state', 'changed', { state, reason }, { state: 'not-visited', reason: null }]] : []),
  [to, 'firewall', 'state', 'changed', { state: state === 'paused' ? 'not-visited' : state, reason }, { state: 'reachable', reason: null }],
])

/**
 * Gives a firewall measured values and changes of the last `days` days, in the tables that charts of that time read.
 * @param {{ query: (text: string, values?: unknown[]) => Promise<{ rows: any[] }> }} client
 * @param {string} firewallId
 * @param {{ now: Date, days?: number, hoursOfFine?: number }} options `hoursOfFine`: how far back the two finer tables go
 */
export async function inventPast(client, firewallId, { now, days = 92, hoursOfFine = 26 }) {
  const known = await client.query('SELECT id::text, names FROM samples.layout WHERE "firewallId" = $1 ORDER BY cardinality(names) DESC LIMIT 1', [firewallId])
  const { id: layout, names } = known.rows[0] ?? { id: '77', names: NAMES }
  await client.query('INSERT INTO samples.layout ("firewallId", id, names, "usedAt") VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING', [firewallId, layout, names, now])
  const ago = (ms) => new Date(now.getTime() - ms)
  const span = (ms, at) => new Date(Math.floor(at.getTime() / ms) * ms)
  const upTo = { five_minutes: span(5 * MINUTE, ago(6 * MINUTE)), hour: span(HOUR, ago(65 * MINUTE)) }
  for (const [target, at] of Object.entries(upTo)) await client.query('INSERT INTO samples.progress (target, "upTo") VALUES ($1, $2) ON CONFLICT DO NOTHING', [target, at])
  const done = new Map((await client.query('SELECT target, "upTo" AS "upTo" FROM samples.progress')).rows.map(({ target, upTo: at }) => [target, at]))
  const [from, to] = [ABSENCES.map((absence) => ago(absence.from)), ABSENCES.map((absence) => ago(absence.to))]
  for (const { table, every, days: kept, columns, into, spread } of TABLES) {
    const begin = span(every, ago(Math.min(table === 'hour' ? days * DAY : hoursOfFine * HOUR, (kept - 1) * DAY)))
    const end = new Date((done.get(table) ?? now).getTime() - every)
    await client.query(`INSERT INTO samples.${table} ${into} ${rows(columns, spread)}`, [firewallId, layout, now, names, `${TROUBLE_MS / 1000} seconds`, begin, end, `${every / 1000} seconds`, from, to])
  }
  for (const [before, kind, key, what, old, fresh] of [...CHANGES, ...stateChanges].filter(([before]) => before < days * DAY).sort(([a], [b]) => b - a))
    await client.query('INSERT INTO "Change" (at, "firewallId", kind, key, what, before, after) VALUES ($1, $2, $3, $4, $5, $6, $7)', [ago(before), firewallId, kind, key, what, old && JSON.stringify(old), fresh && JSON.stringify(fresh)])
  await client.query('UPDATE "Firewall" SET "createdAt" = $2 WHERE id = $1', [firewallId, ago(days * DAY + HOUR)])
}

/** Lists of changes are in the order of their numbers, and what was invented last happened first. */
const IN_ORDER = `UPDATE "Change" c SET id = o.later FROM (SELECT id, nextval(pg_get_serial_sequence('"Change"', 'id')) AS later FROM (SELECT id FROM "Change" ORDER BY at, id) s) o WHERE c.id = o.id`

/** Gives a past to every firewall that answered. Returns how many. */
export async function inventPasts(databaseUrl, now) {
  const { default: pg } = await import('pg')
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    const { rows } = await client.query(`SELECT id FROM "Firewall" WHERE "visitedAt" IS NOT NULL ORDER BY id`)
    for (const { id } of rows) await inventPast(client, id, { now })
    await client.query(IN_ORDER)
    return rows.length
  } finally {
    await client.end()
  }
}
