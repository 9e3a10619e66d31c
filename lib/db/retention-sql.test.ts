import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { db } from '@/lib/db/client'
import { aCustomer, startInstallation, type Installation } from '@/lib/testing/installation'
import { sweep } from '@/lib/worker/sweep'
import { removeGoneFacts, removeOldChanges } from './retention-sql'

let installation: Installation
let firewallId: string
beforeAll(async () => {
  installation = await startInstallation()
  firewallId = (await db().firewall.create({ data: { customerId: (await aCustomer()).id, name: 'fw', family: 'opnsense', origin: 'https://192.0.2.1', trustMode: 'pin', pinSha256: 'a'.repeat(64), trustConfirmedAt: new Date() } })).id
})
afterAll(() => installation.end())

const NOW = new Date('2026-11-24T12:00:00Z')
const daysAgo = (days: number) => new Date(NOW.getTime() - days * 86_400_000)

beforeEach(async () => {
  await db().change.deleteMany()
  await db().factLease.deleteMany()
  // One for each day: 500 changes, and leases of which every other one is still there.
  await db().$executeRaw`INSERT INTO "Change" (at, "firewallId", kind, key, what) SELECT ${NOW}::timestamptz - make_interval(days => n), ${firewallId}::uuid, 'leases', n::text, 'gone' FROM generate_series(1, 500) n`
  await db().$executeRaw`
    INSERT INTO "FactLease" ("firewallId", key, body, digest, "firstSeenAt", "changedAt", "goneAt")
    SELECT ${firewallId}::uuid, n::text, '{}', '', ${daysAgo(600)}, ${daysAgo(600)}, CASE WHEN n % 2 = 0 THEN ${NOW}::timestamptz - make_interval(days => n) END FROM generate_series(1, 500) n`
})

it('changes of 400 days and gone facts of 90 stay; what is there stays for ever', async () => {
  await sweep(NOW)
  expect(await db().change.count()).toBe(400)
  expect(await db().change.count({ where: { at: { lt: daysAgo(400) } } })).toBe(0)
  expect(await db().factLease.count({ where: { goneAt: null } })).toBe(250)
  expect(await db().factLease.count({ where: { goneAt: { not: null } } })).toBe(45)
})

it('one run removes no more than it was told', async () => {
  expect([await removeOldChanges(daysAgo(0), 120), await removeGoneFacts(daysAgo(0), 120)]).toEqual([120, 120])
  expect([await db().change.count({ where: { at: { lt: daysAgo(380) } } }), await db().change.count()]).toEqual([0, 380])
  expect(await removeOldChanges(daysAgo(0), 100_000)).toBe(380)
})
