import { describe, expect, it } from 'vitest'
import type { Lease, Neighbour } from '@/lib/adapters/model'
import { matchText } from '../match-text'
import { compareAddresses, joinNeighbours, neighbourText } from './join'

const neighbour = (change: Partial<Neighbour>): Neighbour => ({
  protocol: 'arp',
  ip: '10.0.0.5',
  mac: '02:00:00:00:00:05',
  interface: 'LAN',
  device: 'igc1',
  hostname: null,
  state: 'complete',
  expiresInSeconds: 900,
  manufacturer: null,
  ...change,
})
const lease = (change: Partial<Lease>): Lease => ({
  ip: '10.0.0.5',
  mac: '02:00:00:00:00:05',
  hostname: 'printer',
  description: null,
  interface: 'LAN',
  state: 'active',
  online: true,
  startsAt: null,
  endsAt: null,
  server: 'kea',
  ...change,
})

describe('joinNeighbours', () => {
  it('puts what is seen and what was given out into one row', () => {
    const rows = joinNeighbours([neighbour({})], [lease({})])
    expect(rows).toHaveLength(1)
    expect(rows[0]).toMatchObject({ ip: '10.0.0.5', hostname: 'printer', neighbour: { state: 'complete' }, lease: { server: 'kea' } })
  })

  it('shows another MAC on a leased address as two rows', () => {
    const rows = joinNeighbours([neighbour({ mac: '02:00:00:00:00:99' })], [lease({})])
    expect(rows.map((row) => [row.mac, row.neighbour !== null, row.lease !== null])).toEqual([
      ['02:00:00:00:00:99', true, false],
      ['02:00:00:00:00:05', false, true],
    ])
  })

  it('joins an unresolved neighbour by its address alone', () => {
    const rows = joinNeighbours([neighbour({ mac: null, state: 'incomplete' })], [lease({})])
    expect(rows).toHaveLength(1)
    expect(rows[0]?.mac).toBe('02:00:00:00:00:05')
  })

  it('prefers the lease of the same MAC, and a live one over an expired one; the other stays visible', () => {
    const rows = joinNeighbours([neighbour({})], [lease({ state: 'expired', hostname: 'old' }), lease({ hostname: 'new' })])
    expect(rows.map((row) => [row.hostname, row.neighbour !== null])).toEqual([
      ['new', true],
      ['old', false],
    ])
  })

  it('keeps every neighbour and every lease exactly once, with a key of its own, addresses in order', () => {
    const neighbours = [
      neighbour({ ip: '10.0.0.10' }),
      neighbour({ ip: '10.0.0.9' }),
      neighbour({ ip: '10.0.0.9', device: 'igc2', interface: 'OPT' }),
      neighbour({ ip: 'fe80::1', protocol: 'ndp' }),
    ]
    const leases = [lease({ ip: '10.0.0.9' }), lease({ ip: '10.0.0.200', mac: null })]
    const rows = joinNeighbours(neighbours, leases)
    expect(rows.map(({ ip }) => ip)).toEqual(['10.0.0.9', '10.0.0.9', '10.0.0.10', '10.0.0.200', 'fe80::1'])
    expect(new Set(rows.map(({ key }) => key)).size).toBe(rows.length)
    expect(rows.filter((row) => row.neighbour !== null)).toHaveLength(4)
  })
})

describe('filter', () => {
  const rows = joinNeighbours([neighbour({}), neighbour({ ip: '10.0.0.6', mac: '02:00:00:00:00:06', manufacturer: 'Ubiquiti' })], [lease({})])

  it('asks for every word', () => {
    expect(matchText(rows, 'UBIQUITI 10.0', neighbourText)).toHaveLength(1)
    expect(matchText(rows, 'printer kea', neighbourText)).toHaveLength(1)
    expect(matchText(rows, 'printer ubiquiti', neighbourText)).toHaveLength(0)
    expect(matchText(rows, '', neighbourText)).toHaveLength(2)
  })
})

describe('compareAddresses', () => {
  it('orders IPv4 by number and before IPv6', () => {
    expect(['fe80::2', '10.0.0.10', '9.0.0.1', '10.0.0.9'].toSorted(compareAddresses)).toEqual(['9.0.0.1', '10.0.0.9', '10.0.0.10', 'fe80::2'])
  })
})
