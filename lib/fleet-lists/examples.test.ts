// The examples of the pfSense API documentation (Queries, Filters and Sorting) and the recorded ones, over the whole fleet.
// `fieldname` there is a field of ours here.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fleetListOperations } from '@/lib/api/fleet-lists'
import { firewallOperations } from '@/lib/api/firewalls'
import { db } from '@/lib/db/client'
import { call, tokenOf } from '@/lib/testing/api-client'
import { aCustomer, owner, person, startInstallation, type Installation } from '@/lib/testing/installation'

let installation: Installation
let token: string
let scopedToken: string
let own: string
let foreign: string
type Query = readonly (readonly [string, string])[]
const rules = (...query: Query) => call(fleetListOperations.rules, { token, query })
const names = async (...query: Query) => ((await rules(...query)).body.items as { id: string }[]).map(({ id }) => id).sort()
const issue = async (...query: Query) => {
  const { status, body } = await rules(...query)
  return [status, body.code, (body.issues as { field: string }[])[0]?.field]
}

const ANY = { not: false, address: 'any', kind: 'any', port: null }
const RULES = {
  lan: { action: 'pass', description: 'Default allow LAN to any rule', interfaces: ['LAN'], position: 3, destination: ANY, log: false },
  bogons: { action: 'block', description: 'Block bogon networks', interfaces: ['WAN'], position: 1, destination: ANY, log: true },
  nas: { action: 'pass', description: 'NAT NAS https', interfaces: ['WAN'], position: 2, destination: { not: false, address: '192.168.1.10', kind: 'address', port: '443' }, log: false },
  guests: { action: 'reject', description: 'Guests away from LAN', interfaces: ['GUEST', 'OPT2'], position: 12, destination: { not: false, address: '10.0.0.0/8', kind: 'address', port: '1024' }, log: null },
  example: { action: 'pass', description: 'example', interfaces: ['LAN', 'WAN'], position: 7, destination: { not: true, address: 'servers', kind: 'alias', port: '8080' }, updatedBy: 'admin@10.0.0.1', updatedAt: '2026-05-01T10:00:00.000Z' },
} as const

async function addFirewall(name: string, customerId: string, tags: string[]): Promise<string> {
  const { id } = await db().firewall.create({ data: { name, customerId, tags, family: 'pfsense-v2', version: '2.8.1-RELEASE', origin: 'https://10.20.8.2', trustMode: 'public-ca', trustConfirmedAt: new Date() } })
  return id
}
const now = new Date()
const fact = (firewallId: string, key: string, body: object) => ({ firewallId, key, body, digest: 'd', firstSeenAt: now, changedAt: now })

beforeAll(async () => {
  installation = await startInstallation()
  token = await tokenOf(await owner(), 'owner')
  const [mine, theirs] = [await aCustomer('Halvorsen Dental'), await aCustomer('Orchard Legal')]
  scopedToken = await tokenOf(await person([{ role: 'viewer', customerId: mine.id }]), 'viewer', 'Halvorsen Dental')
  own = await addFirewall('edge-1', mine.id, ['edge', 'hq'])
  foreign = await addFirewall('edge-2', theirs.id, ['edge'])
  await db().reading.create({ data: { firewallId: own, kind: 'rules', observedAt: now, bodyAt: now, digest: 'd', body: {} } })
  await db().factRule.createMany({ data: Object.entries(RULES).map(([id, rule]) => fact(own, id, { id, source: ANY, enabled: true, ...rule })) })
  await db().factRule.createMany({ data: [fact(foreign, 'theirs', { id: 'theirs', description: 'Their own', action: 'pass', interfaces: ['LAN'] }), { ...fact(own, 'old', { id: 'old', action: 'pass' }), goneAt: now }] })
  await db().factAlias.createMany({ data: [fact(own, 'servers', { id: '1', name: 'servers', type: 'host', description: '', enabled: true, builtIn: false, content: ['10.0.0.5', 'srv.nordwall.example'], remarks: null })] })
  await db().factNeighbour.createMany({ data: [fact(own, 'a', { protocol: 'arp', ip: '10.0.0.9', mac: '00:1a:2b:3c:4d:5e', interface: 'LAN', device: 'em1', hostname: null, manufacturer: null }), fact(foreign, 'b', { protocol: 'arp', ip: '10.0.0.10', mac: null, interface: 'LAN', device: null, hostname: 'printer', manufacturer: null })] })
  await db().factLease.createMany({ data: [fact(own, 'l', { ip: '10.0.0.77', mac: '00:1a:2b:3c:4d:5e', hostname: 'desk', description: null, interface: 'LAN', state: 'active', server: 'kea' })] })
})
afterAll(() => installation.end())

describe('the documented filters', () => {
  it.each([
    [[['description', 'example']], ['example']],
    [[['description__exact', 'example']], ['example']],
    [[['description__startswith', 'exa']], ['example']],
    [[['description__endswith', 'LAN']], ['guests']],
    [[['description__contains', 'LAN']], ['guests', 'lan']],
    [[['position__lt', '3']], ['bogons', 'nas']],
    [[['position__lte', '3']], ['bogons', 'lan', 'nas']],
    [[['position__gt', '3']], ['example', 'guests']],
    [[['position__gte', '7']], ['example', 'guests']],
    [[['destination__address__format', 'ipv4']], ['nas']],
    [[['destination__address__format', 'subnet']], ['guests']],
    [[['destination__address__format', 'alias']], ['example']],
    [[['destination__port__format', 'port']], ['example', 'guests', 'nas']],
    [[['description__format', 'email']], []],
    [[['description__regex', '^example']], ['example']],
    [[['description__regex', 'LAN.*rule$']], ['lan']],
  ] as const)('%j', async (query, expected) => expect(await names(...query)).toEqual([...expected]))
})

