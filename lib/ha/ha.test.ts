// Pairs: both rows say the same, whoever is edited, and what is wrong with one is said.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { firewallOperations } from '@/lib/api/firewalls'
import { db } from '@/lib/db/client'
import { call, tokenOf } from '@/lib/testing/api-client'
import { aCustomer, owner, person, startInstallation, type Installation } from '@/lib/testing/installation'
import type { PairMember } from './dto'
import { problemsOfPair } from './problems'

let installation: Installation
let token: string
let customerId: string
beforeAll(async () => {
  installation = await startInstallation()
  token = await tokenOf(await owner(), 'owner')
})
beforeEach(async () => {
  customerId = (await aCustomer()).id
})
afterAll(() => installation.end())

let count = 0
const add = async (more: Record<string, unknown> = {}) => {
  count += 1
  return (await db().firewall.create({ data: { customerId, name: `fw-${count}`, family: 'opnsense', origin: `https://192.0.2.${count}`, trustMode: 'public-ca', trustConfirmedAt: new Date(), state: 'reachable', visitedAt: new Date(), ...more } })).id
}
const edit = async (id: string, change: Record<string, unknown>) => {
  const { revision } = await db().firewall.findUniqueOrThrow({ where: { id } })
  return call(firewallOperations.edit, { token, params: { id }, body: change, headers: { 'if-match': `"${revision}"` } })
}
const peerOf = async (id: string) => (await db().firewall.findUniqueOrThrow({ where: { id } })).haPeerId
const pair = async (id: string, by = token) => (await call(firewallOperations.pair, { token: by, params: { id } })).body
const carp = (firewallId: string, ...addresses: string[]) =>
  db().reading.create({ data: { firewallId, kind: 'carp', observedAt: new Date(), digest: 'd', itemCount: addresses.length, body: { enabled: true, maintenanceMode: false, demotion: 0, notReported: [], items: addresses.map((address, at) => ({ interface: 'wan', vhid: at + 1, address, state: 'master', advertisingSkew: 0 })) } } })

describe('a pair', () => {
  it('is linked and let go in both rows, each with its audit entry', async () => {
    const [one, two] = [await add(), await add()]
    expect((await edit(one, { haPeerId: two })).status).toBe(200)
    expect([await peerOf(one), await peerOf(two)]).toEqual([two, one])
    expect((await edit(two, { haPeerId: null })).status).toBe(200)
    expect([await peerOf(one), await peerOf(two)]).toEqual([null, null])
    expect(await db().auditEntry.count({ where: { action: 'firewall.edit', targetId: { in: [one, two] } } })).toBe(4)
  })

  it('has two members: a third is refused, and a change of peer lets the former one go', async () => {
    const [one, two, three] = [await add(), await add(), await add()]
    await edit(one, { haPeerId: two })
    const refused = await edit(three, { haPeerId: one })
    expect(refused).toMatchObject({ status: 409, body: { issues: [{ field: 'haPeerId' }] } })
    expect(await peerOf(three)).toBeNull()
    expect((await edit(one, { haPeerId: three })).status).toBe(200)
    expect([await peerOf(one), await peerOf(two), await peerOf(three)]).toEqual([three, null, one])
  })

  it('ends when a member moves to another customer or is removed', async () => {
    const [one, two] = [await add(), await add()]
    await edit(one, { haPeerId: two })
    await edit(one, { customerId: (await aCustomer()).id })
    expect([await peerOf(one), await peerOf(two)]).toEqual([null, null])
    const three = await add()
    await edit(two, { haPeerId: three })
    await db().firewall.delete({ where: { id: three } })
    expect(await peerOf(two)).toBeNull()
  })

  it('of ten that want the same peer at once, one gets it', async () => {
    const peer = await add()
    const wanting = await Promise.all(Array.from({ length: 10 }, () => add()))
    const answers = await Promise.all(wanting.map((id) => edit(id, { haPeerId: peer })))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array<number>(9).fill(409)])
    const linked = await db().firewall.findMany({ where: { haPeerId: peer } })
    expect(linked.map(({ id }) => id)).toEqual([await peerOf(peer)])
  })

  it('is told with roles and problems, and is found by the name of the peer', async () => {
    const [one, two] = [await add({ haRole: 'master', version: '26.7' }), await add({ haRole: 'master', version: '26.1' })]
    await edit(one, { haPeerId: two })
    expect(await pair(one)).toMatchObject({ members: [{ id: one, role: 'master' }, { id: two, role: 'master' }], problems: [{ kind: 'two-masters' }, { kind: 'versions-differ' }], suggestions: [] })
    const { name } = await db().firewall.findUniqueOrThrow({ where: { id: two } })
    const found = await call(firewallOperations.list, { token, query: { haPeer__name: name } })
    expect((found.body.items as { id: string }[]).map(({ id }) => id)).toEqual([one])
  })
})

describe('suggestions', () => {
  it('come from shared addresses of the same customer alone, and not from who has a peer', async () => {
    const [one, two, three, lone] = [await add(), await add(), await add(), await add()]
    await Promise.all([carp(one, '203.0.113.1', '203.0.113.2'), carp(two, '203.0.113.1'), carp(three, '203.0.113.1', '203.0.113.2'), carp(lone, '198.51.100.1')])
    const elsewhere = (await aCustomer()).id
    const foreign = await add({ customerId: elsewhere })
    await carp(foreign, '203.0.113.1')
    const { name } = await db().firewall.findUniqueOrThrow({ where: { id: three } })
    expect(((await pair(one)).suggestions as { id: string }[]).map(({ id }) => id)).toEqual([three, two])
    expect((await pair(one)).suggestions).toContainEqual({ id: three, name, sharedAddresses: ['203.0.113.1', '203.0.113.2'] })
    await edit(three, { haPeerId: lone })
    expect(((await pair(one)).suggestions as { id: string }[]).map(({ id }) => id)).toEqual([two])
    const viewer = await tokenOf(await person([{ role: 'viewer', customerId: elsewhere }]), 'viewer')
    expect(await pair(foreign, viewer)).toMatchObject({ suggestions: [] })
  })
})

describe('what is wrong with a pair', () => {
  const member = (more: Partial<PairMember>): PairMember => ({ id: '00000000-0000-4000-8000-000000000001', name: 'a', state: 'reachable', role: 'master', version: '26.7', visitedAt: null, ...more })
  const kinds = (one: Partial<PairMember>, other: Partial<PairMember>) => problemsOfPair(member(one), member({ name: 'b', ...other })).map(({ kind }) => kind)
  it.each([
    [{ role: 'master' }, { role: 'backup' }, []],
    [{ role: 'master' }, { role: 'master' }, ['two-masters']],
    [{ role: 'master' }, { role: 'master', state: 'unreachable' }, ['peer-unreachable']],
    [{ role: 'backup' }, { role: 'backup' }, ['no-master']],
    [{ role: 'mixed' }, { role: 'mixed' }, ['roles-mixed']],
    [{ role: null }, { role: 'master' }, ['role-not-reported']],
    [{ role: 'master' }, { role: 'backup', version: '26.1' }, ['versions-differ']],
  ] as const)('%o and %o', (one, other, expected) => expect(kinds(one, other)).toEqual(expected))
})
