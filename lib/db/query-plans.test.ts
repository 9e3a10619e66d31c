// The statements of the hot paths find their rows by an index, so that they stay fast when the tables are large.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { db } from '@/lib/db/client'
import { pageStatement } from '@/lib/db/firewall-list-sql'
import { Prisma } from '@/lib/db/generated/client'
import type { FirewallPosition } from '@/lib/db/firewall-sorts'
import { FIREWALL_SORTS, type FirewallSort } from '@/lib/firewalls/words'
import { startInstallation, type Installation } from '@/lib/testing/installation'

let installation: Installation
let customerId: string
beforeAll(async () => {
  installation = await startInstallation()
  await db().$executeRaw`INSERT INTO "Customer" (id, name) SELECT gen_random_uuid(), 'c' || n FROM generate_series(1, 20) n`
  await db().$executeRaw`
    INSERT INTO "Firewall" (id, "customerId", name, family, origin, "trustMode", "pinSha256", "trustConfirmedAt", "stateRank")
    SELECT gen_random_uuid(), (SELECT id FROM "Customer" WHERE name = 'c' || (1 + n % 20)), 'fw' || n, 'opnsense', 'https://10.0.0.1', 'pin', repeat('a', 64), now(), n % 7 FROM generate_series(1, 10000) n`
  await db().$executeRaw`INSERT INTO "FirewallVisit" ("firewallId", "dueAt") SELECT id, now() + interval '1 hour' FROM "Firewall"`
  await db().$executeRaw`SELECT audit_append(json_build_object('at', now(), 'actor', json_build_object('kind', 'console', 'id', NULL, 'name', 'x'), 'action', 'firewall.read', 'target', json_build_object('kind', 'firewall', 'id', 'f' || (n % 500), 'name', 'n'), 'result', 'done')::text) FROM generate_series(1, 3000) n`
  await db().$executeRaw`INSERT INTO "Reading" ("firewallId", kind, "observedAt", digest, body) SELECT id, 'arp', now(), 'd', '{}' FROM "Firewall"`
  await db().$executeRaw`INSERT INTO "FirmwareCheck" (id, "firewallId", state, actor, "createdAt", "nextStepAt", "finishedAt") SELECT gen_random_uuid(), id, 'done', '{}', now(), now(), CASE WHEN name = 'fw7' THEN NULL ELSE now() END FROM "Firewall"`
  await db().$executeRaw`INSERT INTO "AuthenticationFailure" (id, origin, at) SELECT gen_random_uuid(), 'https://10.0.0.' || (n % 200), now() FROM generate_series(1, 3000) n`
  const { id: operatorId } = await db().operator.create({ data: { name: 'x', email: 'x@nordwall.example', passwordHash: '' } })
  await db().$executeRaw`INSERT INTO "Session" (id, "operatorId", "createdAt", "lastSeenAt") SELECT gen_random_uuid(), ${operatorId}::uuid, now(), now() FROM generate_series(1, 3000) n`
  customerId = (await db().customer.findUniqueOrThrow({ where: { name: 'c3' } })).id
  await db().$executeRaw`ANALYZE`
})
afterAll(() => installation.end())

async function plan(statement: Prisma.Sql): Promise<string> {
  const rows = await db().$queryRaw<{ 'QUERY PLAN': unknown }[]>(Prisma.sql`EXPLAIN (FORMAT JSON) ${statement}`)
  return JSON.stringify(rows[0]?.['QUERY PLAN'])
}

