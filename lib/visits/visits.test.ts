import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { visitOperations } from '@/lib/api/visits'
import { db } from '@/lib/db/client'
import { DEFAULT_INTERVALS } from '@/lib/polling/intervals'
import { call, tokenOf } from '@/lib/testing/api-client'
import { must } from '@/lib/testing/enrolled'
import { aFirewall } from '@/lib/testing/fact-world'
import { owner, person, startInstallation, type Installation } from '@/lib/testing/installation'

let installation: Installation
let token: string
let one: string
let other: string
let customerId: string
beforeAll(async () => {
  installation = await startInstallation()
  token = await tokenOf(await owner(), 'owner')
  ;[one, other] = [await aFirewall(), await aFirewall()]
  customerId = (await db().firewall.findUniqueOrThrow({ where: { id: one } })).customerId
  await db().firewallVisit.createMany({ data: [one, other].map((firewallId) => ({ firewallId, dueAt: new Date() })) })
})
afterAll(() => installation.end())
const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1000)
beforeEach(async () => {
  await db().firewallVisit.updateMany({ data: { dueAt: inSeconds(50), misses: 0, leasedUntil: null } })
  await db().firewall.updateMany({ data: { pausedAt: null } })
})

const read = async (operation: 'intervals' | 'customer' | 'firewall', id?: string) => must(await call(visitOperations[operation], { token, ...(id && { params: { id } }) }), 200).body
const save = async (operation: 'intervals' | 'customer' | 'firewall', body: object, id?: string) => {
  const spec = { intervals: visitOperations.editIntervals, customer: visitOperations.editCustomer, firewall: visitOperations.editFirewall }[operation]
  const { etag } = await read(operation, id)
  return must(await call(spec, { token, ...(id && { params: { id } }), body, headers: { 'if-match': String(etag) } }), 200).body
}
const statusSeconds = async (id: string) => (await db().firewall.findUniqueOrThrow({ where: { id } })).statusSeconds
const waitSeconds = async (id: string) => ((await db().firewallVisit.findUniqueOrThrow({ where: { firewallId: id } })).dueAt.getTime() - Date.now()) / 1000

describe('intervals', () => {
  it('are inherited, decided, and given back, and what is stale follows at once', async () => {
    expect(await read('firewall', one)).toMatchObject({ own: {}, inherited: DEFAULT_INTERVALS, effective: DEFAULT_INTERVALS })
    await save('intervals', { status: 300, quietHours: { from: '23:00', to: '03:00' } })
    await save('customer', { status: 120 }, customerId)
    await save('firewall', { vpn: 60 }, one)
    expect(await read('firewall', one)).toMatchObject({ own: { vpn: 60 }, inherited: { status: 120, vpn: 300 }, effective: { status: 120, vpn: 60, quietHours: { from: '23:00', to: '03:00' } } })
    expect([await statusSeconds(one), await statusSeconds(other)]).toEqual([120, 300])
    await save('customer', {}, customerId)
    await save('intervals', {})
    await save('firewall', {}, one)
    expect(await read('firewall', one)).toMatchObject({ own: {}, effective: DEFAULT_INTERVALS })
    expect([await statusSeconds(one), await statusSeconds(other)]).toEqual([60, 60])
  })

  it('made shorter, visits do not wait for their old time, but for those of silent firewalls', async () => {
    await db().firewallVisit.updateMany({ data: { dueAt: inSeconds(3_000) } })
    await db().firewallVisit.update({ where: { firewallId: other }, data: { misses: 4 } })
    await save('intervals', { status: 30 })
    expect(await waitSeconds(one)).toBeLessThan(31)
    expect(await waitSeconds(other)).toBeGreaterThan(2_900)
    await save('intervals', {})
  })

  it('of two who save from the same page one is told to look again; one entry in the audit log tells before and after', async () => {
    const { etag } = await read('customer', customerId)
    const replies = await Promise.all([60, 90].map((status) => call(visitOperations.editCustomer, { token, params: { id: customerId }, body: { status }, headers: { 'if-match': String(etag) } })))
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 412])
    const entries = await db().auditEntry.findMany({ where: { action: 'customer.intervals', customerId }, orderBy: { entry: 'desc' } })
    const saved = replies.find(({ status }) => status === 200)?.body.own
    expect(JSON.parse(entries[0]?.canonical ?? '')).toMatchObject({ before: {}, after: saved })
    await save('customer', {}, customerId)
  })
})

describe('how late visits are', () => {
  const lag = async (by = token, query = {}) => must(await call(visitOperations.read, { token: by, query }), 200).body
  it('counts those in scope: in time, due, overdue, silent; paused ones do not count', async () => {
    expect(await lag()).toEqual({ lagP50Seconds: 0, lagP95Seconds: 0, firewalls: 2, due: 0, overdue: 0, backingOff: 0, workers: 0 })
    await db().firewallVisit.update({ where: { firewallId: one }, data: { dueAt: inSeconds(-90) } })
    await db().firewallVisit.update({ where: { firewallId: other }, data: { misses: 2 } })
    const now = await lag()
    expect(now).toMatchObject({ lagP50Seconds: 0, firewalls: 2, due: 1, overdue: 1, backingOff: 1 })
    expect(Number(now.lagP95Seconds)).toBeGreaterThan(89)
    const viewer = await tokenOf(await person([{ role: 'viewer', customerId }]), 'viewer', (await db().customer.findUniqueOrThrow({ where: { id: customerId } })).name)
    expect(await lag(viewer)).toMatchObject({ firewalls: 1, due: 1, backingOff: 0 })
    const elsewhere = (await db().firewall.findUniqueOrThrow({ where: { id: other } })).customerId
    expect(await lag(viewer, { customerId: elsewhere })).toMatchObject({ firewalls: 0, due: 0, backingOff: 0 })
    await db().firewall.update({ where: { id: one }, data: { pausedAt: new Date() } })
    expect(await lag()).toMatchObject({ firewalls: 1, due: 0 })
  })
})
