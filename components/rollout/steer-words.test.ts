import { describe, expect, it } from 'vitest'
import { steerWords } from './steer-words'

describe('steering a plan', () => {
  it('says that failures are accepted only where a ring is halted, also when it was paused since', () => {
    expect(steerWords({ state: 'paused', haltedReason: null }).resume.description).toBe('Firewalls start again in their windows.')
    expect(steerWords({ state: 'halted', haltedReason: 'Canary: 1 of 1 firewall failed.' }).resume.description).toMatch(/What failed or was left out so far is accepted/)
    expect(steerWords({ state: 'paused', haltedReason: 'Canary: 1 of 1 firewall failed.' }).resume.description).toMatch(/What failed or was left out so far is accepted/)
  })

  it('names the safe choice, never the word of the act', () => {
    expect(steerWords({ state: 'running', haltedReason: null }).cancel.safe).toBe('Keep it running')
    expect(steerWords({ state: 'halted', haltedReason: 'Canary.' }).cancel.safe).toBe('Leave it as it is')
  })
})
