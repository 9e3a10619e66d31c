import { describe, expect, it } from 'vitest'
import { isFinalRevert, nextRevertState, REVERT_MINUTES_MAX, REVERT_STATES, REVERT_TRANSITIONS, REVERT_WORDS } from './states'

describe('the table of going back', () => {
  it('every state can be reached, and every one that waits leaves by itself', () => {
    const reached = new Set<string>(['asked', ...REVERT_STATES.flatMap((state) => Object.values(REVERT_TRANSITIONS[state]))])
    expect(REVERT_STATES.filter((state) => !reached.has(state))).toEqual([])
    for (const state of REVERT_STATES.filter((each) => !isFinalRevert(each))) {
      expect([state, Object.hasOwn(REVERT_MINUTES_MAX, state)]).toEqual([state, true])
      expect([state, nextRevertState(state, 'timedOut')]).not.toEqual([state, null])
    }
  })
  it('what changes something is entered from one state alone, and never again from itself', () => {
    const into = (wanted: string) => REVERT_STATES.filter((state) => state !== wanted && Object.values<string>(REVERT_TRANSITIONS[state]).includes(wanted))
    expect(into('storing')).toEqual(['checking'])
    expect(into('restarting')).toEqual(['restart-asked'])
    expect(into('done')).toEqual(['reading-back'])
  })
  it('says what each means in whole sentences', () => {
    for (const state of REVERT_STATES) expect(REVERT_WORDS[state].sentence).toMatch(/^[A-Z].+\.$/)
  })
})
