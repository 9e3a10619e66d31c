// What a look costs: a fixed number of statements, and with FIREWALLS=10000 at most two seconds.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { db } from '@/lib/db/client'
import { at } from '@/lib/testing/alert-timeline'
import { counted } from '@/lib/testing/fact-world'
import { aCustomer, startInstallation, type Installation } from '@/lib/testing/installation'
import { alertKeeper } from '@/lib/worker/run-alerts'

const FIREWALLS = Number(process.env.FIREWALLS ?? 300)
const LOOK_MS_MAX = 2_000
let installation: Installation
let customerId: string
beforeAll(async () => {
  installation = await startInstallation()
  customerId = (await aCustomer()).id
})
afterAll(() => installation.end())

const add = (first: number, count: number) => db().$executeRaw`
  INSERT INTO "Firewall" (id, "customerId", name, family, origin, "trustMode", "trustConfirmedAt", "createdAt", state, "visitedAt", "backupAt", "gatewaysUp", "gatewaysTotal", "gatewaysDown")
  SELECT gen_random_uuid(), ${customerId}::uuid, 'fw' || n, 'opnsense', 'https://fw' || n, 'pin', ${at(0)}::timestamptz, ${at(0)}::timestamptz - interval '90 days', 'reachable', ${at(0)}::timestamptz, ${at(0)}::timestamptz, 2, 2, 0
  FROM generate_series(${first}::int, ${first + count - 1}::int) n`
const addGateways = () => db().$executeRaw`
  INSERT INTO "Reading" ("firewallId", kind, "observedAt", digest, body) SELECT id, 'gateways', now(), 'd', '{"items": [{"name": "WAN1", "state": "online", "lossPercent": 0}, {"name": "WAN2", "state": "online", "lossPercent": 1.5}]}' FROM "Firewall" ON CONFLICT DO NOTHING`
const setAll = (state: string, minute: number) => db().$executeRaw`UPDATE "Firewall" SET state = ${state}, "lastErrorAt" = ${at(minute)}, "visitedAt" = ${at(minute)}`
const fell = (minute: number) => db().$executeRaw`UPDATE "Firewall" SET "stateSince" = ${at(minute)}`

it('is the same number of statements for all as for few, and is over soon', async () => {
  const keeper = alertKeeper()
  const looks: { look: string; firewalls: number; statements: number; ms: number }[] = []
  const look = async (name: string, minute: number) => {
    const started = performance.now()
    let firewalls = 0
    const statements = await counted(async () => {
      firewalls = (await keeper.keep(at(minute)))?.firewalls ?? -1
    })
    looks.push({ look: name, firewalls, statements: statements.length, ms: Math.round(performance.now() - started) })
  }
  const round = async (of: string) => {
    await setAll('reachable', 0)
    await look(`${of} are well, everything`, 0)
    await look(`${of} are well, what changed`, 0.2)
    await setAll('unreachable', 1)
    await fell(1)
    await look(`${of} fall silent`, 1)
    await setAll('unreachable', 6)
    await look(`${of} open`, 6)
    await look(`${of} stay silent, everything`, 12)
    await setAll('reachable', 13)
    await look(`${of} answer`, 13)
    await look(`${of} are over`, 15)
  }
  await add(0, 10)
  await addGateways()
  await round('10')
  await db().alert.deleteMany({})
  await add(10, FIREWALLS - 10)
  await addGateways()
  await db().$executeRaw`ANALYZE`
  await round(String(FIREWALLS))
  console.table(looks)
  expect(await db().notice.count({ where: { kind: 'alert-opened' } })).toBe(FIREWALLS + 10)
  expect(await db().notice.count({ where: { kind: 'alert-resolved' } })).toBe(FIREWALLS + 10)
  const half = looks.length / 2
  expect(looks.slice(half).map(({ statements }) => statements)).toEqual(looks.slice(0, half).map(({ statements }) => statements))
  for (const { statements, ms } of looks) {
    expect(statements).toBeLessThanOrEqual(18)
    expect(ms).toBeLessThan(LOOK_MS_MAX)
  }
}, 120_000)