const ID = '00000000-0000-4000-8000-000000000000'
describe('query plans', () => {
  it.each([
    ['due visits', Prisma.sql`SELECT "firewallId" FROM "FirewallVisit" WHERE "dueAt" <= now() ORDER BY "dueAt" LIMIT 1 FOR UPDATE SKIP LOCKED`, 'FirewallVisit_dueAt_idx'],
    ['due steps of checks', Prisma.sql`SELECT id FROM "FirmwareCheck" WHERE "finishedAt" IS NULL AND "nextStepAt" <= now()`, 'FirmwareCheck_'],
    ['audit entries of a firewall', Prisma.sql`SELECT * FROM "AuditEntry" WHERE "targetId" = 'f7' ORDER BY entry DESC LIMIT 101`, 'AuditEntry_targetId_entry_idx'],
    ['the newest audit entries', Prisma.sql`SELECT * FROM "AuditEntry" ORDER BY entry DESC LIMIT 101`, 'AuditEntry_pkey'],
    ['a reading', Prisma.sql`SELECT * FROM "Reading" WHERE "firewallId" = ${ID}::uuid AND kind = 'arp'`, 'Reading_pkey'],
    ['a session', Prisma.sql`SELECT * FROM "Session" WHERE id = ${ID}::uuid`, 'Session_pkey'],
    ['failed authentications', Prisma.sql`SELECT at FROM "AuthenticationFailure" WHERE origin = 'https://10.0.0.1' AND at > now() - interval '30 min'`, 'AuthenticationFailure_origin_at_idx'],
    ['the fleet, worst first', Prisma.sql`SELECT f.id FROM "Firewall" f ORDER BY f."stateRank", lower(f.name), f.id LIMIT 101`, 'Firewall_by_state'],
    ['a later page of the fleet', Prisma.sql`SELECT f.id FROM "Firewall" f WHERE (f."stateRank", lower(f.name), f.id) > (5, 'fw9', ${ID}::uuid) ORDER BY f."stateRank", lower(f.name), f.id LIMIT 101`, 'Firewall_by_state'],
    ['the fleet by name', Prisma.sql`SELECT f.id FROM "Firewall" f ORDER BY lower(f.name), f.id LIMIT 101`, 'Firewall_by_name'],
  ])('%s by index', async (_, statement, index) => {
    const text = await plan(statement)
    expect(text).toContain(index)
    expect(text).not.toMatch(/"Node Type":"Seq Scan","Parallel Aware":false,"Async Capable":false,"Relation Name":"(Firewall|FirewallVisit|AuditEntry|Reading)"/)
  })
  it('the fleet of one customer by index', async () => {
    expect(await plan(Prisma.sql`SELECT f.id FROM "Firewall" f WHERE f."customerId" = ANY(ARRAY[${customerId}]::uuid[]) ORDER BY f."stateRank", lower(f.name), f.id LIMIT 20`)).toMatch(/Firewall_of_customer_by_state|Firewall_by_state/)
  })

  const page = (sort: FirewallSort, descending = false, after: FirewallPosition | null = null) => plan(pageStatement({ sort, descending, after, limit: 100 }, Prisma.sql`TRUE`))
  it.each([
    ['state', 'Firewall_by_state', '20'],
    ['name', 'Firewall_by_name', 'fw5'],
    ['version', 'Firewall_by_version', '26.7'],
    ['firmware', 'Firewall_by_firmware', 'offered'],
    ['certificate', 'Firewall_by_certificate', '2027-01-01'],
    ['address', 'Firewall_by_address', 'https://10.0.0.1'],
    ['enrolled', 'Firewall_by_enrolled', '2026-01-01'],
  ] as const)('a page of the fleet by %s, the first and a later one, by index', async (sort, index, sorted) => {
    expect(await page(sort)).toContain(index)
    expect(await page(sort, false, { sorted, name: 'fw5', id: ID })).toContain(index)
  })
  it('every other order of the fleet is one pass over it, in memory', async () => {
    for (const sort of FIREWALL_SORTS) {
      for (const descending of [false, true]) {
        const statement = pageStatement({ sort, descending, after: null, limit: 100 }, Prisma.sql`TRUE`)
        const rows = await db().$queryRaw<{ 'QUERY PLAN': { 'Execution Time': number }[] }[]>(Prisma.sql`EXPLAIN (ANALYZE, FORMAT JSON) ${statement}`)
        expect(JSON.stringify(rows[0]), sort).not.toMatch(/external (sort|merge)|"Sort Space Type":"Disk"/)
      }
    }
  })
})
