// What is odd about addresses, asked through the API; visits are stored as a worker stores them.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Neighbour } from '@/lib/adapters/model'
import { searchOperations } from '@/lib/api/search'
import { db } from '@/lib/db/client'
import { storeReadings } from '@/lib/firewalls/store-readings'
import type { Operation } from '@/lib/http/operation'
import { call, tokenOf } from '@/lib/testing/api-client'
import { aCustomer, owner, person, startInstallation, type Installation } from '@/lib/testing/installation'

let installation: Installation
let token: string
let scopedToken: string
const ids: Record<string, string> = {}
const HOUR = 3_600_000
const START = Date.now() - 5 * HOUR

async function addFirewall(name: string, customerId: string, siteId: string | null): Promise<void> {
  ids[name] = (await db().firewall.create({ data: { name, customerId, siteId, family: 'opnsense', origin: 'https://203.0.113.7', trustMode: 'public-ca', trustConfirmedAt: new Date() } })).id
}
const seen = (ip: string, mac: string, interfaceName = 'LAN'): Neighbour => ({ protocol: 'arp', ip, mac, interface: interfaceName, device: interfaceName === 'LAN' ? 'em1' : 'em2', hostname: null, state: 'complete', expiresInSeconds: null, manufacturer: null })
/** The ARP table of a firewall, so many hours after the start. */
const visit = (name: string, hours: number, ...items: Neighbour[]) => storeReadings(ids[name] ?? '', [{ kind: 'arp', reading: { items, notReported: [] }, observedAt: new Date(START + hours * HOUR) }], [])

const [OLD, PHONE, LAPTOP, PRINTER, ROGUE, CARP] = ['3c:ec:ef:00:00:01', 'da:a1:19:00:00:02', '3c:ec:ef:00:00:03', '3c:ec:ef:00:00:04', '3c:ec:ef:00:00:05', '00:00:5e:00:01:0a'] as const

beforeAll(async () => {
  installation = await startInstallation()
  token = await tokenOf(await owner(), 'owner')
  const [mine, theirs] = [await aCustomer('Mistral Foods'), await aCustomer('Halvorsen Dental')]
  Object.assign(ids, { mine: mine.id, theirs: theirs.id })
  scopedToken = await tokenOf(await person([{ role: 'viewer', customerId: mine.id }]), 'viewer', 'Mistral Foods')
  const site = async (name: string, customerId: string) => (await db().site.create({ data: { name, customerId } })).id
  const [lyon, metz, hamar] = [await site('Lyon', mine.id), await site('Metz', mine.id), await site('Hamar', theirs.id)]
  Object.assign(ids, { lyon })
  await addFirewall('lyon-1', mine.id, lyon)
  await addFirewall('lyon-2', mine.id, lyon)
  await addFirewall('metz', mine.id, metz)
  await addFirewall('hamar', theirs.id, hamar)
  // The inventory: nobody is new, and an address of two firewalls with a shared MAC is no duplicate.
  await visit('lyon-1', 0, seen('10.0.0.1', OLD), seen('10.0.0.9', LAPTOP), seen('10.0.0.250', CARP), seen('10.0.0.50', PRINTER))
  await visit('lyon-2', 0, seen('10.0.0.1', OLD), seen('10.0.0.250', '00:00:5e:00:01:0b'), seen('10.0.0.50', ROGUE), seen('10.0.0.60', PRINTER, 'GUEST'))
  await visit('metz', 0, seen('10.0.0.50', OLD))
  await visit('hamar', 0, seen('10.0.0.50', OLD))
  // A phone comes to Lyon; the other firewall sees it later. The laptop goes to Metz. In Hamar two devices fight over an address.
  await visit('lyon-1', 1, seen('10.0.0.1', OLD), seen('10.0.0.20', PHONE), seen('10.0.0.250', CARP), seen('10.0.0.50', PRINTER))
  await visit('lyon-2', 2, seen('10.0.0.1', OLD), seen('10.0.0.20', PHONE), seen('10.0.0.250', '00:00:5e:00:01:0b'), seen('10.0.0.50', ROGUE), seen('10.0.0.60', PRINTER, 'GUEST'))
  await visit('metz', 2, seen('10.0.0.50', OLD), seen('10.0.0.77', LAPTOP))
  for (const [hours, mac] of [[1, ROGUE], [2, OLD], [3, ROGUE]] as const) await visit('hamar', hours, seen('10.0.0.50', mac))
}, 60_000)
afterAll(() => installation.end())

