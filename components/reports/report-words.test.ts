import { describe, expect, it } from 'vitest'
import { downWords, excludedWords, monthWords, reportSentence, shortMonth, uptimeWords } from './report-words'

const uptime = (reachableSeconds: number, knownSeconds: number) => ({
  percent: knownSeconds === 0 ? null : (reachableSeconds / knownSeconds) * 100,
  reachableSeconds,
  knownSeconds,
  excluded: [],
})
const counts = { items: [], total: 0 }

describe('a report in words', () => {
  it('names months', () => expect([monthWords('2026-11'), shortMonth('2027-03')]).toEqual(['November 2026', 'Mar']))
  it('never rounds an outage away', () => {
    expect(uptimeWords(uptime(100, 100))).toBe('100 %')
    expect(uptimeWords(uptime(2_591_999, 2_592_000))).toBe('99.999 %')
    expect(uptimeWords(uptime(99, 100))).toBe('99.000 %')
    expect(uptimeWords(uptime(0, 0))).toBe('not known')
    expect([downWords(uptime(40, 100)), downWords(uptime(5, 5)), downWords(uptime(0, 0))]).toEqual(['1 min', 'none', ''])
  })
  it('says what counts neither way', () => {
    const excluded = [
      { reason: 'paused' as const, seconds: 7_200 },
      { reason: 'missed' as const, seconds: 59 },
    ]
    expect(excludedWords({ ...uptime(1, 1), excluded })).toBe('2 h paused')
  })
  it('begins with a sentence', () => {
    const bySeverity = { critical: 0, warning: 0, notice: 0 }
    const base = { firewalls: [], uptime: uptime(0, 0), incidents: { ...counts, bySeverity }, inProgress: false, open: counts }
    expect(reportSentence(base)).toBe('No firewall of this customer was enrolled in this month.')
    const firewall = {
      id: 'a',
      name: 'a',
      site: null,
      uptime: uptime(1, 1),
      backups: { kept: 0, days: 0, daysWithout: 0, comparisonOnly: false },
      configurationChanges: 0,
      drift: null,
    }
    expect(reportSentence({ ...base, firewalls: [firewall], uptime: uptime(1, 1) })).toBe(
      '1 firewall was reachable for 100 % of the time that is known. Nothing that needed someone happened.',
    )
    expect(
      reportSentence({
        ...base,
        firewalls: [firewall, firewall],
        uptime: uptime(99, 100),
        incidents: { items: [], total: 3, bySeverity },
        open: { items: [], total: 1 },
        inProgress: true,
      }),
    ).toBe('So far, 2 firewalls were reachable for 99.000 % of the time that is known. 3 incidents needed someone and 1 is still open.')
    const over = { ...base, firewalls: [firewall], uptime: uptime(1, 1), incidents: { items: [], total: 1, bySeverity }, open: { items: [], total: 1 } }
    expect(reportSentence(over)).toMatch(/1 incident needed someone and 1 was still open at its end\.$/)
  })
})
