import { describe, expect, it } from 'vitest'
import { cardTitle, shutBy } from './card-words'

const item = { opensAt: '2026-11-26T02:00:00Z', window: { id: 'w', name: 'Nights', timeZone: 'UTC' }, skipped: null, plans: [] }

describe('a card', () => {
  it('says by which blackout it is shut', () => {
    const skipped = { reason: 'blackout' as const, blackout: 'Election' }
    expect(shutBy(skipped)).toBe('Shut: Election')
    expect(cardTitle({ ...item, skipped })).toContain('Shut by the blackout Election: nothing starts on this day.')
    expect(cardTitle({ ...item, skipped: { reason: 'clocks', blackout: null } })).toContain('The clocks are put forward over all of it.')
  })
  it('names the plans whose jobs are in it', () => {
    expect(cardTitle(item)).not.toContain('Jobs of')
    expect(cardTitle({ ...item, plans: [{ id: 'a', name: 'Winter' }, { id: 'b', name: 'Late fixes' }] })).toMatch(/ Jobs of Winter, Late fixes\.$/)
  })
})
