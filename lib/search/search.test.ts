// Who has it, asked through the API in a small world of two customers.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { searchOperations } from '@/lib/api/search'
import { db } from '@/lib/db/client'
import type { Prisma } from '@/lib/db/generated/client'
import { call, tokenOf } from '@/lib/testing/api-client'
import { aCustomer, owner, person, startInstallation, type Installation } from '@/lib/testing/installation'
import type { SearchResult } from './dto'

let installation: Installation
let token: string
let scopedToken: string
const ids = { mine: '', theirs: '', lyon: '', twin: '', hamar: '' }
const FIRST = new Date('2026-03-01T08:00:00.000Z')
const TAKEN_OVER = new Date('2026-03-09T08:00:00.000Z')
const SEEN = new Date('2026-03-20T08:00:00.000Z')

async function addFirewall(name: string, customerId: string, more: Partial<Prisma.FirewallUncheckedCreateInput> = {}): Promise<string> {
  const { id } = await db().firewall.create({ data: { name, customerId, family: 'pfsense-v2', origin: 'https://203.0.113.7', trustMode: 'public-ca', trustConfirmedAt: FIRST, ...more } })
  await db().reading.createMany({ data: ['arp', 'leases'].map((kind) => ({ firewallId: id, kind, observedAt: SEEN, digest: 'd', body: {} })) })
  return id
}
const fact = (firewallId: string, key: string, body: Prisma.InputJsonObject, goneAt: Date | null = null) => ({ firewallId, key, body, digest: 'd', firstSeenAt: FIRST, changedAt: FIRST, goneAt })
const neighbour = (ip: string, mac: string, more: Prisma.InputJsonObject = {}) => ({ protocol: 'arp', ip, mac, interface: 'LAN', device: 'em1', hostname: null, manufacturer: null, ...more })
const rule = (id: string, description: string, source: string, destination: string, port: string | null = null) => ({ id, layer: 'interface', layerName: 'LAN', position: 9, enabled: true, action: 'pass', interfaces: ['LAN'], protocol: 'tcp', description, source: { not: false, address: source, kind: 'address', port: null }, destination: { not: false, address: destination, kind: 'address', port } })
const alias = (name: string, content: string[]) => ({ id: name, name, type: 'host', description: '', enabled: true, builtIn: false, content, remarks: null })

