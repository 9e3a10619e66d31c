import { describe, expect, it } from 'vitest'
import { driftSentence, itemWords, nextAfter, whoWords } from './drift-words'

describe('drift in words', () => {
  it('opens with how many', () => {
    expect(driftSentence(0, false, false)).toBe('No kept configuration differs from the accepted one, or from its first backup.')
    expect(driftSentence(1, false, false)).toBe('1 firewall changed since someone accepted its configuration.')
    expect(driftSentence(10_000, true, false)).toBe('10,000 firewalls or more changed since someone accepted their configuration.')
    expect(driftSentence(1, false, true)).toBe('1 firewall that matches changed since someone accepted its configuration.')
  })
  it('says what is not known', () => {
    expect(itemWords(null)).toBe('not comparable')
    expect(itemWords(1)).toBe('1 thing')
    expect(whoWords({ revisedBy: null })).toBe('by whom is not told')
  })
  it('goes on with the next one, at the end with the one before', () => {
    expect(nextAfter(['a', 'b', 'c'], 'b')).toBe('c')
    expect(nextAfter(['a', 'b', 'c'], 'c')).toBe('b')
    expect(nextAfter(['a'], 'a')).toBeNull()
    expect(nextAfter(['a'], 'gone')).toBe('a')
  })
})
