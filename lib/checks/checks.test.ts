import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startFleet, type Fleet } from '@/e2e/fake-firewalls/fleet'
import { firewallOperations } from '@/lib/api/firewalls'
import { db } from '@/lib/db/client'
import { call, tokenOf } from '@/lib/testing/api-client'
import { enrolled, must } from '@/lib/testing/enrolled'
import { aCustomer, owner, person, startInstallation, type Installation } from '@/lib/testing/installation'
import { startChecks, wakeOverdueChecks } from '@/lib/worker/run-checks'
import { stepCheck } from './step'

let installation: Installation
let fleet: Fleet
let token: string
let customerId: string
beforeAll(async () => {
  installation = await startInstallation()
  fleet = await startFleet()
  token = await tokenOf(await owner(), 'owner')
  customerId = (await aCustomer('Loxley Councils')).id
})
afterAll(async () => {
  await fleet.stop()
  await installation.end()
})

const enrol = async (name: string) => {
  const firewall = await fleet.add({ name, family: 'opnsense', version: '26.7', durationsMs: { check: 0 } })
  return { firewall, id: String((await enrolled(firewall, token, customerId)).body.id) }
}
const start = (id: string, by = token) => call(firewallOperations.startCheck, { token: by, params: { id }, body: {} })
const openCheck = (firewallId: string) => db().firmwareCheck.findFirstOrThrow({ where: { firewallId }, orderBy: { createdAt: 'desc' } })
const due = (id: string) => db().firmwareCheck.updateMany({ where: { id, finishedAt: null }, data: { nextStepAt: new Date(0) } })

describe('checks for updates', () => {
  it('asked twice is one check', async () => {
    const { id } = await enrol('once')
    await Promise.all([start(id), start(id), start(id)])
    expect(await db().firmwareCheck.count({ where: { firewallId: id } })).toBe(1)
    expect(await db().auditEntry.count({ where: { action: 'firewall.check', targetId: id } })).toBe(1)
  })

  it('a step is done once, also when two workers are woken for it', async () => {
    const { id, firewall } = await enrol('twice')
    must(await start(id), 202)
    const check = await openCheck(id)
    await Promise.all([stepCheck(check.id, 'one', new Date()), stepCheck(check.id, 'two', new Date())])
    expect(firewall.counts().byPath['POST /api/core/firmware/check']).toBe(1)
  })

  it('has its creator’s rights at that moment: disabled meanwhile, nothing is sent', async () => {
    const { id, firewall } = await enrol('disabled')
    const someone = await person([{ role: 'operator', customerId }])
    must(await start(id, await tokenOf(someone, 'operator', 'Loxley Councils')), 202)
    await db().operator.update({ where: { id: someone.id }, data: { disabledAt: new Date() } })
    firewall.resetCounts()
    const check = await openCheck(id)
    await due(check.id)
    await stepCheck(check.id, 'worker', new Date())
    expect(firewall.counts().requests).toBe(0)
    expect(await openCheck(id)).toMatchObject({ state: 'failed', message: 'Who asked for it may not do so any more.' })
  })

  it('ends when the firewall does not finish within 10 minutes', async () => {
    const { id, firewall } = await enrol('endless')
    await firewall.patch({ durationsMs: { check: 3_600_000 } })
    must(await start(id), 202)
    const check = await openCheck(id)
    await stepCheck(check.id, 'worker', new Date())
    await due(check.id)
    await stepCheck(check.id, 'worker', new Date(Date.now() + 11 * 60_000))
    expect((await openCheck(id)).message).toContain('within 10 min')
  })

  it('a lost wake-up is made good: the row alone is enough', async () => {
    const { id } = await enrol('lost')
    must(await start(id), 202)
    await startChecks('worker')
    const check = await openCheck(id)
    await due(check.id)
    await wakeOverdueChecks(new Date())
    await expect.poll(async () => { await due(check.id); return (await openCheck(id)).state }, { timeout: 25_000, interval: 200 }).toBe('done')
  })
})