beforeAll(async () => {
  installation = await startInstallation()
  token = await tokenOf(await owner(), 'owner')
  const [mine, theirs] = [await aCustomer('Mistral Foods'), await aCustomer('Halvorsen Dental')]
  scopedToken = await tokenOf(await person([{ role: 'viewer', customerId: mine.id }]), 'viewer', 'Mistral Foods')
  const site = await db().site.create({ data: { name: 'Lyon', customerId: mine.id } })
  Object.assign(ids, { mine: mine.id, theirs: theirs.id, lyon: await addFirewall('mf-lyon-fw1', mine.id, { siteId: site.id, tags: ['edge'], hostname: 'fw1.lyon.example' }), twin: await addFirewall('mf-lyon-fw2', mine.id, { siteId: site.id }), hamar: await addFirewall('hd-hamar-fw1', theirs.id, { origin: 'https://10.33.4.1' }) })
  const { lyon, twin, hamar } = ids
  await db().factNeighbour.createMany({
    data: [
      fact(lyon, 'arp 10.33.4.20 em1', neighbour('10.33.4.20', '3c:ec:ef:5b:90:1e', { hostname: 'oxidized-lyon', manufacturer: 'Supermicro' })),
      fact(lyon, 'arp 10.33.4.9 em1', neighbour('10.33.4.9', '3c:ec:ef:00:00:09'), TAKEN_OVER),
      fact(lyon, 'ndp fe80::5%em1 em1', { ...neighbour('fe80::5%em1', 'da:a1:19:00:00:05'), protocol: 'ndp' }),
      fact(hamar, 'arp 10.33.4.20 em1', neighbour('10.33.4.20', '00:50:56:a1:07:44')),
    ],
  })
  await db().factLease.createMany({ data: [fact(lyon, '10.33.4.20 3c:ec:ef:5b:90:1e', { ip: '10.33.4.20', mac: '3c:ec:ef:5b:90:1e', hostname: 'oxidized', description: null, interface: 'LAN', state: 'active', server: 'kea' }), fact(twin, '10.33.4.77 3c:ec:ef:5b:90:1e', { ip: '10.33.4.77', mac: '3c:ec:ef:5b:90:1e', hostname: 'oxidized', description: null, interface: 'LAN', state: 'expired', server: 'kea' }, TAKEN_OVER)] })
  await db().change.create({ data: { at: TAKEN_OVER, firewallId: lyon, kind: 'arp', key: 'arp 10.33.4.20 em1', what: 'changed', before: neighbour('10.33.4.20', '3c:ec:ef:11:02:9a'), after: neighbour('10.33.4.20', '3c:ec:ef:5b:90:1e') } })
  await db().factRule.createMany({
    data: [
      fact(lyon, '1', rule('1', 'Switch backup robot', '10.33.4.20', 'any', '22')),
      fact(lyon, '2', rule('2', 'Servers', 'any', '10.33.0.0/16', '443')),
      fact(lyon, '3', rule('3', 'Ten', 'any', '10.0.0.0/8')),
      fact(lyon, '4', rule('4', 'Not this one', 'any', '10.34.0.0/16')),
      fact(twin, '5', rule('5', 'For backup_hosts', 'backup_hosts', 'any')),
      fact(hamar, '6', rule('6', 'Their switch backup', '10.33.4.20', '10.33.4.20')),
    ],
  })
  await db().factAlias.createMany({ data: [fact(twin, 'backup_hosts', alias('backup_hosts', ['10.33.4.20', '10.33.4.21'])), fact(lyon, 'pool', alias('pool', ['10.33.4.10-10.33.4.30'])), fact(lyon, 'not', alias('not', ['!10.33.4.20', '10.33.5.0/24']))] })
  await db().factInterface.createMany({ data: [fact(lyon, 'lan', { id: 'lan', device: 'em1', description: 'LAN', mac: '00:0d:b9:00:00:01', ipv4: ['10.33.4.1/24'], ipv6: [] }), fact(twin, 'lan', { id: 'lan', device: 'em1', description: 'LAN', mac: '00:0d:b9:00:00:02', ipv4: ['10.33.4.2/24'], ipv6: [] })] })
  await db().factGateway.createMany({ data: [fact(lyon, 'WAN_GW', { name: 'WAN_GW', interface: 'WAN', address: '198.51.100.1', monitorAddress: '9.9.9.9', state: 'online', reason: null, isDefault: true })] })
  await db().factTunnel.createMany({ data: [fact(lyon, 'wireguard 1', { id: '1', kind: 'wireguard', name: 'to Oslo', role: 'peer', state: 'up', localAddress: null, remoteAddress: '198.51.100.77:51820', networks: ['10.77.0.0/16'], user: null })] })
}, 60_000)
afterAll(() => installation.end())

async function find(q: string, more: Record<string, string> = {}, by = token): Promise<SearchResult> {
  const { status, body } = await call(searchOperations.search, { token: by, query: { q, ...more } })
  expect([q, status, body.code]).toEqual([q, 200, undefined])
  return body as unknown as SearchResult
}
const holders = ({ holders: found }: SearchResult) => found?.items.map(({ ip, mac, firewall, gone }) => `${ip} ${mac ?? ''} ${firewall.name}${gone ? ' gone' : ''}`)