async function all(operation: Operation, query: Record<string, string> = {}, by = token): Promise<Record<string, unknown>[]> {
  const items: Record<string, unknown>[] = []
  let cursor: string | undefined
  do {
    const { status, body } = await call(operation, { token: by, query: { limit: '1', ...query, ...(cursor !== undefined && { cursor }) } })
    expect([status, body.code]).toEqual([200, undefined])
    items.push(...(body.items as Record<string, unknown>[]))
    cursor = body.nextCursor === null ? undefined : String(body.nextCursor)
  } while (cursor !== undefined)
  return items
}
const { newDevices, moved, duplicates } = searchOperations

describe('new devices', () => {
  it('are those that no table of the site had, once, where tables were read before', async () => {
    const found = await all(newDevices)
    expect(found.map(({ mac, firewall, ip }) => [mac, (firewall as { name: string }).name, ip])).toEqual([[LAPTOP, 'metz', '10.0.0.77'], [ROGUE, 'hamar', '10.0.0.50'], [PHONE, 'lyon-1', '10.0.0.20']])
    expect(found[2]).toMatchObject({ randomised: true, gone: false, firstSeenAt: new Date(START + HOUR).toISOString(), site: { name: 'Lyon' } })
  })
  it('of the last hours, of a site, of a customer', async () => {
    expect((await all(newDevices, { hours: '4' })).map(({ mac }) => mac)).toEqual([LAPTOP])
    expect((await all(newDevices, { siteId: ids.lyon ?? '' })).map(({ mac }) => mac)).toEqual([PHONE])
    expect((await all(newDevices, { customerId: ids.theirs ?? '' })).map(({ mac }) => mac)).toEqual([ROGUE])
  })
})

describe('moved devices', () => {
  it('are at one place and were at another that lost them', async () => {
    const found = await all(moved)
    expect(found.map(({ mac }) => mac)).toEqual([LAPTOP])
    expect(found[0]).toMatchObject({ from: { ip: '10.0.0.9', firewall: { name: 'lyon-1' }, firstSeenAt: new Date(START).toISOString(), lastSeenAt: new Date(START + HOUR).toISOString() }, to: { ip: '10.0.0.77', firewall: { name: 'metz' }, firstSeenAt: new Date(START + 2 * HOUR).toISOString() } })
  })
  it('between the members of a pair is no move', async () => {
    await db().firewall.update({ where: { id: ids.metz ?? '' }, data: { haPeerId: ids['lyon-1'] ?? '' } })
    expect(await all(moved)).toEqual([])
    await db().firewall.update({ where: { id: ids.metz ?? '' }, data: { haPeerId: null } })
  })
})

describe('duplicate addresses', () => {
  it('are seen with two MACs on one interface of a site, or taken from each other and back', async () => {
    const found = await all(duplicates)
    const macs = (item: Record<string, unknown> | undefined) => (item?.devices as { mac: string }[]).map(({ mac }) => mac).sort()
    const [lyon, hamar] = ['Lyon', 'Hamar'].map((name) => found.find(({ site }) => (site as { name: string }).name === name))
    expect(found).toHaveLength(2)
    expect(lyon).toMatchObject({ ip: '10.0.0.50', interface: 'LAN', takeovers: 0, customer: { name: 'Mistral Foods' } })
    expect(macs(lyon)).toEqual([PRINTER, ROGUE])
    expect(hamar).toMatchObject({ ip: '10.0.0.50', takeovers: 3 })
    expect(macs(hamar)).toEqual([OLD, ROGUE].sort())
  })
})

describe('scope', () => {
  it.each([newDevices, moved, duplicates])('$id tells nothing of others', async (operation) => {
    expect(JSON.stringify(await all(operation, {}, scopedToken))).not.toMatch(/hamar|Halvorsen/i)
    const bytes = async (customerId: string) => JSON.stringify((await call(operation, { token: scopedToken, query: { customerId } })).body)
    expect(await bytes(ids.theirs ?? '')).toBe(await bytes('00000000-0000-4000-8000-000000000000'))
  })
  it('a move out of sight is no move', async () => {
    await visit('hamar', 4, seen('10.0.0.50', ROGUE), seen('10.0.0.78', PHONE))
    await visit('lyon-1', 4, seen('10.0.0.1', OLD), seen('10.0.0.250', CARP), seen('10.0.0.50', PRINTER))
    expect((await all(moved)).map(({ mac }) => mac).sort()).toEqual([LAPTOP, PHONE].sort())
    expect((await all(moved, {}, scopedToken)).map(({ mac }) => mac)).toEqual([LAPTOP])
  })
})
