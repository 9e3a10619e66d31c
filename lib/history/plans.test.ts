// What history asks is found by an index, so that it stays fast when there are many firewalls and many changes.
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { db } from '@/lib/db/client'
import { Prisma } from '@/lib/db/generated/client'
import { aCustomer, owner, person, startInstallation, type Installation } from '@/lib/testing/installation'
import { withPast } from '@/lib/testing/past'
import { listChanges, listFirewallChanges } from './changes'
import { latestEvents } from './events'
import { readHistory } from './read'

let installation: Installation
let who: Awaited<ReturnType<typeof owner>>
let scoped: Awaited<ReturnType<typeof person>>
let id: string
const NOW = new Date()

beforeAll(async () => {
  installation = await startInstallation()
  who = await owner()
  const { id: customerId } = await aCustomer()
  const few = await aCustomer()
  scoped = await person([{ role: 'viewer', customerId: few.id }])
  await db().$executeRaw`
    INSERT INTO "Firewall" (id, "customerId", name, family, origin, "trustMode", "pinSha256", "trustConfirmedAt", state)
    SELECT gen_random_uuid(), CASE WHEN n <= 5 THEN ${few.id}::uuid ELSE ${customerId}::uuid END, 'fw' || n, 'opnsense', 'https://10.0.0.1', 'pin', repeat('a', 64), now(), 'reachable' FROM generate_series(1, 120) n`
  id = (await db().firewall.findFirstOrThrow({ where: { name: 'fw7' } })).id
  // Of 100 changes 90 are of neighbours, as on real firewalls.
  await db().$executeRaw`
    INSERT INTO "Change" (at, "firewallId", kind, key, what, before, after)
    SELECT now() - make_interval(hours => 30 * n), f.id, CASE WHEN n % 10 > 0 THEN 'arp' WHEN n % 20 = 0 THEN 'firewall' ELSE 'rules' END, CASE WHEN n % 20 = 0 THEN 'state' ELSE 'k' || n END, 'changed',
      jsonb_build_object('state', 'degraded', 'reason', NULL), jsonb_build_object('state', 'reachable', 'reason', NULL)
    FROM "Firewall" f, generate_series(1, 200) n ORDER BY n DESC`
  await db().$executeRaw`SELECT audit_append(json_build_object('at', now(), 'actor', json_build_object('kind', 'console', 'id', NULL, 'name', 'x'), 'action', 'firewall.check', 'target', json_build_object('kind', 'firewall', 'id', f.id, 'name', f.name), 'result', 'done')::text) FROM "Firewall" f, generate_series(1, 3)`
  await withPast(id, NOW, { hoursOfFine: 10 })
  for (const table of ['visit', 'five_minutes', 'hour'].map((name) => Prisma.raw(`samples.${name}`)))
    await db().$executeRaw`INSERT INTO ${table} SELECT (jsonb_populate_record(s, jsonb_build_object('firewallId', f.id))).* FROM ${table} s, "Firewall" f WHERE f.name LIKE 'fw9_'`
  await db().$executeRaw`ANALYZE`
}, 60_000)
afterAll(() => installation.end())

type Asked = { text: string; values: unknown[] }
type Node = { 'Node Type': string; 'Relation Name'?: string; 'Index Name'?: string; 'Actual Rows': number; 'Actual Loops': number; Plans?: Node[] }

/** Every statement that `work` sends, and how PostgreSQL carried it out. */
async function plansOf(work: () => Promise<unknown>): Promise<Node[][]> {
  const query = vi.spyOn(pg.Client.prototype, 'query')
  const asked: Asked[] = []
  try {
    await work()
    for (const [first, values] of query.mock.calls as unknown[][]) asked.push(typeof first === 'string' ? { text: first, values: (values as unknown[] | undefined) ?? [] } : (first as Asked))
  } finally {
    query.mockRestore()
  }
  const client = new pg.Client({ connectionString: process.env.DATABASE_URL })
  await client.connect()
  const flat = (node: Node): Node[] => [node, ...(node.Plans ?? []).flatMap(flat)]
  const plans: Node[][] = []
  for (const { text, values } of asked.filter(({ text: each }) => /^\s*(\(?SELECT|WITH)/.test(each))) {
    const { rows } = await client.query<{ 'QUERY PLAN': [{ Plan: Node }] }>(`EXPLAIN (ANALYZE, FORMAT JSON) ${text}`, values)
    plans.push(rows.flatMap((row) => flat(row['QUERY PLAN'][0].Plan)))
  }
  await client.end()
  return plans
}

const LARGE = /^(Change|AuditEntry|visit|five_minutes|hour)/
function expectIndexed(plans: Node[][], rowsMax: number): string[] {
  const nodes = plans.flat()
  expect(nodes.filter((node) => node['Node Type'] === 'Seq Scan' && LARGE.test(node['Relation Name'] ?? '') && node['Actual Rows'] * node['Actual Loops'] > 0)).toEqual([])
  const read = nodes.filter((node) => LARGE.test(node['Relation Name'] ?? '')).map((node) => ({ of: node['Relation Name'], rows: node['Actual Rows'] * node['Actual Loops'] }))
  expect(read.filter(({ rows }) => rows > rowsMax)).toEqual([])
  return nodes.flatMap((node) => node['Index Name'] ?? [])
}

describe('by index', () => {
  it.each(['1h', '24h', '90d'] as const)('the history of %s', async (range) => {
    const used = expectIndexed(await plansOf(() => readHistory(who, { id, range }, NOW)), 3_000)
    expect(used).toEqual(expect.arrayContaining(['Change_of_whole_firewall', 'AuditEntry_targetId_entry_idx']))
    expect(used.some((name) => /^(visit|five_minutes|hour)_/.test(name))).toBe(true)
  })
  it('changes of one firewall', async () => {
    expect(expectIndexed(await plansOf(() => listFirewallChanges(who, { id, kind: ['rules', 'aliases'], limit: 5 })), 100)).toContain('Change_of_firewall_by_kind')
    expect(expectIndexed(await plansOf(() => listFirewallChanges(who, { id, limit: 5 })), 1_000)).toContain('Change_firewallId_id_idx')
  })
  it('changes of all firewalls, and of those of a customer', async () => {
    expect(expectIndexed(await plansOf(() => listChanges(who, { kind: ['rules'], limit: 5 })), 15_000)).toContain('Change_by_kind')
    expect(expectIndexed(await plansOf(() => listChanges(scoped, { kind: ['rules'], limit: 5 })), 1_000)).toContain('Change_of_firewall_by_kind')
  })
  it('the latest events', async () => {
    expect(expectIndexed(await plansOf(() => latestEvents(who, { limit: 10 })), 15_000)).toContain('Change_by_kind')
    expect(expectIndexed(await plansOf(() => latestEvents(scoped, { limit: 10 })), 3_000)).toContain('Change_of_firewall_by_kind')
  })
})
