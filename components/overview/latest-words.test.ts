import { describe, expect, it } from 'vitest'
import { latestLines, type LatestEvent } from './latest-words'

const at = (minutesAgo: number) => new Date(Date.parse('2026-11-24T12:00:00Z') - minutesAgo * 60_000).toISOString()
const of = (firewall: string, customer = 'Kestrel') => ({ firewall: { id: firewall, name: firewall }, customer: { id: customer, name: customer } })
const silent = (firewall: string, minutesAgo: number, customer?: string): LatestEvent => ({
  ...of(firewall, customer),
  type: 'state',
  at: at(minutesAgo),
  before: 'reachable',
  after: 'unreachable',
  reason: 'no answer on port 443',
})

describe('what happened last', () => {
  it('is one line where it happened together', () => {
    const lines = latestLines(
      [
        silent('rtm-1', 0),
        { ...of('osl-1'), type: 'boot', at: at(1) },
        silent('rtm-2', 1),
        silent('rtm-3', 2),
        silent('rtm-4', 4),
        silent('bw-1', 4, 'Brightwater'),
        silent('rtm-5', 30),
      ],
      10,
    )
    expect(lines.map(({ title, detail }) => [title, detail])).toEqual([
      ['Kestrel: 4 do not answer', 'rtm-1, rtm-2 and 2 more'],
      ['osl-1 was restarted', 'Kestrel'],
      ['bw-1 does not answer', 'no answer on port 443'],
      ['rtm-5 does not answer', 'no answer on port 443'],
    ])
  })
  it('keeps two turns of one firewall apart', () => expect(latestLines([silent('a', 0), silent('a', 3)], 10)).toHaveLength(2))
  it('is no longer than asked', () => expect(latestLines([silent('a', 0), silent('b', 30), silent('c', 60)], 2)).toHaveLength(2))
  it.each<[LatestEvent, string, string]>([
    [{ ...of('a'), type: 'state', at: at(0), before: 'unreachable', after: 'reachable', reason: null }, 'a is reachable again', 'Kestrel'],
    [{ ...of('a'), type: 'state', at: at(0), before: 'not-visited', after: 'reachable', reason: null }, 'a answers', 'Kestrel'],
    [{ ...of('a'), type: 'version', at: at(0), before: '26.7.1', after: '26.7.2' }, 'a runs 26.7.2', 'before that 26.7.1'],
    [{ ...of('a'), type: 'certificate', at: at(0), before: 'x', after: 'y' }, 'a has a new trusted certificate', 'Kestrel'],
    [{ ...of('a'), type: 'changes', at: at(0), kind: 'aliases', count: 1 }, 'a has 1 changed alias', 'Kestrel'],
    [{ ...of('a'), type: 'changes', at: at(0), kind: 'rules', count: 1_200 }, 'a has 1,200 changed rules', 'Kestrel'],
  ])('%o', (event, title, detail) => expect(latestLines([event], 1)[0]).toMatchObject({ title, detail }))
})
