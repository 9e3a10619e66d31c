import { describe, expect, it } from 'vitest'
import type { PlanDto, PlanPreview, PreviewRow } from '@/lib/plans/dto'
import type { PreviewGroup } from '@/lib/plans/words'
import { approversSentence, minutesWords, namesInShort, planHref, plansSentence, progressWords, rebootWords, startWords } from './plan-words'
import { previewItems } from './preview-items'
import { whoWords } from './ring-words'

const jobs = { all: 55, waiting: 0, active: 0, stopped: 0, succeeded: 0, failed: 0, leftOut: 0 }
const named = (name: string) => ({ id: name, name })

describe('plans in words', () => {
  it('begin with what waits for somebody', () => {
    const states = (...all: ('draft' | 'running' | 'halted' | 'waiting-approval')[]) => all.map((state) => ({ state }))
    expect(plansSentence(states('halted', 'waiting-approval', 'waiting-approval', 'draft'), false)).toBe('1 plan is halted, 2 wait for approval.')
    expect(plansSentence(states('running', 'running'), false)).toBe('2 plans are running.')
    expect(plansSentence(states('draft'), false)).toBe('No plan is under way.')
    expect(plansSentence(states('draft'), true)).toBe('None of these is under way.')
  })

  it('say how far they are, and open where they are changed or run', () => {
    expect(progressWords({ jobs: { ...jobs, all: 0 } })).toBeNull()
    expect(progressWords({ jobs: { ...jobs, succeeded: 30, failed: 2, stopped: 1, active: 4, leftOut: 3 } })).toBe('30 of 55, 2 failed, 1 waits for a person, 4 under way, 3 left out')
    expect(planHref({ id: 'p', state: 'waiting-approval' })).toBe('/firmware/plans/p/edit')
    expect(planHref({ id: 'p', state: 'halted' })).toBe('/firmware/plans/p')
  })

  it('say when they start on both clocks where those differ', () => {
    const zone = new Intl.DateTimeFormat().resolvedOptions().timeZone
    expect(startWords('2026-12-01T02:00:00Z', zone).site).toBeNull()
    const other = zone === 'Asia/Tokyo' ? 'Europe/Oslo' : 'Asia/Tokyo'
    expect(startWords('2026-12-01T02:00:00Z', other).site).toContain(other)
  })

  it('count names, minutes and members in short', () => {
    expect(namesInShort([])).toBe('')
    expect(namesInShort(['A', 'B'])).toBe('A and B')
    expect(namesInShort(['A', 'B', 'C', 'D'])).toBe('A, B and 2 more')
    expect([minutesWords(null), minutesWords({ least: 0, most: 0 }), minutesWords({ least: 4, most: 4 }), minutesWords({ least: 3, most: 9 })]).toEqual([null, '0', '4 min', '3–9 min'])
    expect(whoWords({ by: 'query', query: 'tags=canary&name__startswith=a+b' })).toBe('tags=canary name__startswith=a b')
    expect(whoWords({ by: 'spread', percent: 25 })).toBe('25 %, spread')
    expect(whoWords({ by: 'hand', firewallIds: ['a'] })).toBe('1 firewall by hand')
  })
})

describe('who approves', () => {
  const approvals = (part: Partial<NonNullable<PlanDto['approvals']>>) => ({ given: [], missing: [], people: [], mine: { counts: true, reason: null }, ...part })
  it('is told with names, and why one’s own does not count', () => {
    const reason = 'You changed this plan last, and it asks for two people.'
    const people = ['Jonas Eide', 'Sara Holm'].map(named)
    expect(approversSentence({ fourEyes: true, approvals: approvals({ missing: [named('Anvil')], people, mine: { counts: false, reason } }) })).toBe(`${reason} Jonas Eide and Sara Holm can approve of Anvil.`)
    expect(approversSentence({ fourEyes: false, approvals: approvals({ missing: [named('Anvil')] }) })).toBe('Your approval counts; one is missing of Anvil.')
    expect(approversSentence({ fourEyes: false, approvals: approvals({ missing: [named('Anvil')], mine: { counts: false, reason } }) })).toContain('Nobody can approve it: it takes an admin of Anvil.')
    expect(approversSentence({ fourEyes: false, approvals: approvals({ given: [{ operatorId: 'a', name: 'Sara Holm', at: '' }] }) })).toBe('Approved by Sara Holm. Your approval counts.')
  })
})

describe('rows of the preview', () => {
  const row = (group: PreviewGroup, at: number, code: 'nothing' | 'unreachable' | 'paused'): PreviewRow => ({
    firewall: { id: `${group}${at}`, name: `fw${at}`, family: 'opnsense', familyLabel: '', timeZone: 'UTC' },
    customer: named('c'),
    site: null,
    group,
    ring: null,
    from: null,
    to: null,
    packageCount: null,
    downloadBytes: null,
    reboot: null,
    minutesAway: null,
    startsAt: null,
    endsAt: null,
    findings: [{ code, word: code, sentence: null, tone: 'none' }],
    peer: null,
  })
  const own = Array.from({ length: 47 }, (_, at) => row('on-its-own', at, 'nothing'))
  const cannot = Array.from({ length: 12 }, (_, at) => row('cannot-run', at, at < 2 ? 'unreachable' : 'paused'))
  const preview: PlanPreview = {
    workedOutAt: '2026-11-25T02:47:00Z', setHash: null, sentence: '', matched: 59, counts: { 'cannot-run': 12, 'needs-person': 0, 'on-its-own': 47 }, reboots: 0, rebootsUnknown: 0, haPairs: 0, sitesWithoutHa: 0, doneBy: null, rings: [], customers: [],
    groups: [
      { group: 'cannot-run', count: 12, findings: [{ code: 'paused', word: 'Paused', count: 10 }, { code: 'unreachable', word: 'Unreachable', count: 2 }] },
      { group: 'needs-person', count: 0, findings: [] },
      { group: 'on-its-own', count: 47, findings: [{ code: 'nothing', word: 'Nothing to note', count: 47 }] },
    ],
    rows: [...cannot, ...own.slice(0, 20)],
  }
  it.each([[3, 0, '3 reboots'], [0, 0, '0 reboots'], [1, 12, '1 reboot, not reported of 12'], [0, 12, 'reboots not reported']] as const)('%i reboots and %i not reported: %s', (reboots, rebootsUnknown, words) => expect(rebootWords({ reboots, rebootsUnknown })).toBe(words))
  it('are worst first under headings, with what is left out in words', () => {
    const items = previewItems(preview, new Set())
    expect(items.filter(({ kind }) => kind !== 'row')).toEqual([
      { kind: 'head', key: 'cannot-run', title: 'Cannot run, left out · 12' },
      { kind: 'more', key: 'cannot-run more', group: 'cannot-run', words: '4 more with the same finding' },
      { kind: 'head', key: 'on-its-own', title: 'On their own · 47' },
      { kind: 'more', key: 'on-its-own more', group: 'on-its-own', words: '39 more, nothing to note' },
    ])
  })
  it('of an opened group are all that are there, and what is still on its way is said', () => {
    const items = previewItems(preview, new Set<PreviewGroup>(['cannot-run', 'on-its-own']))
    expect(items.filter(({ kind }) => kind === 'more')).toMatchObject([{ words: '27 more, nothing to note' }])
    expect(previewItems({ ...preview, rows: [...cannot, ...own] }, new Set<PreviewGroup>(['on-its-own', 'cannot-run'])).filter(({ kind }) => kind === 'row')).toHaveLength(59)
  })
})
