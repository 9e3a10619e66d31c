// The ten kinds of questions find their rows by an index when the tables are large, and soon.
import { performance } from 'node:perf_hooks'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '@/lib/auth/actor'
import { db } from '@/lib/db/client'
import { matching, walk, type FactList, type FactSort } from '@/lib/db/fact-list-sql'
import { findFieldValues } from '@/lib/db/field-values-sql'
import { onOneConnection } from '@/lib/db/statements'
import { Prisma } from '@/lib/db/generated/client'
import { askPage } from '@/lib/testing/query-answers'
import { listFactsInput } from '@/lib/fleet-lists/input'
import { listRules } from '@/lib/fleet-lists/list'
import { owner, startInstallation, type Installation } from '@/lib/testing/installation'
import { fieldsOf } from './fields'
import { parseConditions, type Pair } from './parse'

const ROWS = Number(process.env.ROWS ?? 200_000)
const FIREWALLS = 400
let installation: Installation
let actor: Actor

const n = Prisma.sql`n`
/** Spreads numbers over each other, so that no column follows the order of the rows. */
const spread = (by: number, upTo: number) => Prisma.sql`(n::bigint * ${by} % ${upTo})`
const into = (table: Prisma.Sql, body: Prisma.Sql, rows = ROWS) => db().$executeRaw`
  INSERT INTO ${table} ("firewallId", key, body, digest, "firstSeenAt", "changedAt")
  SELECT f.id, ${n}::text, ${body}, 'd', now() - ${spread(7919, 40_000)} * interval '1 minute', now() - ${spread(104_729, 20_000)} * interval '1 minute' FROM generate_series(1, ${rows}) n JOIN (SELECT id, row_number() OVER () AS place FROM "Firewall") f ON f.place = 1 + ${n} % ${FIREWALLS}`

/** Rows come in before the indexes, as a copy of many rows does it. */
async function withoutIndexes(load: () => Promise<unknown>): Promise<void> {
  const indexes = await db().$queryRaw<{ indexname: string; indexdef: string }[]>`SELECT indexname, indexdef FROM pg_indexes WHERE indexname LIKE 'Fact%_by_%'`
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
  await db().$executeRaw`
    INSERT INTO "Firewall" (id, "customerId", name, family, origin, "trustMode", "trustConfirmedAt")
    SELECT gen_random_uuid(), (SELECT id FROM "Customer" WHERE name = 'c' || (1 + n % 20)), 'fw' || n, 'opnsense', 'https://10.0.0.1', 'public-ca', now() FROM generate_series(1, ${FIREWALLS}) n`
  await withoutIndexes(async () => {
    await into(Prisma.sql`"FactRule"`, Prisma.sql`jsonb_build_object('id', n::text, 'layer', 'interface', 'layerName', 'LAN', 'position', 1 + n % 500, 'enabled', n % 10 > 0, 'action', CASE WHEN n % 4 = 0 THEN 'block' ELSE 'pass' END, 'interfaces', jsonb_build_array('LAN'), 'protocol', 'tcp', 'description', 'Rule for ' || left(md5(n::text), 8),
      'source', jsonb_build_object('not', false, 'kind', 'address', 'address', '10.' || ${spread(7, 250)} || '.' || ${spread(31, 253)} || '.' || ${spread(97, 251)}, 'port', NULL), 'destination', jsonb_build_object('not', false, 'kind', 'any', 'address', 'any', 'port', (${spread(7919, 65_000)})::text))`)
    await into(Prisma.sql`"FactNeighbour"`, Prisma.sql`jsonb_build_object('protocol', 'arp', 'ip', '10.' || ${spread(7, 250)} || '.' || ${spread(31, 253)} || '.' || ${spread(97, 251)}, 'mac', regexp_replace(left(md5(n::text), 12), '(..)(?=.)', '\\1:', 'g'), 'interface', 'LAN', 'device', 'em1', 'hostname', 'host-' || left(md5(n::text), 8), 'manufacturer', NULL)`)
    await into(Prisma.sql`"FactAlias"`, Prisma.sql`jsonb_build_object('id', n::text, 'name', 'alias_' || n, 'type', 'host', 'description', '', 'enabled', true, 'builtIn', false, 'content', jsonb_build_array('10.' || ${spread(7, 250)} || '.1.' || ${spread(31, 253)}, left(md5(n::text), 6)))`, ROWS / 10)
    await into(Prisma.sql`"FactLease"`, Prisma.sql`jsonb_build_object('ip', '10.' || ${spread(7, 250)} || '.' || ${spread(31, 253)} || '.' || ${spread(97, 251)}, 'mac', regexp_replace(left(md5(n::text), 12), '(..)(?=.)', '\\1:', 'g'), 'hostname', 'desk-' || left(md5(n::text), 8), 'state', 'active')`, ROWS / 10)
  })
}, 240_000)
afterAll(() => installation.end())

