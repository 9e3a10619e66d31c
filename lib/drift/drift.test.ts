import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { compareOperations } from '@/lib/api/compare'
import { driftOperations } from '@/lib/api/drift'
import { lockBackups, removeBackups } from '@/lib/db/backups-sql'
import { db } from '@/lib/db/client'
import { call, tokenOf } from '@/lib/testing/api-client'
import { xmlOf, type ConfigurationModel } from '@/lib/testing/configurations'
import { aCustomer, owner, person, startInstallation, type Installation } from '@/lib/testing/installation'
import { aStoredFirewall, storeConfiguration } from '@/lib/testing/stored-configuration'

const HASH = '$2y$10$hiddenhiddenhiddenhiddenhidden'
const first: ConfigurationModel = {
  hostname: 'fw',
  savedAt: 1_700_000_000,
  rules: ['Allow web', 'Allow mail', 'Allow time'].map((name, index) => ({ id: index + 1, name, interface: 'lan', source: `10.0.${index}.0/24`, port: 443 + index, disabled: false })),
  aliases: [{ id: 1, name: 'Servers', entries: ['192.0.2.1', '192.0.2.2', '192.0.2.3'] }],
  users: [{ id: 2000, name: 'anna', hash: HASH, group: 'admins' }],
}
const changed: ConfigurationModel = { ...first, savedAt: first.savedAt + 60, rules: first.rules.map((rule) => (rule.id === 2 ? { ...rule, port: 2525 } : rule)), users: first.users.map((user) => ({ ...user, hash: `${HASH}x` })) }
const again: ConfigurationModel = { ...changed, savedAt: first.savedAt + 120, aliases: [] }

let installation: Installation
let token: string
let customerId: string
let customerName: string
let firewallId: string
let number = 0
const minutes = (count: number) => new Date(Date.UTC(2026, 10, 1) + count * 60_000)
const store = (model: ConfigurationModel, minute: number, by?: string) =>
  storeConfiguration(firewallId, 'opnsense', xmlOf('opnsense', model), { at: minutes(minute), ...(by !== undefined && { revisedAt: minutes(minute - 5), revisedBy: by }) })
const columns = () => db().firewall.findUniqueOrThrow({ where: { id: firewallId }, select: { acceptedBackupId: true, driftSince: true, driftItems: true } })
const accept = (backupId: string, body: Record<string, unknown> = {}, by = token) => call(driftOperations.accept, { token: by, params: { id: firewallId }, body: { backupId, note: 'ordered in 4711', ...body } })
const drifting = (query: Record<string, string> = {}, by = token) => call(driftOperations.list, { token: by, query: { customerId, ...query } })

beforeAll(async () => {
  installation = await startInstallation()
  token = await tokenOf(await owner(), 'owner')
})
afterAll(() => installation.end())
beforeEach(async () => {
  const customer = await aCustomer()
  customerId = customer.id
  customerName = customer.name
  firewallId = await aStoredFirewall(customerId, 'opnsense', `fw-${(number += 1)}`)
})

describe('drift', () => {
  it('the first backup stands for what is accepted; a later one drifts from it, since when the firewall was changed', async () => {
    const one = await store(first, 0)
    expect(await columns()).toEqual({ acceptedBackupId: one, driftSince: null, driftItems: null })
    const two = await store(changed, 60, 'anna@10.0.0.9')
    expect(await columns()).toEqual({ acceptedBackupId: one, driftSince: minutes(55), driftItems: 2 })
    expect((await drifting()).body).toMatchObject({ total: 1, items: [{ since: minutes(55).toISOString(), items: 2, acceptedBackupId: one, newestBackupId: two, revisedBy: 'anna@10.0.0.9', firewall: { id: firewallId } }] })
    expect(await db().backup.findUniqueOrThrow({ where: { id: two }, select: { added: true, removed: true, changed: true } })).toEqual({ added: 0, removed: 0, changed: 2 })
  })

  it('goes on since it began, counts what differs from the accepted one, and ends by itself when all is as it was', async () => {
    await store(first, 0)
    await store(changed, 60)
    const three = await store(again, 120)
    expect(await columns()).toMatchObject({ driftSince: minutes(60), driftItems: 3 })
    expect(await db().backup.findUniqueOrThrow({ where: { id: three }, select: { added: true, removed: true, changed: true } })).toEqual({ added: 0, removed: 1, changed: 0 })
    await store({ ...first, savedAt: first.savedAt + 999 }, 180)
    expect(await columns()).toMatchObject({ driftSince: null, driftItems: null })
  })

  it('a save that changes only stamps is none', async () => {
    await store(first, 0)
    await store({ ...first, savedAt: first.savedAt + 3_600 }, 60, 'anna')
    expect(await columns()).toMatchObject({ driftSince: null })
  })

  it('what cannot be compared is drift of an unknown size', async () => {
    await store(first, 0)
    await storeConfiguration(firewallId, 'opnsense', '<?xml version="1.0"?><!DOCTYPE x><opnsense/>', { at: minutes(60) })
    expect(await columns()).toMatchObject({ driftSince: minutes(60), driftItems: null })
    expect((await drifting({ sort: '-items' })).body).toMatchObject({ items: [{ items: null }] })
  })
})

