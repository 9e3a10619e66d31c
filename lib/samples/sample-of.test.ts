import { describe, expect, it } from 'vitest'
import type { Readings } from '@/lib/adapters/model'
import { USUAL } from '@/lib/testing/fact-items'
import { sampleOf } from './sample-of'

const status = { cpuPercent: 12.5, memoryPercent: 40, diskPercent: null, statesCurrent: 1200 } as Readings['status']
const gateways = { items: [USUAL.gateways], notReported: [] }
const wan = { ...USUAL.interfaces, receivedBytes: 1000, sentBytes: 2000 }
const interfaces = (...items: object[]) => ({ items, notReported: [] }) as unknown as Readings['interfaces']

describe('a sample', () => {
  it('has a name for each value, and empty places for what is not reported', () => {
    expect(sampleOf({ status, gateways, interfaces: interfaces(wan) })).toEqual({
      layout: expect.stringMatching(/^-?\d+$/),
      names: ['cpu', 'memory', 'disk', 'states', 'latency/WAN_GW', 'loss/WAN_GW', 'jitter/WAN_GW', 'received/wan', 'sent/wan'],
      values: [12.5, 40, null, 1200, 10, 0, 1],
      counterNames: ['received/wan', 'sent/wan'],
      counters: [1000, 2000],
    })
  })
  it('begins with how long the firewall itself took, when that is known', () => expect(sampleOf({ status }, 4.5)).toMatchObject({ names: ['answer', 'cpu', 'memory', 'disk', 'states'], values: [4.5, 12.5, 40, null, 1200] }))
  it('is none when nothing was measured', () => expect([sampleOf({}), sampleOf({ interfaces: interfaces(USUAL.interfaces) }), sampleOf({ gateways: { items: [], notReported: [] } })]).toEqual([null, null, null]))
  it('has the same layout in whichever order things are listed, and another for other things', () => {
    const lan = { ...wan, id: 'lan' }
    const layout = (...items: object[]) => sampleOf({ interfaces: interfaces(...items) })?.layout
    expect(layout(wan, lan)).toBe(layout(lan, wan))
    expect(layout(wan)).not.toBe(layout(lan))
  })
  it('stays small and finite whatever a firewall lists', () => {
    const many = Array.from({ length: 10_000 }, (_, n) => ({ ...wan, id: `${n}${'x'.repeat(10_000)}` }))
    const sample = sampleOf({ status: { ...status, cpuPercent: Infinity }, interfaces: interfaces(wan, wan, ...many) })
    expect(sample?.names.length).toBeLessThanOrEqual(4 + 2 * 64)
    expect(new Set(sample?.names).size).toBe(sample?.names.length)
    expect(sample?.values[0]).toBeNull()
    for (const name of sample?.names ?? []) expect(name.length).toBeLessThan(120)
  })
})
