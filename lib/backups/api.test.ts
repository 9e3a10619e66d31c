// What the API tells about backups, and to whom it gives one.
import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { backupOperations } from '@/lib/api/backups'
import type { Actor } from '@/lib/auth/actor'
import { pageStatement } from '@/lib/db/backup-list-sql'
import { db } from '@/lib/db/client'
import { Prisma } from '@/lib/db/generated/client'
import { startFleet, type Fleet } from '@/e2e/fake-firewalls/fleet'
import { aBackup, CONFIGURATION } from '@/lib/testing/a-backup'
import { call, tokenOf } from '@/lib/testing/api-client'
import { enrolledId } from '@/lib/testing/backed-up'
import { aFirewall } from '@/lib/testing/fact-world'
import { aCustomer, owner, person, startInstallation, type Installation } from '@/lib/testing/installation'
import { account, browserOf, enrolFactor } from '@/lib/testing/people'
import { downloadBackup } from './download'
import { listBackups } from './read'

let installation: Installation
let fleet: Fleet
let who: Extract<Actor, { kind: 'operator' }>
let token: string
beforeAll(async () => {
  installation = await startInstallation()
  fleet = await startFleet()
  who = await owner()
  token = await tokenOf(who, 'owner')
})
afterAll(async () => {
  await fleet.stop()
  await installation.end()
})

const rename = async (id: string, name: string, data: Prisma.FirewallUpdateInput = {}) => db().firewall.update({ where: { id }, data: { name, ...data } })
const states = (query: Record<string, string>, by = token) => call(backupOperations.states, { token: by, query })
const named = (reply: Awaited<ReturnType<typeof states>>) => (reply.body.items as { firewall: { name: string }; state: string }[]).map(({ firewall, state }) => `${firewall.name} ${state}`)

describe('how the fleet stands', () => {
  let customerId: string
  let scoped: string
  beforeAll(async () => {
    const [good, old, never, failing, comparison, elsewhere] = [await aFirewall(), await aFirewall(), await aFirewall(), await aFirewall(), await aFirewall(), await aFirewall()]
    customerId = (await aCustomer('Alder Foods')).id
    const customer = { connect: { id: customerId } }
    const now = new Date()
    await rename(good, 'a good', { customer, backupAt: now, backupFormat: 'restorable' })
    await rename(old, 'b old', { customer, backupAt: new Date(now.getTime() - 4 * 86_400_000), backupFormat: 'restorable' })
    await rename(never, 'c never', { customer, backupError: 'The firewall does not answer.' })
    await rename(failing, 'd failing', { customer, backupAt: now, backupFormat: 'comparison', backupError: 'The configuration was cut off.' })
    await rename(comparison, 'e comparison', { customer, backupAt: now, backupFormat: 'comparison' })
    await rename(elsewhere, 'f elsewhere', { backupAt: now, backupFormat: 'restorable' })
    await aBackup(good, CONFIGURATION, new Date(now.getTime() - 86_400_000))
    await aBackup(good, `${CONFIGURATION}<!-- newer -->`, now)
    scoped = await tokenOf(await person([{ role: 'operator', customerId }]), 'operator', 'Alder Foods')
  })

  it('the worst first, page by page, with counts', async () => {
    const [first, second] = [await states({ customerId, limit: '3' }), await states({ customerId, limit: '3' })]
    expect(named(first)).toEqual(['b old none', 'c never none', 'd failing failing'])
    const next = await states({ customerId, limit: '3', cursor: String(second.body.nextCursor) })
    expect(named(next)).toEqual(['e comparison comparison', 'a good good'])
    expect([first.body.total, next.body.nextCursor]).toEqual([5, null])
    expect(next.body.items).toMatchObject([{ latest: null, backups: 0 }, { latest: { bytes: CONFIGURATION.length + '<!-- newer -->'.length }, backups: 2, customer: { name: 'Alder Foods' } }])
    expect((await call(backupOperations.counts, { token, query: { customerId } })).body).toEqual({ total: 5, states: { none: 2, failing: 1, comparison: 1, good: 1 } })
  })

  it('by state, name and firewall', async () => {
    expect(named(await states({ customerId, state: 'failing' }))).toEqual(['d failing failing'])
    expect(named(await states({ search: 'ALDER', state: 'good' }))).toEqual(['a good good'])
    expect(named(await states({ search: '%' }))).toEqual([])
  })

  it('of one’s own customers alone', async () => {
    expect((await states({}, scoped)).body.total).toBe(5)
    expect(named(await states({ search: 'elsewhere' }, scoped))).toEqual([])
  })

  it('is found by indexes', async () => {
    await db().$executeRaw`
      INSERT INTO "Firewall" (id, "customerId", name, family, origin, "trustMode", "pinSha256", "trustConfirmedAt", state)
      SELECT gen_random_uuid(), ${customerId}::uuid, 'fw' || n, 'opnsense', 'https://10.0.0.1', 'pin', repeat('a', 64), now(), 'reachable' FROM generate_series(1, 400) n`
    await db().$executeRaw`
      INSERT INTO "Backup" (id, "firewallId", "contentId", "takenAt", "seenAt", reason, actor)
      SELECT gen_random_uuid(), f.id, (SELECT id FROM "BackupContent" LIMIT 1), now() - make_interval(days => n), now(), 'daily', '{}' FROM "Firewall" f, generate_series(1, 40) n`
    await db().$executeRaw`ANALYZE`
    const explain = async (statement: Prisma.Sql) => JSON.stringify(await db().$queryRaw(Prisma.sql`EXPLAIN (FORMAT JSON) ${statement}`))
    const plan = await explain(pageStatement({ customerIds: 'all', daysMax: 3 }, undefined, null, 100))
    expect(plan).toContain('Backup_firewallId_takenAt_id_idx')
    expect(plan).not.toMatch(/"Seq Scan"[^}]*"Relation Name":"Backup"/)
    const older = Prisma.sql`SELECT * FROM "Backup" WHERE "firewallId" = ${await aFirewall()}::uuid AND ("takenAt", id) < (now(), gen_random_uuid()) ORDER BY "takenAt" DESC, id DESC LIMIT 101`
    expect(await explain(older)).toContain('Backup_firewallId_takenAt_id_idx')
  })
})

