import { describe, expect, it } from 'vitest'
import type { CustomerNumbers, Overview } from '@/lib/overview/dto'
import { FINDINGS, LEDGERS, whereFinding, whereLedger, type FindingName } from '@/lib/overview/findings'
import { formatSpan, headline, worstSentence } from './headline'

/** An overview with these findings; each firewall has one. */
const having = (counts: Partial<Record<FindingName, number>>): Overview => {
  const found = Object.entries(counts).map(([name, count]) => ({ finding: name as FindingName, count }))
  const ledgers = LEDGERS.map((ledger) => {
    const findings = found.filter(({ finding }) => FINDINGS[finding].ledger === ledger)
    return {
      ledger,
      where: whereLedger(ledger),
      count: findings.reduce((sum, { count }) => sum + count, 0),
      findings: findings.map((each) => ({ ...each, since: null, where: whereFinding([each.finding]) })),
    }
  })
  return {
    at: '',
    ageSeconds: 0,
    customer: null,
    total: 100,
    answering: { count: 0, where: '' },
    updates: { count: 0, where: '' },
    ledgers,
    customers: [],
    quiet: { customers: 0, firewalls: 0, updates: 0 },
  }
}

describe('the headline', () => {
  it.each<[Partial<Record<FindingName, number>>, string]>([
    [{ unreachable: 7, 'credential-rejected': 9 }, '7 firewalls do not answer. 9 wait for you.'],
    [{ unreachable: 1, 'credential-rejected': 1 }, '1 firewall does not answer. 1 waits for you.'],
    [{ 'gateway-down': 2 }, '2 firewalls have a gateway down.'],
    [{ 'certificate-changed': 1 }, '1 firewall waits for you.'],
    [{ 'reboot-pending': 4, stale: 1 }, 'Nothing is broken. 4 firewalls will break.'],
    [{ stale: 1 }, 'Nothing is broken that we know of. 1 firewall is not known.'],
    [{}, 'Nothing is broken, and nothing waits for you.'],
  ])('of %o', (counts, sentence) => expect(headline(having(counts))).toBe(sentence))
})

describe('what is worst with a customer', () => {
  const nowMs = Date.parse('2026-11-24T12:00:00Z')
  const worst = (more: Partial<NonNullable<CustomerNumbers['worst']>>) => ({
    worst: { finding: 'unreachable' as const, count: 5, since: null, firewall: null, site: null, ...more },
  })
  it.each([
    [worst({}), '5 do not answer'],
    [worst({ site: { id: '1', name: 'Rotterdam' }, since: '2026-11-24T11:18:00Z' }), '5 do not answer at Rotterdam, for 42 min'],
    [
      worst({ count: 1, firewall: { id: '1', name: 'gate' }, site: { id: '1', name: 'Rotterdam' }, since: '2026-11-24T09:00:00Z' }),
      'gate does not answer, for 3 h',
    ],
    [worst({ finding: 'reboot-pending', count: 2, since: '2026-11-18T12:00:00Z' }), '2 wait for a reboot, for 6 d'],
    [{ worst: null }, 'Quiet'],
    [{ worst: null, total: 0 }, 'No firewall yet'],
  ])('%o', (customer, sentence) => expect(worstSentence({ total: 9, ...customer }, nowMs)).toBe(sentence))
  it('is told without a time before the clock of the browser is known', () =>
    expect(worstSentence({ total: 9, ...worst({ since: '2026-11-24T11:18:00Z' }) }, null)).toBe('5 do not answer'))
  it('is never younger than a minute', () => expect(formatSpan('2026-11-24T12:00:30Z', nowMs)).toBe('1 min'))
})
