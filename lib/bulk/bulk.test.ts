import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startFleet, type Fleet, type FleetFirewall } from '@/e2e/fake-firewalls/fleet'
import { bulkOperations } from '@/lib/api/bulk'
import { postponeBulk } from '@/lib/db/bulk-sql'
import { db } from '@/lib/db/client'
import { call, tokenOf, type Reply } from '@/lib/testing/api-client'
import { enrolled, must } from '@/lib/testing/enrolled'
import { aCustomer, owner, person, startInstallation, type Installation } from '@/lib/testing/installation'
import { stepBackup } from '@/lib/backups/step'
import { stepCheck } from '@/lib/checks/step'
import type { BulkDto } from './input'
import { overdueBulk, stepBulk } from './step'

let installation: Installation
let fleet: Fleet
let token: string
let customerId: string
let otherId: string
const firewalls = new Map<string, { firewall: FleetFirewall; id: string }>()
const NEVER = new AbortController().signal

beforeAll(async () => {
  installation = await startInstallation()
  fleet = await startFleet()
  token = await tokenOf(await owner(), 'owner')
  customerId = (await aCustomer('Pinewood Schools')).id
  otherId = (await aCustomer('Orchard Legal')).id
  for (const name of ['ash', 'elm', 'oak', 'yew']) {
    const firewall = await fleet.add({ name, family: 'opnsense', version: '26.7', durationsMs: { check: 0 } })
    firewalls.set(name, { firewall, id: String((await enrolled(firewall, token, customerId)).body.id) })
  }
})
afterAll(async () => {
  await fleet.stop()
  await installation.end()
})

const idOf = (name: string) => firewalls.get(name)?.id ?? ''
const start = (body: Record<string, unknown>, { by = token, key }: { by?: string; key?: string } = {}): Promise<Reply> =>
  call(bulkOperations.start, { token: by, body, ...(key !== undefined && { headers: { 'idempotency-key': key } }) })
const read = async (id: string): Promise<BulkDto> => must(await call(bulkOperations.read, { token, params: { id } }), 200).body as BulkDto
/** Steps until it is over; the steps of checks and backups are made due and carried out as their own worker would. */
async function carryOut(id: string): Promise<BulkDto> {
  for (let step = 0; step < 20; step++) {
    await postponeBulk(id, -1)
    await stepBulk(id, 'worker', NEVER)
    for (const check of await db().firmwareCheck.findMany({ where: { finishedAt: null } })) {
      await db().firmwareCheck.update({ where: { id: check.id }, data: { nextStepAt: new Date(0) } })
      await stepCheck(check.id, 'worker', new Date())
    }
    for (const task of await db().backupTask.findMany({ where: { finishedAt: null } })) {
      await db().backupTask.update({ where: { id: task.id }, data: { nextStepAt: new Date(0) } })
      await stepBackup(task.id, 'worker', new Date())
    }
    const bulk = await read(id)
    if (bulk.finishedAt !== null) return bulk
  }
  throw new Error('It is not over after 20 steps.')
}
const act = async (body: Record<string, unknown>, more: { by?: string } = {}) => carryOut(String(must(await start(body, more), 202).body.id))
const tagsOf = async (name: string) => (await db().firewall.findUniqueOrThrow({ where: { id: idOf(name) } })).tags

