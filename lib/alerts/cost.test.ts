// What a look costs: a fixed number of statements, and with FIREWALLS=10000 at most two seconds while a twentieth goes wrong at
// once. That all of them do is printed too: then it is Palisade's own line, and the looks that follow are short again.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { db } from '@/lib/db/client'
import { at } from '@/lib/testing/alert-timeline'
import { counted } from '@/lib/testing/fact-world'
import { aCustomer, startInstallation, type Installation } from '@/lib/testing/installation'
import { alertKeeper } from '@/lib/worker/run-alerts'

const FIREWALLS = Number(process.env.FIREWALLS ?? 100)
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
/** The first `count` firewalls are in a state, and were looked at in this minute. */
async function set(count: number, state: string, minute: number): Promise<void> {
  await db().$executeRaw`UPDATE "Firewall" SET "lastErrorAt" = ${at(minute)}, "visitedAt" = ${at(minute)}`
  await db().$executeRaw`UPDATE "Firewall" SET state = ${state} WHERE substring(name FROM 3)::int < ${count} AND state <> ${state}`
}
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
  /** Later rounds lie in another hour, so that what happened in one does not come back in the next. */
  const round = async (of: string, count: number, hour: number) => {
    const minute = hour * 120
    await set(count, 'reachable', minute)
    await look(`${of} are well, everything`, minute)
    await look(`${of} are well, what changed`, minute + 0.2)
    await set(count, 'unreachable', minute + 1)
    await fell(minute + 1)
    await look(`${of} fall silent`, minute + 1)
    await set(count, 'unreachable', minute + 6)
    await look(`${of} open`, minute + 6)
    await set(count, 'unreachable', minute + 12)
    await look(`${of} stay silent, everything`, minute + 12)
    await set(count, 'reachable', minute + 13)
    await look(`${of} answer`, minute + 13)
    await set(count, 'reachable', minute + 15)
    await look(`${of} are over`, minute + 15)
  }
  await add(0, 10)
  await addGateways()
  await round('10', 10, 0)
  await add(10, FIREWALLS - 10)
  await addGateways()
  const part = FIREWALLS / 20
  await round(`${part} of ${FIREWALLS}`, part, 1)
  await round(`All ${FIREWALLS}`, FIREWALLS, 2)
  console.table(looks)
  const all = 10 + part + FIREWALLS
  expect(await db().notice.count({ where: { kind: 'alert-opened' } })).toBe(all)
  expect(await db().notice.count({ where: { kind: 'alert-resolved' } })).toBe(all)
  const statementsOf = (nth: number) => looks.slice(nth * 7, nth * 7 + 7).map(({ statements }) => statements)
  expect(statementsOf(1)).toEqual(statementsOf(0))
  expect(statementsOf(2)).toEqual(statementsOf(0))
  expect(Math.max(...looks.map(({ statements }) => statements))).toBeLessThanOrEqual(18)
  expect(Math.max(...looks.slice(0, 14).map(({ ms }) => ms))).toBeLessThan(LOOK_MS_MAX)
}, 240_000)