describe('accepting', () => {
  it('ends the drift, is audited with its note, and can be taken back', async () => {
    const one = await store(first, 0)
    const two = await store(changed, 60)
    const { status, body } = await accept(two)
    expect(status).toBe(200)
    expect(body).toMatchObject({ acceptedBackupId: two, byDefault: false, since: null, acceptances: [{ backupId: two, note: 'ordered in 4711' }] })
    expect(await db().auditEntry.findFirstOrThrow({ where: { action: 'firewall.drift.accept', targetId: firewallId } })).toMatchObject({ result: 'done' })
    expect((await drifting()).body).toMatchObject({ total: 0 })
    expect((await accept(one, { again: true, note: 'too early' })).body).toMatchObject({ acceptedBackupId: one, items: 2, since: minutes(60).toISOString() })
  })

  it('what is not the newest any more is refused, and changes nothing', async () => {
    const one = await store(first, 0)
    const two = await store(changed, 60)
    await store(again, 120)
    expect(await accept(two)).toMatchObject({ status: 409, body: { code: 'conflict', title: expect.stringContaining('not the newest') as unknown, nextStep: expect.any(String) as unknown } })
    expect(await accept(two, { again: true })).toMatchObject({ status: 409, body: { title: expect.stringContaining('never accepted') as unknown } })
    expect(await columns()).toMatchObject({ acceptedBackupId: one, driftItems: 3 })
    expect(await db().configAcceptance.count({ where: { firewallId } })).toBe(0)
  })

  it('two at the same time: each is whole, and the later one stands', async () => {
    await store(first, 0)
    const two = await store(changed, 60)
    const replies = await Promise.all([accept(two), accept(two), store(again, 120)])
    const { acceptedBackupId, driftItems } = await columns()
    const accepted = replies.slice(0, 2).filter((reply) => typeof reply !== 'string' && reply.status === 200).length
    expect(driftItems).toBe(accepted === 0 ? 3 : 1)
    expect(acceptedBackupId === two).toBe(accepted > 0)
  })

  it('waits for a backup that is being stored for longer than other changes may take', async () => {
    const one = await store(first, 0)
    const accepting: ReturnType<typeof accept>[] = []
    await db().$transaction(async (tx) => {
      await lockBackups(tx, firewallId)
      accepting.push(accept(one))
      // Longer than a transaction of which nothing else is said.
      const waits = () => db().$queryRaw<unknown[]>`SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND now() - xact_start > interval '5.5 seconds' AND datname = current_database()`
      await expect.poll(async () => (await waits()).length, { interval: 200, timeout: 60_000 }).toBe(1)
    }, { timeout: 90_000 })
    expect(await accepting[0]).toMatchObject({ status: 200, body: { acceptedBackupId: one } })
  }, 120_000)

  it('is remembered with its note when its backup was thinned out', async () => {
    await store(first, 0)
    const two = await store(changed, 60)
    await accept(two)
    const three = await store(again, 120)
    await accept(three, { note: 'ordered in 4712' })
    await db().$transaction((tx) => removeBackups(tx, firewallId, [two]))
    expect((await call(driftOperations.ofFirewall, { token, params: { id: firewallId } })).body).toMatchObject({ acceptedBackupId: three, byDefault: false, since: null, acceptances: [{ backupId: three, note: 'ordered in 4712' }, { backupId: null, note: 'ordered in 4711' }] })
    expect(await accept(two, { again: true })).toMatchObject({ status: 404 })
  })

  it('a note is needed; a viewer may neither look nor accept; another customer’s operator finds nothing', async () => {
    const one = await store(first, 0)
    expect((await accept(one, { note: '  ' })).status).toBe(400)
    const viewer = await tokenOf(await person([{ role: 'viewer', customerId }]), 'viewer', customerName)
    const elsewhere = await aCustomer()
    const foreign = await tokenOf(await person([{ role: 'operator', customerId: elsewhere.id }]), 'operator', elsewhere.name)
    expect((await accept(one, {}, viewer)).status).toBe(403)
    expect((await call(driftOperations.ofFirewall, { token: viewer, params: { id: firewallId } })).status).toBe(403)
    expect((await accept(one, {}, foreign)).status).toBe(404)
    expect((await drifting({}, foreign)).body).toMatchObject({ total: 0, items: [] })
  })
})