describe('the recorded questions', () => {
  it.each([
    [[['action__in', 'block,reject']], ['bogons', 'guests']],
    [[['action__in', 'block'], ['action__in', 'reject']], ['bogons', 'guests']],
    [[['interfaces__contains', 'WAN']], ['bogons', 'example', 'nas']],
    [[['interfaces', 'LAN'], ['interfaces', 'WAN']], ['example']],
    [[['action', 'pass'], ['description', 'zzz']], []],
    [[['destination__port', '443']], ['nas']],
    [[['destination__port__gt', '443']], ['example', 'guests']],
    [[['destination__not', 'true']], ['example']],
    [[['log', 'false']], ['lan', 'nas']],
    [[['log__except', 'false'], ['customer__name', 'Halvorsen Dental']], ['bogons', 'example', 'guests']],
    [[['description__startswith', 'default']], []],
    [[['updatedAt__gte', '2026-05-01'], ['updatedAt__lt', '2026-05-02']], ['example']],
    [[['tag', 'hq'], ['tag', 'edge'], ['action', 'block']], ['bogons']],
    [[['firewall__name', 'edge-2']], ['theirs']],
    [[['gateway__except', 'x']], ['bogons', 'example', 'guests', 'lan', 'nas', 'theirs']],
  ] as const)('%j', async (query, expected) => expect(await names(...query)).toEqual([...expected]))

  it('an unknown field or filter is a 400 that names it', async () => {
    expect(await issue(['nosuch', '1'])).toEqual([400, 'invalid-input', 'nosuch'])
    expect(await issue(['description__foo', '1'])).toEqual([400, 'invalid-input', 'description__foo'])
    expect(await issue(['where', 'x'])).toEqual([400, 'invalid-input', 'where'])
    expect(await issue(['limit', '1'], ['limit', '2'])).toEqual([400, 'invalid-input', 'limit'])
    expect(await issue(['description__regex', 'abc('])).toEqual([400, 'invalid-input', 'description__regex'])
    expect(await issue(['description__regex', '(?=abc)abc'])).toEqual([400, 'invalid-input', 'description__regex'])
    expect(await issue(['description__contains', 'ab'])).toEqual([400, 'query-too-broad', 'description__contains'])
  })
})

describe('the other lists', () => {
  it('aliases, ARP and leases say where, and since when', async () => {
    const aliases = await call(fleetListOperations.aliases, { token, query: { content__endswith: '.example' } })
    expect(aliases.body).toMatchObject({ total: 1, nextCursor: null, items: [{ name: 'servers', firewall: { id: own, name: 'edge-1' }, customer: { name: 'Halvorsen Dental' }, site: null, firstSeenAt: now.toISOString() }] })
    const arp = await call(fleetListOperations.arp, { token, query: { ip__gte: '10.0.0.9', ip__lte: '10.0.0.10', sort: '-firewall', limit: '1' } })
    expect(arp.body).toMatchObject({ total: 2, items: [{ ip: '10.0.0.10', firewall: { id: foreign } }] })
    expect((await call(fleetListOperations.arp, { token, query: { ip__gte: '10.0.0.9', sort: '-firewall', limit: '1', cursor: String(arp.body.nextCursor) } })).body).toMatchObject({ nextCursor: null, items: [{ ip: '10.0.0.9', observedAt: null }] })
    expect((await call(fleetListOperations.leases, { token, query: { mac: '00:1a:2b:3c:4d:5e', state: 'active' } })).body).toMatchObject({ total: 1, items: [{ ip: '10.0.0.77', state: 'active', server: 'kea' }] })
  })
  it('firewalls take the same language beside what they took before', async () => {
    const list = async (...query: Query) => (await call(firewallOperations.list, { token, query })).body
    expect(await list(['tag', 'edge'], ['tag', 'hq'])).toMatchObject({ total: 1 })
    expect(await list(['tag', 'edge'], ['name__endswith', '-2'], ['sort', '-name'])).toMatchObject({ total: 1, items: [{ id: foreign }] })
    expect(await list(['state', 'reachable,not-visited'], ['customer__name__regex', '^Orchard'])).toMatchObject({ total: 1, items: [{ id: foreign }] })
    expect(await list(['name__contains', 'e'])).toMatchObject({ status: 400, code: 'query-too-broad' })
    expect(await list(['sort', 'name'], ['sort', 'name'])).toMatchObject({ status: 400, issues: [{ field: 'sort' }] })
  })
  it('what others have is not counted, not found and not told apart from what nobody has', async () => {
    const ask = async (query: Record<string, string>) => (await call(fleetListOperations.rules, { token: scopedToken, query })).body
    expect(await ask({})).toMatchObject({ total: 5 })
    expect(await ask({ description: 'Their own' })).toEqual(await ask({ description: 'Nobody has this' }))
    expect(await ask({ firewall__id: foreign })).toEqual({ items: [], nextCursor: null, total: 0 })
    expect(await ask({ description__regex: '^Their own' })).toEqual({ items: [], nextCursor: null, total: 0 })
  })
})
