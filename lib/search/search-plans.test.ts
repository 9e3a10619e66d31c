// Every part of a search can be found by an index. ROWS=1000000 measures a large fleet, and asserts that the indexes are chosen.
import { performance } from 'node:perf_hooks'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '@/lib/auth/actor'
import { db } from '@/lib/db/client'
import { Prisma } from '@/lib/db/generated/client'
import { isPointed, lookedFor } from '@/lib/db/search-conditions'
import { holdersStatement } from '@/lib/db/search-holders-sql'
import { factsStatement, isOfFewRows, type CustomerIds } from '@/lib/db/search-sql'
import { onOneConnection } from '@/lib/db/statements'
import { owner, person, startInstallation, type Installation } from '@/lib/testing/installation'
import { search } from './find'
import { searchInput } from './input'
import { recognise } from './recognise'

const ROWS = Number(process.env.ROWS ?? 2_000)
const FIREWALLS = Math.max(100, ROWS / 100)
const TURNS = ROWS > 100_000 ? 15 : 2
const IS_LARGE = ROWS >= 500_000
let installation: Installation
let actor: Actor
let scoped: Actor
let customerId: string

const spread = (by: number, upTo: number) => Prisma.sql`(n::bigint * ${by} % ${upTo})`
const ADDRESS = Prisma.sql`'10.' || ${spread(7, 250)} || '.' || ${spread(31, 253)} || '.' || ${spread(97, 251)}`
const MAC = Prisma.sql`regexp_replace(left(md5(n::text), 12), '(..)(?=.)', '\\1:', 'g')`
const into = (table: Prisma.Sql, body: Prisma.Sql, rows: number) => db().$executeRaw`
  INSERT INTO ${table} ("firewallId", key, body, digest, "firstSeenAt", "changedAt")
  SELECT f.id, n::text, ${body}, 'd', now(), now() FROM generate_series(1, ${rows}::int) n JOIN (SELECT id, row_number() OVER () AS place FROM "Firewall") f ON f.place = 1 + n % ${FIREWALLS}::int`

/** Rows come in before the indexes, as a copy of many rows does it. */
async function withoutIndexes(load: () => Promise<unknown>): Promise<void> {
  const indexes = await db().$queryRaw<{ indexname: string; indexdef: string }[]>`SELECT indexname, indexdef FROM pg_indexes WHERE indexname LIKE 'Fact%_by_%' OR indexname LIKE 'Change_past_%'`
  await onOneConnection(async (client) => {
    for (const { indexname } of indexes) await client.query(`DROP INDEX "${indexname}"`)
    await load()
    await client.query("SET maintenance_work_mem = '256MB'")
    for (const { indexdef } of indexes) await client.query(indexdef)
    await client.query('VACUUM ANALYZE')
  })
}

beforeAll(async () => {
  installation = await startInstallation()
  actor = await owner()
  await db().$executeRaw`INSERT INTO "Customer" (id, name) SELECT gen_random_uuid(), 'c' || n FROM generate_series(1, 20) n`
  customerId = (await db().customer.findFirstOrThrow({ where: { name: 'c7' } })).id
  scoped = await person([{ role: 'viewer', customerId }])
  await db().$executeRaw`
    INSERT INTO "Firewall" (id, "customerId", name, family, origin, "trustMode", "trustConfirmedAt")
    SELECT gen_random_uuid(), (SELECT id FROM "Customer" WHERE name = 'c' || (1 + n % 20)), 'fw' || n, 'opnsense', 'https://192.0.2.1', 'public-ca', now() FROM generate_series(1, ${FIREWALLS}::int) n`
  const end = (address: Prisma.Sql, port: Prisma.Sql) => Prisma.sql`jsonb_build_object('not', false, 'kind', 'address', 'address', ${address}, 'port', ${port})`
  await withoutIndexes(async () => {
    await into(Prisma.sql`"FactRule"`, Prisma.sql`jsonb_build_object('id', n::text, 'layer', 'interface', 'layerName', 'LAN', 'position', 1 + n % 500, 'enabled', true, 'action', 'pass', 'interfaces', jsonb_build_array('LAN'), 'protocol', 'tcp', 'description', 'Rule for ' || left(md5(n::text), 8),
      'source', ${end(ADDRESS, Prisma.sql`NULL`)}, 'destination', ${end(Prisma.sql`'10.' || ${spread(7, 250)} || '.0.0/16'`, Prisma.sql`(${spread(7919, 65_000)})::text`)})`, ROWS)
    await into(Prisma.sql`"FactNeighbour"`, Prisma.sql`jsonb_build_object('protocol', 'arp', 'ip', ${ADDRESS}, 'mac', ${MAC}, 'interface', 'LAN', 'device', 'em1', 'hostname', 'host-' || left(md5(n::text), 8), 'manufacturer', NULL)`, ROWS)
    await into(Prisma.sql`"FactLease"`, Prisma.sql`jsonb_build_object('ip', ${ADDRESS}, 'mac', ${MAC}, 'hostname', 'desk-' || left(md5(n::text), 8), 'description', NULL, 'state', 'active')`, ROWS / 4)
    await into(Prisma.sql`"FactAlias"`, Prisma.sql`jsonb_build_object('id', n::text, 'name', 'alias_' || n, 'type', 'host', 'description', '', 'content', jsonb_build_array(${ADDRESS}, left(md5(n::text), 6)))`, ROWS / 10)
    await into(Prisma.sql`"FactInterface"`, Prisma.sql`jsonb_build_object('id', n::text, 'device', 'em1', 'description', 'LAN', 'mac', ${MAC}, 'ipv4', jsonb_build_array('10.' || ${spread(7, 250)} || '.' || ${spread(31, 253)} || '.1/24'), 'ipv6', '[]'::jsonb)`, ROWS / 10)
    await into(Prisma.sql`"FactGateway"`, Prisma.sql`jsonb_build_object('name', 'WAN_' || left(md5(n::text), 8), 'address', ${ADDRESS}, 'monitorAddress', '9.9.9.9')`, ROWS / 20)
    await into(Prisma.sql`"FactTunnel"`, Prisma.sql`jsonb_build_object('id', n::text, 'name', 'to ' || left(md5(n::text), 8), 'remoteAddress', ${ADDRESS} || ':51820', 'networks', jsonb_build_array('172.16.' || ${spread(7, 250)} || '.0/24'))`, ROWS / 20)
    await db().$executeRaw`INSERT INTO "Change" (at, "firewallId", kind, key, what, before, after) SELECT i."changedAt", i."firewallId", 'arp', i.key, 'changed', i.body, i.body || '{"mac": "02:00:00:00:00:01"}' FROM "FactNeighbour" i WHERE i.key::int % 10 = 0`
    await db().$executeRaw`INSERT INTO "Change" (at, "firewallId", kind, key, what, after) SELECT i."changedAt", i."firewallId", 'arp', i.key, 'new', i.body FROM "FactNeighbour" i`
  })
}, 900_000)
afterAll(() => installation.end())