describe('the list of the fleet', () => {
  it('has pages in each order, and is searched by name and by who changed it', async () => {
    const expected: string[] = []
    for (let at = 0; at < 5; at += 1) {
      firewallId = await aStoredFirewall(customerId, 'opnsense', `drifting-${(number += 1)}`)
      await store(first, at)
      await store(at % 2 === 0 ? changed : again, 60 + at, at === 3 ? 'berta' : 'anna')
      expected.push(firewallId)
    }
    for (const sort of ['since', '-since', '-items']) {
      const seen: string[] = []
      let cursor: string | null = null
      do {
        const { body } = await drifting({ sort, limit: '2', ...(cursor !== null && { cursor }) })
        const page = body as { items: { firewall: { id: string } }[]; nextCursor: string | null; total: number }
        expect(page.total).toBe(5)
        seen.push(...page.items.map(({ firewall }) => firewall.id))
        cursor = page.nextCursor
      } while (cursor !== null)
      expect(sort === '-items' ? [...seen].sort() : seen).toEqual(sort === 'since' ? expected : sort === '-since' ? [...expected].reverse() : [...expected].sort())
    }
    expect((await drifting({ search: 'berta' })).body).toMatchObject({ total: 1, items: [{ firewall: { id: expected[3] } }] })
  })
})

describe('comparing through the API', () => {
  it('counts by section, gives items in pages and lines in pages, and nothing of a secret', async () => {
    const one = await store(first, 0)
    const two = await store(again, 60, 'anna')
    const query = { before: one, after: two }
    const summary = await call(compareOperations.summary, { token, query })
    expect(summary.body).toMatchObject({ same: false, problem: null, counts: { added: 0, removed: 1, changed: 2, moved: 0 }, sections: [{ section: 'rules' }, { section: 'aliases' }, { section: 'users' }], after: { revisedBy: 'anna', itemCount: expect.any(Number) as unknown } })
    const page = await call(compareOperations.items, { token, query: { ...query, limit: '2' } })
    expect(page.body).toMatchObject({ total: 3, items: [{ label: "Rule 'Allow mail' on LAN", what: 'changed', values: [{ path: 'destination/port', before: '444', after: '2525' }] }, { what: 'removed', label: "Alias 'Servers'" }] })
    const rest = await call(compareOperations.items, { token, query: { ...query, limit: '2', cursor: String(page.body.nextCursor) } })
    expect(rest.body).toMatchObject({ nextCursor: null, items: [{ label: "User 'anna'", values: [{ path: 'password', before: '[secret]', after: '[secret]', secret: true }] }] })
    expect((await call(compareOperations.items, { token, query: { ...query, search: '2525' } })).body).toMatchObject({ total: 1 })
    expect((await call(compareOperations.items, { token, query: { ...query, search: 'hidden' } })).body).toMatchObject({ total: 0 })
    const raw = await call(compareOperations.raw, { token, query })
    expect(raw.body).toMatchObject({ coarse: [], nextCursor: null })
    const told = JSON.stringify([summary.body, page.body, rest.body, raw.body])
    expect(told).toContain('<password>[secret, changed]</password>')
    expect(told).not.toContain('hidden')
    expect(told).not.toContain('\\u0001')
  })

  it('compares two firewalls; one that is not in scope is as if it did not exist', async () => {
    const one = await store(first, 0)
    const elsewhere = await aCustomer()
    const otherFirewall = await aStoredFirewall(elsewhere.id, 'pfsense-v2', `other-${(number += 1)}`)
    const other = await storeConfiguration(otherFirewall, 'pfsense-v2', xmlOf('pfsense-v2', first))
    const query = { before: one, after: other }
    expect((await call(compareOperations.summary, { token, query })).body).toMatchObject({ problem: null, before: { family: 'opnsense' }, after: { family: 'pfsense-v2' } })
    const half = await tokenOf(await person([{ role: 'operator', customerId }]), 'operator', customerName)
    const unknown = { before: one, after: '00000000-0000-4000-8000-0000000000ff' }
    const [foreign, none] = [await call(compareOperations.summary, { token: half, query }), await call(compareOperations.summary, { token: half, query: unknown })]
    expect(foreign.status).toBe(404)
    expect({ ...foreign.body, instance: null, requestId: null }).toEqual({ ...none.body, instance: null, requestId: null })
  })

  it('what could not be read says why, and items of it are a conflict', async () => {
    const one = await store(first, 0)
    const two = await storeConfiguration(firewallId, 'opnsense', '<?xml version="1.0"?><!DOCTYPE x><opnsense/>', { at: minutes(60) })
    const query = { before: one, after: two }
    expect((await call(compareOperations.summary, { token, query })).body).toMatchObject({ problem: expect.stringContaining('document type') as unknown, same: false, sections: [] })
    expect((await call(compareOperations.items, { token, query })).status).toBe(409)
  })
})