describe('an address', () => {
  it('is where it is and was, with names, and since when', async () => {
    const found = await find('10.33.4.20')
    expect(found.asked).toEqual({ as: 'address', text: '10.33.4.20' })
    expect(holders(found)).toHaveLength(3)
    expect(holders(found)?.at(-1)).toBe('10.33.4.20 3c:ec:ef:11:02:9a mf-lyon-fw1 gone')
    expect(found.holders).toMatchObject({ total: 3, present: 2, firewalls: 2, inList: { list: 'arp', where: [['ip', '10.33.4.20']] } })
    const [robot, before] = ['3c:ec:ef:5b:90:1e', '3c:ec:ef:11:02:9a'].map((mac) => found.holders?.items.find((item) => item.mac === mac))
    expect(robot).toMatchObject({ hostname: 'oxidized-lyon', manufacturer: 'Supermicro', interface: 'LAN', sources: ['arp', 'lease'], gone: false, lastSeenAt: SEEN.toISOString(), site: { name: 'Lyon' }, customer: { name: 'Mistral Foods' } })
    // It has its lease since the first day, whoever else used the address meanwhile.
    expect(robot?.firstSeenAt).toBe(FIRST.toISOString())
    expect(before).toMatchObject({ sources: ['past'], gone: true, firstSeenAt: FIRST.toISOString(), lastSeenAt: TAKEN_OVER.toISOString() })
  })
  it('stands in rules and aliases as itself, as a part of a network and of a range', async () => {
    const { rules, aliases } = await find('10.33.4.20')
    expect(rules?.items.map(({ description, matched }) => `${description}: ${matched.field} ${matched.value}`)).toEqual(['Switch backup robot: source 10.33.4.20', 'Their switch backup: source 10.33.4.20', 'Servers: destination 10.33.0.0/16', 'Ten: destination 10.0.0.0/8'])
    expect(aliases?.items.map(({ name, matched, usedByRules }) => [name, matched.value, usedByRules])).toEqual([['backup_hosts', '10.33.4.20', 1], ['pool', '10.33.4.10-10.33.4.30', 0]])
  })
  it('is in the network of an interface, or is the firewall itself, a gateway, the other end of a tunnel', async () => {
    const kinds = async (q: string) => (await find(q)).equipment?.items.map(({ kind, name, address, match, firewall }) => [kind, name, address, match, firewall.name])
    expect(await kinds('10.33.4.20')).toEqual([['interface', 'LAN', '10.33.4.1/24', 'holds', 'mf-lyon-fw1'], ['interface', 'LAN', '10.33.4.2/24', 'holds', 'mf-lyon-fw2']])
    expect((await kinds('10.33.4.2'))?.[0]).toEqual(['interface', 'LAN', '10.33.4.2/24', 'is', 'mf-lyon-fw2'])
    expect(await kinds('9.9.9.9')).toEqual([['gateway', 'WAN_GW', '9.9.9.9', 'is', 'mf-lyon-fw1']])
    expect(await kinds('198.51.100.77')).toEqual([['tunnel', 'to Oslo', '198.51.100.77:51820', 'is', 'mf-lyon-fw1']])
    expect(await kinds('10.77.1.1')).toEqual([['tunnel', 'to Oslo', '198.51.100.77:51820', 'holds', 'mf-lyon-fw1']])
    expect((await find('203.0.113.7')).firewalls?.items.map(({ name }) => name)).toEqual(['mf-lyon-fw1', 'mf-lyon-fw2'])
  })
  it('of a link is found under its zone', async () => expect(holders(await find('FE80:0::5'))).toEqual(['fe80::5%em1 da:a1:19:00:00:05 mf-lyon-fw1']))
})