describe('one act over many firewalls', () => {
  it('reads all that match, each with an audit entry, and says on which it failed', async () => {
    await firewalls.get('oak')?.firewall.patch({ scenario: 'dead' })
    const bulk = await act({ act: 'refresh', query: 'customer__name=Pinewood%20Schools&sort=-name' })
    expect(bulk).toMatchObject({ total: 4, counts: { pending: 0, running: 0, done: 3, failed: 1, skipped: 0 } })
    expect(bulk.problems).toEqual([{ firewallId: idOf('oak'), name: 'oak', state: 'failed', message: expect.stringMatching(/firewall.+\. .+\./) as string }])
    expect(await db().auditEntry.count({ where: { action: 'firewall.refresh', result: 'intent' } })).toBe(4)
    expect(await db().auditEntry.count({ where: { action: 'bulk.start', targetId: bulk.id } })).toBe(1)
    await firewalls.get('oak')?.firewall.patch({ scenario: 'none' })
    expect(await act({ act: 'refresh', again: { bulkId: bulk.id, states: ['failed'] } })).toMatchObject({ total: 1, counts: { done: 1, failed: 0 } })
  })

  it('follows checks for updates until the firewalls are done', async () => {
    const bulk = await act({ act: 'check', firewallIds: [idOf('ash'), idOf('elm')] })
    expect(bulk.counts).toMatchObject({ done: 2 })
    expect(firewalls.get('ash')?.firewall.counts().byPath['POST /api/core/firmware/check']).toBe(1)
  })

  it('follows backups until they are stored; asked again, what is stored still holds', async () => {
    const bulk = await act({ act: 'backup', firewallIds: [idOf('ash'), idOf('elm')] })
    expect(bulk.counts).toMatchObject({ done: 2, failed: 0 })
    expect(await db().backup.count({ where: { firewallId: { in: [idOf('ash'), idOf('elm')] } } })).toBe(2)
    expect((await act({ act: 'backup', firewallIds: [idOf('ash')] })).counts).toMatchObject({ done: 1 })
    expect(await db().backup.count({ where: { firewallId: idOf('ash') } })).toBe(1)
  })

  it('tags, says what was not needed, and is taken back on exactly those it changed', async () => {
    await db().firewall.update({ where: { id: idOf('yew') }, data: { tags: ['hq'] } })
    const bulk = await act({ act: 'tag', input: { add: ['hq'] }, firewallIds: [idOf('ash'), idOf('yew')] })
    expect(bulk.counts).toMatchObject({ done: 1, skipped: 1 })
    expect(await tagsOf('ash')).toEqual(['hq'])
    await act({ act: 'tag', input: { remove: ['hq'] }, again: { bulkId: bulk.id, states: ['done'] } })
    expect([await tagsOf('ash'), await tagsOf('yew')]).toEqual([[], ['hq']])
  })

  it('pauses with a reason, resumes, and moves to a place of another customer', async () => {
    await act({ act: 'pause', input: { reason: 'site is moving' }, firewallIds: [idOf('elm')] })
    expect(await db().firewall.findUniqueOrThrow({ where: { id: idOf('elm') } })).toMatchObject({ state: 'paused', pausedReason: expect.stringContaining('site is moving') as string })
    expect((await act({ act: 'resume', firewallIds: [idOf('elm'), idOf('ash')] })).counts).toMatchObject({ done: 1, skipped: 1 })
    const { id: siteId } = await db().site.create({ data: { customerId: otherId, name: 'Bergen', timeZone: 'Europe/Oslo' } })
    expect((await start({ act: 'move', input: { customerId, siteId }, firewallIds: [idOf('elm')] })).body).toMatchObject({ status: 400, issues: [{ field: 'input.siteId' }] })
    await act({ act: 'move', input: { customerId: otherId, siteId }, firewallIds: [idOf('elm')] })
    expect(await db().firewall.findUniqueOrThrow({ where: { id: idOf('elm') } })).toMatchObject({ customerId: otherId, siteId })
    expect((await act({ act: 'move', input: { customerId }, firewallIds: [idOf('elm')] })).counts.done).toBe(1)
  })
})

describe('who may, and for how long', () => {
  it('has its creator’s rights at that moment: taken away meanwhile, nothing is sent', async () => {
    const someone = await person([{ role: 'operator', customerId }])
    const bulk = must(await start({ act: 'refresh', query: '' }, { by: await tokenOf(someone, 'operator', 'Pinewood Schools') }), 202).body
    expect(bulk.total).toBe(4)
    await db().grant.updateMany({ where: { operatorId: someone.id }, data: { role: 'viewer' } })
    const { firewall } = firewalls.get('ash') ?? { firewall: undefined }
    firewall?.resetCounts()
    await postponeBulk(String(bulk.id), -1)
    await stepBulk(String(bulk.id), 'worker', NEVER)
    expect(firewall?.counts().requests).toBe(0)
    const items = await db().bulkItem.findMany({ where: { bulkId: String(bulk.id) } })
    expect(items.map(({ state, message }) => [state, message])).toEqual(Array.from({ length: 4 }, () => ['skipped', expect.stringContaining('operator') as string]))
  })
  it('does not reach beyond the scope, and says nothing of what is there', async () => {
    const someone = await tokenOf(await person([{ role: 'operator', customerId: otherId }]), 'operator', 'Orchard Legal')
    expect((await start({ act: 'refresh', firewallIds: [idOf('ash')] }, { by: someone })).body).toMatchObject({ status: 400, issues: [{ field: 'firewallIds', message: 'There is no such firewall.' }] })
    expect((await start({ act: 'refresh', query: `id=${idOf('ash')}` }, { by: someone })).status).toBe(400)
  })
  it('ends when it is cancelled', async () => {
    const { id } = must(await start({ act: 'refresh', query: '' }), 202).body
    must(await call(bulkOperations.cancel, { token, params: { id: String(id) }, body: {} }), 200)
    expect(await carryOut(String(id))).toMatchObject({ counts: { skipped: 4, done: 0 }, problems: [{ message: 'Cancelled before its turn.' }, {}, {}, {}] })
  })
})

