import { describe, expect, it } from 'vitest'
import { ROLES, type Role } from '@/lib/auth/roles'
import type { Holder, SearchResult } from '@/lib/search/dto'
import { destinationsFor } from './destinations'
import { destinationItems, foundGroups } from './palette-items'

const none = { items: [], nextCursor: null, total: 0 }
const where = { firewall: { id: 'f', name: 'mf-lyon-fw1', state: 'reachable' as const }, customer: { id: 'c', name: 'Mistral Foods' }, site: null }
const holder = (mac: string, gone: boolean): Holder => ({
  ip: '10.33.4.20',
  mac,
  hostname: null,
  manufacturer: null,
  interface: 'LAN',
  sources: ['arp'],
  firstSeenAt: '2026-03-01T00:00:00.000Z',
  lastSeenAt: '2026-03-02T00:00:00.000Z',
  gone,
  randomised: false,
  ...where,
})
const result = (as: SearchResult['asked']['as']): SearchResult => ({
  asked: { as, text: '10.33.4.20' },
  holders: {
    items: [holder('3c:ec:ef:5b:90:1e', false), holder('3c:ec:ef:11:02:9a', true)],
    nextCursor: null,
    total: 2,
    present: 1,
    firewalls: 1,
    inList: { list: 'arp', where: [['ip', '10.33.4.20']] },
  },
  equipment: none,
  rules: none,
  aliases: none,
  firewalls: { ...none, items: [{ ...where.firewall, id: 'f', hostname: null, family: 'opnsense', tags: [], customer: where.customer, site: null }] },
  places: none,
})

describe('what the palette offers', () => {
  it('devices first for an address, names first for a name, acts last', () => {
    expect(foundGroups(result('address')).map(({ title }) => title)).toEqual(['Who has it', 'Firewalls', 'Do'])
    expect(foundGroups(result('text')).map(({ title }) => title)).toEqual(['Firewalls', 'Who has it', 'Do'])
  })
  it('what is there leads to its table, what is gone to the search, and all of it to the list', () => {
    const hrefs = foundGroups(result('address')).flatMap(({ items }) => items.map(({ href }) => href))
    expect(hrefs).toEqual([
      '/firewalls/f/neighbours?filter=10.33.4.20',
      '/search?q=3c%3Aec%3Aef%3A11%3A02%3A9a',
      '/firewalls/f',
      '/search?q=10.33.4.20',
      '/search/arp?ip=10.33.4.20',
    ])
  })
  it('no two entries have one name', () => {
    const names = foundGroups(result('address')).flatMap(({ items }) => items.map(({ id }) => id))
    expect(new Set(names).size).toBe(names.length)
  })
  it.each<[Role, boolean, boolean]>([
    ['viewer', false, false],
    ['operator', false, false],
    ['admin', true, false],
    ['owner', true, true],
  ])('%s', (role, mayEnrol, mayInstall) => {
    const titles = destinationItems(destinationsFor(role), '').map(({ title }) => title)
    expect([titles.includes('Enrol a firewall'), titles.includes('Installation')]).toEqual([mayEnrol, mayInstall])
  })
  it('pages are found by the beginnings of their words, in any order', () => {
    const all = destinationsFor(ROLES[3])
    expect(destinationItems(all, 'fire enr').map(({ href }) => href)).toEqual(['/firewalls/new'])
    expect(destinationItems(all, 'dhcp').map(({ href }) => href)).toEqual(['/search/leases'])
    expect(destinationItems(all, 'zebra')).toEqual([])
  })
})
