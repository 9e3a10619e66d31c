import { describe, expect, it } from 'vitest'
import { actsOf, ACTIVE_UPDATE_STATES, isBeforeStart, isFinalUpdate, nextUpdateState, UPDATE_RULES, UPDATE_STATES, UPDATE_TRANSITIONS, type UpdateState } from './states'

const exits = (state: UpdateState): [string, string][] => Object.entries(UPDATE_TRANSITIONS[state])
/** All that can follow, the state itself only where a way leads back to it. */
function after(state: UpdateState): Set<string> {
  const seen = new Set<string>()
  const open: string[] = [state]
  for (let one = open.pop(); one !== undefined; one = open.pop()) {
    const known = UPDATE_STATES.find((word) => word === one)
    for (const [event, to] of known === undefined ? [] : exits(known)) {
      if (event === 'waits' || seen.has(to)) continue
      seen.add(to)
      open.push(to)
    }
  }
  return seen
}

describe('the table of a job', () => {
  it('reaches every state', () => expect(UPDATE_STATES.filter((state) => state !== 'scheduled' && !after('scheduled').has(state))).toEqual([]))

  it('lets every state that is not final wait, time out and end', () => {
    for (const state of UPDATE_STATES.filter((one) => !isFinalUpdate(one))) {
      expect([state, nextUpdateState(state, 'waits'), UPDATE_RULES[state].minutesMax !== null]).toEqual([state, state, true])
      expect([state, nextUpdateState(state, 'timedOut')]).not.toEqual([state, null])
      expect([...after(state)].some((one) => UPDATE_STATES.some((word) => word === one && isFinalUpdate(word)))).toBe(true)
    }
    for (const state of UPDATE_STATES.filter(isFinalUpdate)) expect([state, UPDATE_RULES[state].minutesMax]).toEqual([state, null])
  })

  it('has one way into starting, and none back to it', () => {
    expect(UPDATE_STATES.flatMap((state) => exits(state).filter(([event, to]) => to === 'starting' && event !== 'waits').map(([event]) => `${state} ${event}`))).toEqual(['backing-up starts'])
    expect(after('starting').has('starting')).toBe(false)
    for (const before of ['scheduled', 'preflight', 'backing-up', 'held', 'blocked', 'cancelled', 'skipped']) expect([before, after('starting').has(before)]).toEqual([before, false])
  })

  it('lets people stop nothing that has begun', () => {
    expect(UPDATE_STATES.filter(isBeforeStart)).toEqual(['scheduled', 'preflight', 'backing-up', 'held', 'blocked'])
    for (const state of ACTIVE_UPDATE_STATES.filter((one) => !isBeforeStart(one))) expect([state, actsOf(state)]).toEqual([state, []])
  })
})
