import { describe, expect, it } from 'vitest'
import { chosenSides, mayBe } from './chosen-sides'

const backup = (id: string, isAccepted = false) => ({ id, isAccepted, isNewest: id === 'd' })
const ALL = [backup('d'), backup('c'), backup('b', true), backup('a')]
const nothing = { before: '', after: '' }

describe('which two are compared', () => {
  it('begins with the newest against the accepted one', () => expect(chosenSides(ALL, nothing)).toEqual({ before: 'b', after: 'd' }))
  it('takes the one before it where the newest is accepted, or none is', () => {
    expect(chosenSides([backup('d', true), backup('c')], nothing)).toEqual({ before: 'c', after: 'd' })
    expect(chosenSides([backup('d'), backup('c')], nothing)).toEqual({ before: 'c', after: 'd' })
  })
  it('keeps what was chosen, unless it is gone', () => {
    expect(chosenSides(ALL, { before: 'a', after: 'c' })).toEqual({ before: 'a', after: 'c' })
    expect(chosenSides(ALL, { before: 'gone', after: 'c' })).toEqual({ before: 'b', after: 'c' })
  })
  it('has no second side where there is one backup, or none', () => {
    expect(chosenSides([backup('d', true)], nothing)).toEqual({ before: null, after: 'd' })
    expect(chosenSides([], nothing)).toEqual({ before: null, after: null })
    expect(chosenSides(ALL, { before: 'c', after: 'c' })).toEqual({ before: null, after: 'c' })
  })
  it('lets only older ones be before, and newer ones after', () => {
    const places = { before: 2, after: 0 }
    expect([0, 1, 2, 3].filter((place) => mayBe('before', place, places))).toEqual([1, 2, 3])
    expect([0, 1, 2, 3].filter((place) => mayBe('after', place, places))).toEqual([0, 1])
    expect(mayBe('before', 0, { before: -1, after: -1 })).toBe(true)
  })
})
