// Bytes on disk, tables and indexes together; docs/storage.md names these numbers.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { db } from '@/lib/db/client'
import { Prisma } from '@/lib/db/generated/client'
import { storeReadings } from '@/lib/firewalls/store-readings'
import { FACT_KINDS } from '@/lib/facts/kinds'
import { USUAL } from '@/lib/testing/fact-items'
import { aFirewall, minute, observed } from '@/lib/testing/fact-world'
import { startInstallation, type Installation } from '@/lib/testing/installation'
import { keepSamples } from '@/lib/worker/keep-samples'
import { FACT_TABLES } from './facts-sql'

let installation: Installation
beforeAll(async () => void (installation = await startInstallation()))
afterAll(() => installation.end())

const FIREWALLS = 20
const NOON = new Date('2026-11-24T12:00:00Z')
const bytesOf = async (tables: readonly string[]): Promise<number> => {
  const [row] = await db().$queryRaw<{ bytes: number }[]>(Prisma.sql`SELECT sum(pg_total_relation_size(name::regclass))::float8 AS bytes FROM unnest(${[...tables]}::text[]) name`)
  return row?.bytes ?? 0
}
const partitionsOf = async (table: string) => (await db().$queryRaw<{ name: string }[]>`SELECT inhrelid::regclass::text AS name FROM pg_inherits WHERE inhparent = ${`samples.${table}`}::regclass`).map(({ name }) => name)
const tell = (what: string, bytes: number) => process.stdout.write(`storage: ${what}: ${Math.round(bytes)} bytes\n`)

it('a day of samples of a firewall takes less than 600 kB', { timeout: 120_000 }, async () => {
  for (let number = 0; number < FIREWALLS; number += 1) await aFirewall()
  const day = new Date(NOON.getTime() + 86_400_000)
  await keepSamples(NOON, new AbortController().signal)
  // Each minute status and two gateways; each fifteenth one four interfaces beside them: 10 and 18 values.
  await db().$executeRaw`
    INSERT INTO samples.visit ("firewallId", at, layout, measured)
    SELECT f.id, ${NOON}::timestamptz + make_interval(mins => n), least(n % 15, 1), ARRAY(SELECT (random() * 100)::real FROM generate_series(1, CASE WHEN n % 15 = 0 THEN 18 ELSE 10 END) WHERE n IS NOT NULL)
    FROM generate_series(0, 1439) n, "Firewall" f`
  await db().$executeRaw`VACUUM FULL samples.visit`
  await keepSamples(new Date(day.getTime() + 600_000), new AbortController().signal)
  const bytes: Record<string, number> = {}
  for (const table of ['visit', 'five_minutes', 'hour']) tell(`${table}, each firewall and day`, (bytes[table] = (await bytesOf(await partitionsOf(table))) / FIREWALLS))
  const [row] = await db().$queryRaw<{ visits: number }[]>`SELECT count(*)::int AS visits FROM samples.visit`
  expect(row?.visits).toBe(FIREWALLS * 1440)
  expect(Object.values(bytes).reduce((sum, part) => sum + part, 0)).toBeLessThan(600_000)
})

it('a fact takes less than 2 kB and a change less than 2 kB', { timeout: 120_000 }, async () => {
  const firewalls = await db().firewall.findMany({ select: { id: true } })
  const before: Record<string, number> = {}
  const kinds = FACT_KINDS.map((kind) => [kind, FACT_TABLES[kind]] as const)
  for (const [kind, table] of kinds) before[kind] = await bytesOf([`"${table}"`])
  const items = (kind: (typeof FACT_KINDS)[number], more: object) => Array.from({ length: 200 }, (_, n) => ({ ...USUAL[kind], id: crypto.randomUUID().slice(0, 8) + n, name: `n${n}`, ip: `192.0.2.${n}`, description: `the thing number ${n}`, ...more }))
  const visits = firewalls.map(({ id }) => ({ id, items: FACT_KINDS.map((kind) => [kind, items(kind, {})] as const) }))
  for (const visit of visits) await storeReadings(visit.id, visit.items.map(([kind, all]) => observed(kind, all, minute(0))))
  for (const [kind, table] of kinds) {
    const each = ((await bytesOf([`"${table}"`])) - (before[kind] ?? 0)) / (200 * FIREWALLS)
    tell(`a fact of ${kind}`, each)
    expect(each).toBeLessThan(2_000)
  }
  const empty = await bytesOf(['"Change"'])
  for (const visit of visits) await storeReadings(visit.id, visit.items.map(([kind, all]) => observed(kind, all.map((item) => ({ ...item, description: 'edited', hostname: 'edited', state: 'unknown', running: false })), minute(1))))
  const changes = await db().change.count()
  expect(changes).toBeGreaterThan(1_000)
  tell(`a change, mean over all kinds`, ((await bytesOf(['"Change"'])) - empty) / changes)
  tell('readings of a firewall with 200 items of each kind', (await bytesOf(['"Reading"'])) / FIREWALLS)
  expect(((await bytesOf(['"Change"'])) - empty) / changes).toBeLessThan(2_000)
})