const MAC = 'c4:ca:42:38:a0:b9' // of 1
const QUESTIONS: readonly (readonly [string, FactList, Pair[], RegExp])[] = [
  ['an exact address', 'arp', [['ip', '10.7.31.97']], /FactNeighbour_by_value/],
  ['a MAC', 'arp', [['mac', MAC]], /FactNeighbour_by_value/],
  ['a port', 'rules', [['destination__port', '7919']], /FactRule_by_value/],
  ['a nested contains', 'rules', [['source__address__contains', '.31.97']], /FactRule_by_text/],
  ['a prefix', 'arp', [['hostname__startswith', 'host-c4ca']], /FactNeighbour_by_text/],
  ['a numeric range', 'rules', [['destination__port__gte', '64990'], ['destination__port__lt', '65000']], /FactRule_by_destination_port/],
  ['one of several', 'rules', [['source__address__in', '10.7.31.97,10.14.62.194,10.1.1.1']], /FactRule_by_value/],
  ['all but', 'rules', [['action__except', 'block'], ['source__address__startswith', '10.7.31.']], /FactRule_by_text/],
  ['two conditions', 'arp', [['interface', 'LAN'], ['mac__startswith', 'c4:ca:42']], /FactNeighbour_by_(text|value|mac)/],
  ['no match', 'rules', [['description__contains', 'zebra']], /FactRule_by_text/],
  ['a range of addresses', 'leases', [['ip__gte', '10.7.31.0'], ['ip__lte', '10.7.31.255']], /FactLease_by_address/],
  ['a range of addresses inside a rule', 'rules', [['source__address__gte', '10.7.31.0'], ['source__address__lt', '10.7.32.0']], /FactRule_by_source_address/],
  ['a part of an entry of a list', 'aliases', [['content__contains', '.7.1.31']], /FactAlias_by_text/],
  ['an entry of a list', 'aliases', [['content', '10.7.1.31']], /FactAlias_by_value/],
]

const planOf = async (statement: Prisma.Sql): Promise<string> => {
  const rows = await db().$queryRaw<{ 'QUERY PLAN': unknown }[]>(Prisma.sql`EXPLAIN (FORMAT JSON) ${statement}`)
  return JSON.stringify(rows[0]?.['QUERY PLAN'])
}

