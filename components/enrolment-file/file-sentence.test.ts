import { describe, expect, it } from 'vitest'
import { fileSentence } from './file-sentence'

const none = { 'waits-for-trust': 0, failed: 0, differs: 0, testing: 0, probing: 0, waiting: 0, enrolled: 0, unchanged: 0, dropped: 0 }
const of = (counts: Partial<typeof none>) =>
  fileSentence({ total: Object.values(counts).reduce((sum, count) => sum + count, 0), counts: { ...none, ...counts } })

describe('the sentence about a file', () => {
  it.each([
    [{ enrolled: 2, unchanged: 1 }, 'All 3 firewalls of this file are enrolled.'],
    [{ enrolled: 1 }, 'All 1 firewall of this file is enrolled.'],
    [{ enrolled: 1, failed: 1, 'waits-for-trust': 2 }, '1 of 4 firewalls is enrolled. 2 wait for you, 1 failed.'],
    [{ waiting: 1, testing: 1, dropped: 1, differs: 1 }, '0 of 4 firewalls are enrolled. 1 differs from what is enrolled, 2 are under way, 1 was given up.'],
  ])('%o', (counts, sentence) => expect(of(counts)).toBe(sentence))
})
