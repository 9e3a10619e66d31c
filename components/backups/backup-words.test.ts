import { describe, expect, it } from 'vitest'
import { backupsSentence, differenceMarks, differenceWords, reasonNotToTake, revisionWords } from './backup-words'

const states = { none: 0, failing: 0, comparison: 0, good: 0 }

describe('the sentence of the backups', () => {
  it('counts who has one and who has none', () => {
    expect(backupsSentence({ total: 300, states: { ...states, none: 3, good: 297 } })).toEqual({
      first: '297 of 300 firewalls have a backup from the last 3 days. 3 have none.',
      rest: '',
    })
    expect(backupsSentence({ total: 2, states: { ...states, none: 1, good: 1 } }).first).toBe('1 of 2 firewalls has a backup from the last 3 days. 1 has none.')
  })
  it('is calm when all have one, and plain when none has', () => {
    expect(backupsSentence({ total: 1_284, states: { ...states, good: 1_284 } }).first).toBe('All 1,284 firewalls have a backup from the last 3 days.')
    expect(backupsSentence({ total: 1, states: { ...states, good: 1 } }).first).toBe('The firewall has a backup from the last 3 days.')
    expect(backupsSentence({ total: 4, states: { ...states, none: 4 } }).first).toBe('No firewall has a backup from the last 3 days.')
    expect(backupsSentence({ total: 0, states }).first).toBe('There is no firewall here.')
  })
  it('says what else is not as it should be', () =>
    expect(backupsSentence({ total: 9, states: { none: 0, failing: 2, comparison: 1, good: 6 } }).rest).toBe(
      'The last try of 2 failed. 1 firewall gives a configuration that can be compared, but not given back.',
    ))
})

describe('words of a backup', () => {
  it('marks what differs and says it', () => {
    expect(differenceMarks({ added: 2, removed: 0, changed: 1_200 })).toBe('+2 ~1,200')
    expect(differenceMarks({ added: 0, removed: 0, changed: 0 })).toBe('0')
    expect(differenceWords({ added: 0, removed: 0, changed: 0 })).toBe('nothing differs from the one before')
  })
  it('quotes the firewall', () => {
    expect(revisionWords('root@10.0.0.2', 'Rule edited')).toBe('by root@10.0.0.2: Rule edited')
    expect(revisionWords(null, 'Rule edited')).toBe('Rule edited')
    expect(revisionWords(null, null)).toBeNull()
  })
  it('always has a reason where none can be taken', () => {
    expect(reasonNotToTake({ possible: true, impossibleBecause: null })).toBeNull()
    expect(reasonNotToTake({ possible: false, impossibleBecause: null })).toBe('A backup cannot be taken now.')
  })
})