const QUESTIONS = ['10.7.31.97', '10.7.31.0/28', '10.7.31.', 'c4:ca:42:38:a0:b9', 'c4ca.4238', 'host-c4ca4238', 'c4ca42', '7919', 'zebra', 'alias_77', 'rule for c4ca', '2001:db8::1'] as const
/** `walks`: a table may be read from its beginning where that is cheaper. */
type Planned = { statement: Prisma.Sql; walks: boolean }
/** On a small table a plan without the indexes is cheaper, so that is switched off there: what no index serves stays a walk. */
const plan = ({ statement, walks }: Planned): Promise<string> =>
  onOneConnection(async (client) => {
    await client.query(`SET enable_seqscan = ${IS_LARGE && walks ? 'on' : 'off'}`)
    const { rows } = await client.query({ text: `EXPLAIN (FORMAT JSON) ${statement.text}`, values: statement.values })
    await client.query('RESET enable_seqscan')
    return JSON.stringify(rows)
  })
const statementsOf = (q: string, customerIds: CustomerIds): Planned[] => {
  const meanings = recognise(q)
  const facts = (['rules', 'aliases', 'equipment'] as const).map((group) => lookedFor(group, meanings)).filter((looked) => looked.length > 0)
  const holders = holdersStatement({ meanings, customerIds, after: null, limit: 8 })
  const questions = facts.map((looked) => ({ looked, customerIds, after: null, limit: 8, isPointed: isPointed(meanings) }))
  return [...questions.map((question) => ({ statement: factsStatement(question), walks: !isOfFewRows(question) })), ...(holders === null ? [] : [{ statement: holders, walks: true }])]
}

describe(`a search among ${ROWS} rules and as many addresses`, () => {
  it.each(QUESTIONS)('%s', async (q) => {
    for (const statement of statementsOf(q, 'all')) expect([...(await plan(statement)).matchAll(/"Node Type":"Seq Scan"[^{}]*"Relation Name":"((?:Fact|Change)\w*)"/g)].map(([, table]) => table)).toEqual([])
    for (const who of [actor, scoped]) {
      const times: number[] = []
      for (let turn = 0; turn < TURNS; turn += 1) {
        const started = performance.now()
        await search(who, searchInput.parse({ q }))
        times.push(performance.now() - started)
      }
      const sorted = times.toSorted((a, b) => a - b)
      process.stdout.write(`${q}${who === scoped ? ', one customer' : ''}: median ${sorted[Math.floor(TURNS / 2)]?.toFixed(1)} ms, worst ${sorted.at(-1)?.toFixed(1)} ms\n`)
    }
  })
  it('what nearly everything matches ends soon, with as many as are looked at', async () => {
    if (ROWS < 20_000) return
    const { holders, rules } = await search(actor, searchInput.parse({ q: 'host' }))
    expect([holders?.total, holders?.totalIsAtLeast, rules?.total]).toEqual([1_000, true, 0])
    expect(await search(actor, searchInput.parse({ q: 'Rule for' }))).toMatchObject({ rules: { total: 1_000, totalIsAtLeast: true, items: expect.any(Array) as unknown[] } })
  })
})