describe(`questions to ${ROWS} rules and as many addresses`, () => {
  it.each(QUESTIONS)('%s', async (_, list, pairs, index) => {
    const conditions = parseConditions(list, pairs)
    const plan = await planOf(Prisma.sql`${matching({ list, conditions, customerIds: 'all', gone: false, sort: 'firewall' })} LIMIT 10001`)
    expect(plan).toMatch(index)
    expect(plan).not.toMatch(/"Node Type":"Seq Scan"[^{}]*"Relation Name":"Fact/)
    const times: number[] = []
    for (let turn = 0; turn < 7; turn += 1) {
      const started = performance.now()
      const { total } = await askPage(actor, list, { where: pairs, limit: 100, cursor: undefined, descending: false })
      times.push(performance.now() - started)
      expect(total > 0).toBe(!pairs.some(([, value]) => value === 'zebra'))
    }
    process.stdout.write(`${JSON.stringify(pairs)}: median ${times.toSorted((a, b) => a - b)[3]?.toFixed(1)} ms\n`)
  })
  it('what nearly all rows match is answered by a walk in order', async () => {
    for (const where of [[['enabled', 'true']], [['action__except', 'block']], [['description__startswith', 'Rule']], []] as Pair[][]) {
      const started = performance.now()
      const page = await askPage(actor, 'rules', { where, limit: 100, cursor: undefined, descending: true })
      process.stdout.write(`${JSON.stringify(where)}: ${(performance.now() - started).toFixed(1)} ms\n`)
      expect([page.items.length, page.total, page.totalIsAtLeast]).toEqual([100, 10_000, true])
    }
  })
  it('a regular expression over all of them says that it did not see the rest', async () => {
    const page = await askPage(actor, 'rules', { where: [['description__regex', '^Rule for [0-9a-f]+$']], limit: 100, cursor: undefined, descending: false })
    expect([page.items.length, page.truncated, page.totalIsAtLeast]).toEqual([100, true, true])
    expect(await askPage(actor, 'rules', { where: [['description__regex', 'c4ca42[0-9a-f]+$']], limit: 100, cursor: undefined, descending: false })).toMatchObject({ total: expect.any(Number) as number })
  })
})

describe('the order of a time', () => {
  const question = (sort: FactSort, pairs: Pair[], descending: boolean) => ({ list: 'rules' as const, conditions: parseConditions('rules', pairs), regex: null, customerIds: 'all' as const, gone: false, sort, descending, limit: 100 })
  it.each([
    ['changed', 'FactRule_by_change'],
    ['firstSeen', 'FactRule_by_first_seen'],
  ] as const)('%s is walked by its index where much matches', async (sort, index) => {
    const after = { firewallId: '00000000-0000-4000-8000-000000000000', key: '1', at: new Date(Date.now() - 86_400_000) }
    for (const descending of [true, false]) {
      for (const place of [null, after]) {
        const plan = await planOf(walk({ ...question(sort, [['enabled', 'true']], descending), after: place }))
        expect(plan).toContain(index)
        // The page itself is put in order once more, which costs nothing.
        expect(plan).not.toMatch(/"Node Type":"(Seq Scan|Bitmap Heap Scan)"/)
      }
    }
  })
  it('every page comes soon, in order, and each row once', async () => {
    for (const [sort, where] of [['-changed', [['enabled', 'true']]], ['firstSeen', [['destination__port', '7919']]], ['-firstSeen', [['description__startswith', 'Rule for c']]]] as const) {
      const times: number[] = []
      const seen: string[] = []
      let cursor: string | undefined
      for (let page = 0; page < 4; page += 1) {
        const started = performance.now()
        const answer = await listRules(actor, listFactsInput.parse({ where, sort, limit: 100, cursor }))
        times.push(performance.now() - started)
        seen.push(...answer.items.map((item) => `${sort.endsWith('changed') ? item.changedAt : item.firstSeenAt} ${item.firewall.id} ${item.id}`))
        cursor = answer.nextCursor ?? undefined
        if (cursor === undefined) break
      }
      process.stdout.write(`${sort} ${JSON.stringify(where)}: ${times.map((ms) => ms.toFixed(1)).join(', ')} ms\n`)
      expect(seen).toEqual(seen.toSorted((a, b) => (a < b ? -1 : 1) * (sort.startsWith('-') ? -1 : 1)))
      expect(new Set(seen).size).toBe(seen.length)
      expect(Math.min(...times)).toBeLessThan(ROWS / 1_000)
    }
  })
})

describe('values of a field', () => {
  it.each([
    ['rules', 'action', ''],
    ['rules', 'source__address', '10.7.31'],
    ['rules', 'description', 'rule for c4ca'],
    ['arp', 'hostname', 'zzz'],
    ['aliases', 'content', '10.7'],
    ['rules', 'customer__name', 'c1'],
  ] as const)('%s %s beginning with "%s" are there within the second', async (list, name, startsWith) => {
    const field = fieldsOf(list).find((known) => known.name === name)
    if (!field) throw new Error(name)
    const started = performance.now()
    const { values, truncated } = await findFieldValues({ list, field, startsWith, customerIds: 'all', customerId: null })
    process.stdout.write(`values of ${name} from "${startsWith}": ${values.length}${truncated ? ' of the first 50,000' : ''}, ${(performance.now() - started).toFixed(1)} ms\n`)
    expect(values.length > 0).toBe(startsWith !== 'zzz')
    for (const { value } of values) expect(value.toLowerCase().startsWith(startsWith)).toBe(true)
  })
})

describe('fields and indexes', () => {
  it('every field whose parts are served stands in an index of texts, and every range in one of numbers', async () => {
    const indexes = await db().$queryRaw<{ indexdef: string }[]>`SELECT indexdef FROM pg_indexes WHERE tablename LIKE 'Fact%'`
    const tables = { rules: 'FactRule', aliases: 'FactAlias', arp: 'FactNeighbour', leases: 'FactLease' } as const
    for (const [list, table] of Object.entries(tables) as [FactList, string][]) {
      for (const { name, type, at, parts, ranges } of fieldsOf(list)) {
        if (!('path' in at)) continue
        const inIndex = `${at.path.slice(0, -1).map((part) => `-> '${part}'::text) `).join('')}->> '${at.path.at(-1)}'::text`
        const defined = (kind: string) => indexes.some(({ indexdef }) => indexdef.includes(`"${table}_by_`) && indexdef.includes(kind) && indexdef.includes(inIndex))
        expect([list, name, 'parts', defined('gin_trgm_ops')]).toEqual([list, name, 'parts', parts])
        expect([list, name, 'ranges', defined(type === 'address' ? 'palisade_address' : 'palisade_number')]).toEqual([list, name, 'ranges', ranges])
      }
    }
  })
})