describe('the backups of one firewall', () => {
  it('newest first, page by page', async () => {
    const id = await aFirewall()
    for (let day = 0; day < 5; day += 1) await aBackup(id, `${CONFIGURATION}<!-- ${day} -->`, new Date(Date.UTC(2026, 0, 1 + day)))
    const first = await listBackups(who, { id, limit: 3, cursor: undefined })
    const rest = await listBackups(who, { id, limit: 3, cursor: first.nextCursor ?? undefined })
    expect([...first.items, ...rest.items].map(({ takenAt, isNewest }) => `${takenAt.slice(0, 10)} ${isNewest}`)).toEqual(['2026-01-05 true', '2026-01-04 false', '2026-01-03 false', '2026-01-02 false', '2026-01-01 false'])
    expect([first.total, rest.nextCursor]).toEqual([5, null])
  })

  it('the same Idempotency-Key names the same try', async () => {
    const { id: customerId } = await aCustomer()
    const id = await enrolledId(await fleet.add({ name: 'same-key', family: 'opnsense', version: '26.7' }), token, customerId)
    const take = () => call(backupOperations.take, { token, params: { id }, body: {}, headers: { 'idempotency-key': 'once' } })
    const [first, second] = [await take(), await take()]
    expect([first.status, second.body.id]).toEqual([202, first.body.id])
    await db().backupTask.updateMany({ data: { finishedAt: new Date(), state: 'done' } })
    expect((await take()).body.id).toBe(first.body.id)
    expect((await call(backupOperations.ofFirewall, { token, params: { id } })).body).toMatchObject({ possible: true, state: 'none', task: { id: first.body.id, state: 'done' } })
  })
})

describe('a download', () => {
  it('is the file as it came, for an admin who just proved who they are, with an entry', async () => {
    const id = await aFirewall()
    await rename(id, 'Büro / "edge"\r\n 1')
    const backupId = await aBackup(id, CONFIGURATION, new Date('2026-11-25T03:12:09Z'))
    const session = await browserOf((await enrolFactor(await account('admin'))).sessionId)
    const headers = { ...session, origin: 'http://localhost:3000', 'sec-fetch-site': 'same-origin' }
    const download = () => call(backupOperations.download, { params: { id, backupId }, body: {}, headers })
    const reply = await download()
    expect(reply.status).toBe(200)
    expect(reply.body.text).toBe(CONFIGURATION)
    expect(reply.headers.get('content-disposition')).toBe('attachment; filename="Bu-ro-edge-1_2026-11-25T03-12-09Z.xml"')
    expect(reply.headers.get('cache-control')).toContain('no-store')
    const entry = await db().auditEntry.findFirstOrThrow({ where: { action: 'firewall.backup.download', targetId: id } })
    expect(JSON.parse(entry.canonical)).toMatchObject({ result: 'done', details: { backupId, sha256: createHash('sha256').update(CONFIGURATION).digest('hex') } })
    await db().session.updateMany({ data: { provenAt: new Date(Date.now() - 3_600_000) } })
    expect((await download()).body).toMatchObject({ status: 403, code: 'step-up-required' })
    expect(await db().auditEntry.count({ where: { action: 'firewall.backup.download' } })).toBe(1)
  })

  it('is never given to a token, an operator, or under another firewall', async () => {
    const [id, other] = [await aFirewall(), await aFirewall()]
    const backupId = await aBackup(id)
    expect((await call(backupOperations.download, { token, params: { id, backupId }, body: {} })).body).toMatchObject({ status: 403, code: 'forbidden' })
    await expect(downloadBackup(await person([{ role: 'operator', customerId: null }]), { id, backupId })).rejects.toMatchObject({ code: 'forbidden' })
    await expect(downloadBackup(who, { id: other, backupId })).rejects.toMatchObject({ code: 'not-found' })
    expect((await call(backupOperations.read, { token, params: { id: other, backupId } })).status).toBe(404)
  })

  it('of a damaged one is refused whole, without an entry', async () => {
    const id = await aFirewall()
    const backupId = await aBackup(id)
    await db().$executeRaw`UPDATE "BackupChunk" SET "chunkSealed" = "chunkSealed" || '\\x00'::bytea WHERE "firewallId" = ${id}::uuid`
    await expect(downloadBackup(who, { id, backupId })).rejects.toMatchObject({ code: 'internal' })
    expect(await db().auditEntry.count({ where: { action: 'firewall.backup.download', targetId: id } })).toBe(0)
  })
})
