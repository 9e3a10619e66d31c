// Rings, hashes and slots by themselves.
import { randomInt } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { PACKAGES } from '@/lib/testing/a-plan'
import { offerReader } from './offer-of'
import { offerHash } from './offer-hash'
import { assignRings, type RingMember } from './rings'
import { Slots } from './slots'
import { DEFAULT_DESIGN, type RingDesign, type RingWho } from './words'

const gate = DEFAULT_DESIGN.rings[0]?.gate ?? { successPercent: 100, minimumCount: 0, soakHours: 0, noNewCriticalAlert: true }
const ringsOf = (...who: RingWho[]): RingDesign[] => who.map((each, at) => ({ name: `ring ${at}`, who: each, gate }))
const member = (at: number, customers: number, peerId: string | null = null): RingMember => ({ id: `fw-${String(at).padStart(4, '0')}`, customerId: `customer-${at % customers}`, siteId: `site-${at % (customers * 2)}`, peerId })
const countIn = (ringOf: Map<string, number>, position: number) => [...ringOf.values()].filter((ring) => ring === position).length

describe('rings', () => {
  it('a spread takes its share evenly over customers, the same each time, whatever the order of the list', () => {
    const members = Array.from({ length: 400 }, (_, at) => member(at, 8))
    const rings = ringsOf({ by: 'spread', percent: 25 }, { by: 'rest' })
    const ringOf = assignRings(members, rings, new Map(), 'seed')
    expect(countIn(ringOf, 0)).toBe(100)
    for (let customer = 0; customer < 8; customer += 1) {
      const own = members.filter(({ customerId }) => customerId === `customer-${customer}`).filter(({ id }) => ringOf.get(id) === 0).length
      expect(own).toBeGreaterThanOrEqual(11)
      expect(own).toBeLessThanOrEqual(14)
    }
    const shuffled = members.toSorted(() => randomInt(3) - 1)
    expect([...assignRings(shuffled, rings, new Map(), 'seed')].sort()).toEqual([...ringOf].sort())
    expect([...assignRings(members, rings, new Map(), 'other')].sort()).not.toEqual([...ringOf].sort())
  })
  it('the first ring that takes a firewall keeps it, and its peer goes with it', () => {
    const [one, two, three] = [member(1, 1, 'fw-0002'), member(2, 1, 'fw-0001'), member(3, 1)]
    const ringOf = assignRings([one, two, three], ringsOf({ by: 'query', query: 'q' }, { by: 'hand', firewallIds: ['fw-0001', 'fw-0003'] }, { by: 'rest' }), new Map([[0, new Set(['fw-0002'])]]), 's')
    expect(Object.fromEntries(ringOf)).toEqual({ 'fw-0001': 0, 'fw-0002': 0, 'fw-0003': 1 })
  })
  it('pairs never part, whatever share is taken, and nobody is in two rings', () => {
    for (let percent = 1; percent <= 100; percent += 7) {
      const members = Array.from({ length: 60 }, (_, at) => member(at, 5, `fw-${String(at % 2 === 0 ? at + 1 : at - 1).padStart(4, '0')}`))
      const ringOf = assignRings(members, ringsOf({ by: 'spread', percent }, { by: 'rest' }), new Map(), 's')
      expect(ringOf.size).toBe(60)
      for (const { id, peerId } of members) expect(ringOf.get(peerId ?? '')).toBe(ringOf.get(id))
    }
  })
  it('without a ring for the rest, who is in none is told', () => {
    expect(assignRings([member(1, 1)], ringsOf({ by: 'query', query: 'q' }), new Map(), 's').size).toBe(0)
  })
})

describe('the hash of an offer', () => {
  const offer = { version: '26.7.1', packages: PACKAGES.map((entry) => ({ ...entry, change: 'upgrade' as const })), rebootRequired: true }
  const of = (more: Partial<typeof offer> = {}) => offerHash('minor', { ...offer, ...more })
  it('does not see order, sizes and mirrors', () => {
    expect(of({ packages: offer.packages.toReversed().map((entry) => ({ ...entry, sizeBytes: 1, repository: 'mirror' })) })).toBe(of())
  })
  it('sees another version, package, package version, and a restart', () => {
    const [first, second] = offer.packages
    if (!first || !second) throw new Error('There are two packages.')
    const others = [of({ version: '26.7.2' }), of({ packages: [first] }), of({ packages: [first, { ...second, to: '8.3' }] }), of({ rebootRequired: false }), offerHash('major', offer), offerHash('reboot', offer)]
    expect(new Set([of(), ...others]).size).toBe(others.length + 1)
  })
  it('has no add-ons in it that a family lists beside its update, as its own offer has none', () => {
    const row = { family: 'pfsense-v2', firmwareState: 'offered', offeredVersion: '2.8.1', majorVersion: null, downloadBytes: null, rebootRequired: null, packages: JSON.stringify(offer.packages) }
    expect(offerReader('minor')(row)?.hash).toBe(offerHash('minor', { version: '2.8.1', packages: null, rebootRequired: null }))
    expect(offerReader('minor')({ ...row, family: 'opnsense' })?.offer.packages).toHaveLength(2)
  })
  it('of a new series is its version alone', () => expect(offerHash('major', { ...offer, packages: null })).toBe(offerHash('major', offer)))
})

describe('slots', () => {
  it('never hold more at once than allowed', () => {
    const slots = new Slots({ perSite: 1, perCustomer: 2, fleet: 3 })
    const taken = Array.from({ length: 40 }, (_, at) => {
      const places = { siteId: `s${at % 7}`, customerId: `c${at % 3}` }
      const from = slots.firstFree(places, 0, 10 + (at % 5))
      slots.take(places, from, from + 10 + (at % 5))
      return { ...places, from, to: from + 10 + (at % 5) }
    })
    for (const { from } of taken) {
      const active = taken.filter((each) => each.from <= from && each.to > from)
      expect(active.length).toBeLessThanOrEqual(3)
      for (const { customerId, siteId } of active) {
        expect(active.filter((each) => each.customerId === customerId).length).toBeLessThanOrEqual(2)
        expect(active.filter((each) => each.siteId === siteId).length).toBe(1)
      }
    }
  })
})