describe('other lines', () => {
  it('a network, a part of an address', async () => {
    for (const q of ['10.33.4.0/24', '10.33.4.', '10.33.4']) {
      const found = await find(q)
      expect([q, found.holders?.total, found.holders?.present]).toEqual([q, 5, 2])
      expect(found.rules?.items.map(({ id }) => id).sort()).toEqual(['1', '2', '3', '6'])
      // What is typed of an address is looked for as a text as well, and there it does stand.
      expect(found.aliases?.items.map(({ name }) => name).sort()).toEqual(q.includes('/') ? ['backup_hosts', 'pool'] : ['backup_hosts', 'not', 'pool'])
    }
  })
  it('a MAC in every notation, whole or begun, where it is and was', async () => {
    for (const q of ['3cec.ef5b.901e', '3C-EC-EF-5B-90-1E', '3cecef5b901e', '3c:ec:ef:5b']) expect(holders(await find(q))).toEqual(['10.33.4.20 3c:ec:ef:5b:90:1e mf-lyon-fw1', '10.33.4.77 3c:ec:ef:5b:90:1e mf-lyon-fw2 gone'])
    expect(holders(await find('3c:ec:ef:11:02:9a'))).toEqual(['10.33.4.20 3c:ec:ef:11:02:9a mf-lyon-fw1 gone'])
    expect((await find('da:a1:19:00:00:05')).holders?.items[0]).toMatchObject({ randomised: true })
    expect((await find('00:0d:b9:00:00:02')).equipment?.items).toMatchObject([{ kind: 'interface', name: 'LAN', address: '00:0d:b9:00:00:02', match: 'is' }])
  })
  it('a host name, a rule, an alias, a firewall, a tag, a customer, a site', async () => {
    expect(holders(await find('OXIDIZED'))).toEqual(['10.33.4.20 3c:ec:ef:5b:90:1e mf-lyon-fw1', '10.33.4.77 3c:ec:ef:5b:90:1e mf-lyon-fw2 gone'])
    expect((await find('switch backup')).rules?.items.map(({ id }) => id)).toEqual(['1', '6'])
    const named = await find('backup_hosts')
    expect(named.rules?.items.map(({ id, matched }) => [id, matched.field])).toEqual([['5', 'description']])
    expect(named.aliases?.items).toMatchObject([{ name: 'backup_hosts', matched: { field: 'name' } }])
    expect((await find('edge')).firewalls?.items).toMatchObject([{ name: 'mf-lyon-fw1', tags: ['edge'] }])
    expect((await find('ly')).firewalls?.items.map(({ name }) => name)).toEqual(['mf-lyon-fw1', 'mf-lyon-fw2'])
    expect((await find('lyon')).places?.items).toEqual([expect.objectContaining({ kind: 'site', name: 'Lyon', customer: { id: ids.mine, name: 'Mistral Foods' } })])
    expect((await find('halvorsen')).places?.items).toMatchObject([{ kind: 'customer', name: 'Halvorsen Dental' }])
  })
  it('a port', async () => expect((await find('443')).rules?.items).toMatchObject([{ id: '2', matched: { value: 'port 443' } }]))
  it('hostile letters end in an answer or a 400', async () => {
    for (const q of ['%', '_', '\\', "'", '"', '10.0.0.0/8/8', '::::', `${'a'.repeat(200)}`, '😀', '(', '10.0.0.0-10.0.0', '{"a":1}']) await find(q)
    for (const q of ['', ' ', 'a'.repeat(201), 'a\0b']) expect((await call(searchOperations.search, { token, query: { q } })).body).toMatchObject({ status: 400, code: 'invalid-input' })
  })
})

describe('pages', () => {
  it('of one group follow each other without a gap', async () => {
    for (const group of ['holders', 'rules', 'firewalls'] as const) {
      const q = { holders: '10.33.4.0/24', rules: '10.33.4.20', firewalls: 'fw1' }[group]
      const whole = await find(q, { group })
      expect(Object.keys(whole).sort()).toEqual(['asked', group].sort())
      const seen: unknown[] = []
      let cursor: string | undefined
      do {
        const page = (await find(q, { group, limit: '1', ...(cursor !== undefined && { cursor }) }))[group]
        seen.push(...(page?.items ?? []))
        cursor = page?.nextCursor ?? undefined
      } while (cursor !== undefined)
      expect(seen).toEqual(whole[group]?.items)
    }
  })
})

describe('scope', () => {
  const bytes = async (q: string, more: Record<string, string> = {}) => JSON.stringify((await call(searchOperations.search, { token: scopedToken, query: { q, ...more } })).body)
  it('what others have is not found and not counted', async () => {
    const found = await find('10.33.4.20', {}, scopedToken)
    expect(found.holders).toMatchObject({ total: 2, present: 1, firewalls: 1 })
    expect(JSON.stringify(found)).not.toMatch(/hamar|Halvorsen|Their switch/)
  })
  it('and answers byte for byte like what nobody has', async () => {
    const alike = async (one: string, other: string) => expect((await bytes(one)).replaceAll(one, 'X')).toBe((await bytes(other)).replaceAll(other, 'X'))
    await alike('00:50:56:a1:07:44', '00:50:56:a1:07:45')
    await alike('hd-hamar-fw1', 'hd-nobody-fw1')
    await alike('Halvorsen', 'Nobodysen')
    await alike('Their switch', 'Their nobody')
    expect(await bytes('10.33.4.20', { customerId: ids.theirs })).toBe(await bytes('10.33.4.20', { customerId: '00000000-0000-4000-8000-000000000000' }))
  })
  it('one customer is what is asked about when it is named', async () => {
    expect((await find('10.33.4.20', { customerId: ids.theirs })).holders?.items).toMatchObject([{ firewall: { name: 'hd-hamar-fw1' } }])
  })
})
