import { describe, expect, it } from 'vitest'
import { ACTS, decisionsOf, effectOf, wantsCopy } from './job-decisions'

const held = { state: 'held', reason: 'offer-changed', acts: ['release', 'skip', 'cancel'] } as const
const released = { ...held, acts: [...held.acts] }

describe('decisions about a job', () => {
  it('tell of what offers something else that releasing leads in a circle, and what does not', () => {
    expect(decisionsOf(released, 'running', false)).toEqual(['release', 'skip', 'cancel'])
    expect(effectOf('release', held)).toMatch(/held again unless the firewall offers by then what was approved.*make a copy of the plan that ends this one/)
    expect(effectOf('release', { state: 'held', reason: 'window' })).toBe(ACTS.release.effect)
    expect(effectOf('skip', held)).toBe(ACTS.skip.effect)
  })

  it('offer the copy while the plan goes on', () => {
    expect(wantsCopy(held, 'halted')).toBe(true)
    expect(wantsCopy(held, 'done')).toBe(false)
    expect(wantsCopy(held, null)).toBe(false)
    expect(wantsCopy({ state: 'held', reason: 'window' }, 'running')).toBe(false)
    expect(wantsCopy({ state: 'skipped', reason: 'offer-changed' }, 'running')).toBe(false)
  })

  it('draw what cannot be taken back as danger', () => {
    expect(Object.entries(ACTS).flatMap(([act, { danger }]) => (danger ? [act] : []))).toEqual(['without-backup', 'cancel'])
  })
})
