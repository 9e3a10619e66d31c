import { describe, expect, it } from 'vitest'
import type { BlackoutDto, WindowDto } from '@/lib/windows/dto'
import { draftOf, holdingFor, meetStored } from './window-draft'

const stored: WindowDto = { id: 'w', name: 'Nights', customer: { id: 'loxley', name: 'Loxley' }, site: null, firewall: null, timeZone: 'Europe/Oslo', weekdays: [2], dates: [], earliestStart: '02:00', latestStart: '03:00', hardEnd: '04:00', enabled: true, next: null, createdAt: '2026-11-01T00:00:00Z', changedAt: '2026-11-01T00:00:00Z', etag: '"1"' }
const begun = { etag: stored.etag, draft: draftOf(stored) }
const typed = { ...begun.draft, name: 'Late nights' }
const theirs = { ...stored, etag: '"2"', hardEnd: '05:00' }

describe('a draft and another version that is stored', () => {
  it('is left alone while what is stored is what it began from', () => expect(meetStored(begun, typed, stored)).toBeNull())
  it('follows where nothing was typed, or the same', () => {
    expect(meetStored(begun, begun.draft, theirs)).toBe('follow')
    expect(meetStored(begun, draftOf(theirs), theirs)).toBe('follow')
  })
  it('takes the tag alone where nothing of it changed', () => expect(meetStored(begun, typed, { ...stored, etag: '"2"' })).toBe('tag'))
  it('is for a person to decide where something was typed', () => {
    expect(meetStored(begun, typed, theirs)).toBe('conflict')
    // Kept: from then on it stands against theirs, and saving replaces that.
    expect(meetStored({ etag: theirs.etag, draft: draftOf(theirs) }, typed, theirs)).toBeNull()
  })
})

describe('blackouts that hold for a window', () => {
  const blackout = (name: string, customer: string | null, site: string | null = null): BlackoutDto => ({ id: name, name, customer: customer === null ? null : { id: customer, name: customer }, site: site === null ? null : { id: site, name: site }, firstDay: '2026-12-24', lastDay: '2026-12-27', createdAt: '2026-11-01T00:00:00Z', etag: '"1"' })
  const all = [blackout('Christmas', null), blackout('Election', 'loxley'), blackout('Fair', 'loxley', 'hall'), blackout('Audit', 'mistral')]
  const names = (customerId: string | null, siteId: string | null) => holdingFor({ customerId, siteId }, all).map(({ name }) => name)
  it('are those of all customers, of its customer and of its site', () => {
    expect(names('loxley', null)).toEqual(['Christmas', 'Election'])
    expect(names('loxley', 'hall')).toEqual(['Christmas', 'Election', 'Fair'])
    expect(names(null, null)).toEqual(['Christmas'])
  })
})
