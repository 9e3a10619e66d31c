// Events of many firewalls on a real database, written by the triggers that write them in production.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { db } from '@/lib/db/client'
import { FACT_KINDS } from '@/lib/facts/kinds'
import { person, startInstallation, type Installation } from '@/lib/testing/installation'
import { aFirewall } from '@/lib/testing/fact-world'
import { latestEvents, toEvent } from './events'
import { CHANGE_KINDS } from './input'

let installation: Installation
let mine: string
let theirs: string
let mineCustomer: string
const change = (firewallId: string, kind: string, key: string, at: Date) => db().change.create({ data: { firewallId, kind, key, at, what: 'changed', before: {}, after: {} } })
const NOON = new Date('2026-11-24T12:00:00Z')

beforeAll(async () => {
  installation = await startInstallation()
  mine = await aFirewall()
  theirs = await aFirewall()
  mineCustomer = (await db().firewall.findUniqueOrThrow({ where: { id: mine } })).customerId
  for (let number = 0; number < 40; number += 1) await change(mine, number % 2 ? 'rules' : 'arp', `k${number}`, NOON)
  await db().firewall.update({ where: { id: mine }, data: { state: 'reachable', version: '26.1', bootedAt: NOON } })
  await db().firewall.update({ where: { id: mine }, data: { state: 'unreachable', stateReason: 'no answer on port 443', version: '26.7', bootedAt: new Date(NOON.getTime() + 3_600_000), pinSha256: 'b'.repeat(64) } })
  await db().firewall.update({ where: { id: theirs }, data: { state: 'reachable' } })
})
afterAll(() => installation.end())
const tell = (event: { type: string; firewall: { id: string } }) => [event.firewall.id === mine ? 'mine' : 'theirs', event.type]

describe('the latest events', () => {
  it('are newest first, with all rules that one visit saw as one, and no neighbours', async () => {
    const events = await latestEvents(await person([{ role: 'viewer', customerId: null }]), { limit: 20 })
    expect(events.map(tell)).toEqual([['theirs', 'state'], ['mine', 'certificate'], ['mine', 'boot'], ['mine', 'version'], ['mine', 'state'], ['mine', 'state'], ['mine', 'changes']])
    expect(events[4]).toMatchObject({ before: 'reachable', after: 'unreachable', reason: 'no answer on port 443' })
    expect(events[3]).toMatchObject({ before: '26.1', after: '26.7' })
    expect(events.at(-1)).toMatchObject({ kind: 'rules', count: 20, at: NOON.toISOString() })
  })
  it('of a customer are the same as those of who sees that customer alone', async () => {
    const everyone = await latestEvents(await person([{ role: 'viewer', customerId: null }]), { customerId: mineCustomer, limit: 20 })
    const scoped = await person([{ role: 'viewer', customerId: mineCustomer }])
    expect(await latestEvents(scoped, { limit: 20 })).toEqual(everyone)
    expect(everyone.map(tell)).toHaveLength(6)
    const foreign = (await db().firewall.findUniqueOrThrow({ where: { id: theirs } })).customerId
    expect(await latestEvents(scoped, { customerId: foreign, limit: 20 })).toEqual([])
  })
  it('are as many as were asked for', async () => {
    expect(await latestEvents(await person([{ role: 'viewer', customerId: null }]), { limit: 2 })).toHaveLength(2)
    await expect(latestEvents(await person([]), { limit: 2 })).rejects.toMatchObject({ code: 'forbidden' })
  })
})

it('kinds of changes are those of facts, and the firewall', () => expect([...CHANGE_KINDS].sort()).toEqual([...FACT_KINDS, 'firewall'].sort()))
it('what another version wrote is no event', () => {
  const at = NOON
  expect(toEvent({ at, kind: 'firewall', key: 'state', before: { state: 'reachable' }, after: { state: 'asleep' }, count: 1 })).toBeNull()
  expect(toEvent({ at, kind: 'firewall', key: 'mood', before: null, after: null, count: 1 })).toBeNull()
})