describe('what may go wrong', () => {
  it('asked twice with one key is one act', async () => {
    const [one, two] = await Promise.all([start({ act: 'refresh', query: 'name=ash' }, { key: 'k1' }), start({ act: 'refresh', query: 'name=ash' }, { key: 'k1' })])
    expect([one.status, two.body.id]).toEqual([202, one.body.id])
    expect(await db().bulkAct.count({ where: { id: String(one.body.id) } })).toBe(1)
  })
  it('a step is done once, also when two workers are woken for it', async () => {
    const { firewall, id } = firewalls.get('yew') ?? { firewall: undefined, id: '' }
    const bulk = must(await start({ act: 'refresh', firewallIds: [id] }), 202).body
    await postponeBulk(String(bulk.id), -1)
    await Promise.all([stepBulk(String(bulk.id), 'one', NEVER), stepBulk(String(bulk.id), 'two', NEVER)])
    expect(await db().auditEntry.count({ where: { action: 'firewall.refresh', targetId: id, result: 'intent', at: { gte: new Date(String(bulk.createdAt)) } } })).toBe(1)
    expect(firewall).toBeDefined()
  })
  it('what ran when a worker died is done by the next: nothing is lost', async () => {
    const bulk = must(await start({ act: 'tag', input: { add: ['edge'] }, query: 'customer__name=Pinewood%20Schools' }), 202).body
    const bulkId = String(bulk.id)
    // As a worker leaves it that was killed: the step taken, one firewall at work, its change made but not noted.
    await db().bulkAct.update({ where: { id: bulkId }, data: { nextStepAt: new Date(Date.now() + 30_000) } })
    await db().bulkItem.updateMany({ where: { bulkId, firewallId: idOf('ash') }, data: { state: 'running', changedAt: new Date() } })
    await db().firewall.update({ where: { id: idOf('ash') }, data: { tags: ['edge'] } })
    await stepBulk(bulkId, 'too early', NEVER)
    expect((await read(bulkId)).counts).toMatchObject({ pending: 3, running: 1 })
    expect(await overdueBulk(new Date(Date.now() + 60_000))).toContain(bulkId)
    expect((await carryOut(bulkId)).counts).toMatchObject({ done: 3, skipped: 1 })
  })
  it('a worker that stops gives back what it did not begin', async () => {
    const { id } = must(await start({ act: 'refresh', query: '' }), 202).body
    await postponeBulk(String(id), -1)
    await stepBulk(String(id), 'worker', AbortSignal.abort())
    expect((await read(String(id))).counts).toMatchObject({ pending: 4, running: 0 })
  })
  it('refuses more than one way to say which, and what an act does not take', async () => {
    expect((await start({ act: 'refresh', query: '', firewallIds: [idOf('ash')] })).status).toBe(400)
    expect((await start({ act: 'refresh' })).status).toBe(400)
    expect((await start({ act: 'tag', input: {}, query: '' })).body).toMatchObject({ issues: [{ field: 'input' }] })
    expect((await start({ act: 'pause', input: { reason: ' ' }, query: '' })).body).toMatchObject({ issues: [{ field: 'input.reason' }] })
    expect((await start({ act: 'refresh', query: 'nonsense=1' })).body).toMatchObject({ issues: [{ field: 'nonsense' }] })
  })
})
