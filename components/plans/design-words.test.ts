import { describe, expect, it } from 'vitest'
import { DEFAULT_DESIGN } from '@/lib/plans/words'
import { approvedWords, limitsWords, ringsWords, startsWords, windowsWords } from './design-words'

describe('what was approved, in words', () => {
  it('each ring with its gate', () => {
    expect(ringsWords(DEFAULT_DESIGN)).toEqual(['Canary: tags=canary; 100 % well, at least 1, soaks 24 h, no new critical alert', 'Early: 25 %, spread; 95 % well, at least 3, soaks 12 h, no new critical alert', 'Broad: the rest; 90 % well'])
  })

  it('windows, starts and limits', () => {
    expect(windowsWords(DEFAULT_DESIGN)).toBe('each site’s own')
    const window = { timeZone: 'Europe/Oslo', weekdays: [2, 4], dates: [], earliestStart: '02:00', latestStart: '03:30', hardEnd: '05:00' }
    expect(windowsWords({ windows: { by: 'plan', window } })).toBe('Tue, Thu; starts from 02:00 to 03:30, over by 05:00, Europe/Oslo')
    expect(windowsWords({ windows: { by: 'plan', window: { ...window, weekdays: [1, 2, 3, 4, 5, 6, 7] } } })).toMatch(/^every day;/)
    expect(windowsWords({ windows: { by: 'plan', window: { ...window, weekdays: [], dates: ['2026-12-01'] } } })).toMatch(/^2026-12-01;/)
    expect(startsWords(DEFAULT_DESIGN)).toBe('from the approval on, 45 min before the end of the window at the latest, put off by up to 20 min by chance')
    expect(startsWords({ ...DEFAULT_DESIGN, firstDay: '2026-12-01', randomStartMinutes: 0 })).toBe('from 2026-12-01 on, 45 min before the end of the window at the latest')
    expect(limitsWords(DEFAULT_DESIGN)).toBe('1 at a site, 3 of a customer, 10 in the fleet; 30 min between the two of an HA pair')
  })

  it('who approved it', () => {
    const given = [{ operatorId: 'm', name: 'Mira Holm', at: '2026-11-24T10:00:00Z' }]
    const approvals = { given, missing: [], people: [], mine: { counts: false, reason: null } }
    expect(approvedWords({ approvedAt: null, approvals, fourEyes: true })).toBe('not yet')
    expect(approvedWords({ approvedAt: '2026-11-24T10:00:00Z', approvals, fourEyes: true })).toMatch(/ by Mira Holm; it asked for two people$/)
    expect(approvedWords({ approvedAt: '2026-11-24T10:00:00Z', approvals: null, fourEyes: false })).toMatch(/\d$/)
  })
})
