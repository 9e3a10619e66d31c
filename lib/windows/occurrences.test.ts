import { describe, expect, it } from 'vitest'
import { createBlackoutInput, createWindowInput } from './input'
import { isOpen, mayStart, nextOccurrence, nextOfAny, occurrencesBetween, steadyNow, type WindowTimes } from './occurrences'

const window = (more: Partial<WindowTimes> = {}): WindowTimes => ({ id: 'w', timeZone: 'Europe/Oslo', weekdays: [7], dates: [], earliestStart: '02:15', latestStart: '02:45', hardEnd: '04:00', enabled: true, ...more })
const at = (text: string) => new Date(text)
const times = (found: ReturnType<typeof nextOccurrence>) => found && [found.day, found.opensAt.toISOString().slice(5, 16), found.startsUntil.toISOString().slice(5, 16), found.endsAt.toISOString().slice(5, 16)]
const BLACKOUT = { name: 'Christmas', firstDay: '2026-12-24', lastDay: '2026-12-27' }

describe('the clocks of a zone', () => {
  it('are put forward: a window within the gap opens at the first valid instant, for its minute', () => {
    // 2027-03-28, 02:00 becomes 03:00 in Oslo.
    expect(times(nextOccurrence(window(), [], at('2027-03-27T12:00:00Z')))).toEqual(['2027-03-28', '03-28T01:00', '03-28T01:01', '03-28T02:00'])
    expect(times(nextOccurrence(window({ latestStart: '03:30' }), [], at('2027-03-27T12:00:00Z')))).toEqual(['2027-03-28', '03-28T01:00', '03-28T01:31', '03-28T02:00'])
  })
  it('are put forward over a whole window: it is skipped with the reason, and the next week has one', () => {
    const short = window({ hardEnd: '02:50' })
    expect(occurrencesBetween(short, [], at('2027-03-27T00:00:00Z'), at('2027-03-29T00:00:00Z'))).toMatchObject([{ id: 'w:2027-03-28', skipped: { reason: 'clocks' } }])
    expect(nextOccurrence(short, [], at('2027-03-27T00:00:00Z'))?.day).toBe('2027-04-04')
  })
  it('are put back: it runs once, the first time', () => {
    // 2026-10-25, 03:00 becomes 02:00 in Oslo: 02:30 is shown twice.
    expect(times(nextOccurrence(window(), [], at('2026-10-24T12:00:00Z')))).toEqual(['2026-10-25', '10-25T00:15', '10-25T00:46', '10-25T03:00'])
    expect(isOpen(window(), [], at('2026-10-25T00:30:00Z'))?.id).toBe('w:2026-10-25')
    expect(isOpen(window(), [], at('2026-10-25T01:30:00Z'))).toBeNull()
  })
  it('jump over midnight, as in Nuuk: the night still belongs to the day on which it was to open', () => {
    const nuuk = window({ timeZone: 'America/Nuuk', weekdays: [6], earliestStart: '23:10', latestStart: '00:30', hardEnd: '02:00' })
    const found = nextOccurrence(nuuk, [], at('2027-03-26T12:00:00Z'))
    expect(found?.day).toBe('2027-03-27')
    expect(found?.opensAt.toISOString()).toBe('2027-03-28T01:00:00.000Z')
    expect(nextOccurrence(nuuk, [{ name: 'x', firstDay: '2027-03-28', lastDay: '2027-03-28' }], at('2027-03-26T12:00:00Z'))?.day).toBe('2027-04-03')
  })
  it('of a zone that this machine does not know never show a time', () => {
    expect(nextOccurrence(window({ timeZone: 'Mars/Olympus' }), [], at('2026-11-25T00:00:00Z'))).toBeNull()
    expect(occurrencesBetween(window({ timeZone: 'Mars/Olympus' }), [], at('2026-11-25T00:00:00Z'), at('2026-12-25T00:00:00Z'))).toEqual([])
  })
  it('of a machine that are set back open nothing that has closed', () => {
    const open = nextOccurrence(window(), [], at('2026-11-28T12:00:00Z'))
    if (!open) throw new Error('No occurrence.')
    expect(mayStart(open, at('2026-11-29T01:30:00Z'))).toBe(true)
    expect(mayStart(open, steadyNow(at('2026-11-29T01:30:00Z'), at('2026-11-29T02:10:00Z')))).toBe(false)
    expect(mayStart(open, steadyNow(at('2026-11-29T01:30:00Z'), at('2026-11-29T01:20:00Z')))).toBe(true)
  })
})

describe('a window', () => {
  it('goes over midnight, and a blackout shuts it there', () => {
    const night = window({ weekdays: [3], earliestStart: '22:00', latestStart: '01:00', hardEnd: '02:00' })
    const from = at('2026-12-21T00:00:00Z')
    expect(times(nextOccurrence(night, [], from))).toEqual(['2026-12-23', '12-23T21:00', '12-24T00:01', '12-24T01:00'])
    expect(times(nextOccurrence(night, [BLACKOUT], from))).toEqual(['2026-12-23', '12-23T21:00', '12-23T23:00', '12-24T01:00'])
  })
  it('does not open on a day of a blackout, and says which', () => {
    const daily = window({ weekdays: [1, 2, 3, 4, 5, 6, 7] })
    const found = occurrencesBetween(daily, [BLACKOUT], at('2026-12-23T12:00:00Z'), at('2026-12-28T12:00:00Z'))
    expect(found.map(({ day, skipped }) => [day.slice(8), skipped?.blackout ?? null])).toEqual([['24', 'Christmas'], ['25', 'Christmas'], ['26', 'Christmas'], ['27', 'Christmas'], ['28', null]])
    expect(nextOccurrence(daily, [BLACKOUT], at('2026-12-23T12:00:00Z'))?.day).toBe('2026-12-28')
  })
  it('by dates opens on them and then no more', () => {
    const dates = window({ weekdays: [], dates: ['2026-12-30', '2026-12-05'] })
    expect(nextOccurrence(dates, [], at('2026-11-25T00:00:00Z'))?.day).toBe('2026-12-05')
    expect(nextOccurrence(dates, [], at('2026-12-05T02:00:00Z'))?.day).toBe('2026-12-30')
    expect(nextOccurrence(dates, [], at('2026-12-31T00:00:00Z'))).toBeNull()
  })
  it('that is off has no occurrence, and a far horizon ends the search', () => {
    expect(nextOccurrence(window({ enabled: false }), [], at('2026-11-25T00:00:00Z'))).toBeNull()
    expect(nextOccurrence(window(), [{ name: 'x', firstDay: '2026-01-01', lastDay: '2032-01-01' }], at('2026-11-25T00:00:00Z'))).toBeNull()
  })
  it('of several, the one that opens first', () => {
    const later = window({ id: 'later', weekdays: [6] })
    expect(nextOfAny([window(), later], [], at('2026-11-25T00:00:00Z'))?.windowId).toBe('later')
    expect(nextOfAny([], [], at('2026-11-25T00:00:00Z'))).toBeNull()
  })
})

describe('a form', () => {
  const good = { name: 'Nights', customerId: '00000000-0000-4000-8000-000000000001', timeZone: 'Europe/Oslo', weekdays: [2], earliestStart: '02:00', latestStart: '03:00', hardEnd: '04:00' }
  const wrong = (more: Record<string, unknown>) => createWindowInput.safeParse({ ...good, ...more }).error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)
  it('takes what is right, over midnight too', () => {
    expect(wrong({})).toBeUndefined()
    expect(wrong({ earliestStart: '22:00', latestStart: '01:00', hardEnd: '02:00' })).toBeUndefined()
    expect(wrong({ earliestStart: '00:00', latestStart: '23:00', hardEnd: '23:59' })).toBeUndefined()
  })
  it.each([
    [{ hardEnd: '01:00' }, /^hardEnd: It ends before it starts. Over midnight it would last 23 h/],
    [{ hardEnd: '02:00' }, /^hardEnd: It ends when it starts/],
    [{ latestStart: '02:01', hardEnd: '02:03' }, /^hardEnd: It lasts 3 min/],
    [{ latestStart: '04:30' }, /^latestStart: /],
    [{ latestStart: '01:59' }, /^latestStart: /],
    [{ latestStart: '04:00' }, /^latestStart: /],
    [{ weekdays: [] }, /^weekdays: Choose a day/],
    [{ dates: ['2026-12-24'] }, /^dates: .*not both/],
    [{ weekdays: [], dates: ['2026-02-30'] }, /^dates.0: A day/],
    [{ weekdays: [8] }, /^weekdays.0: /],
    [{ timeZone: 'Mars/Olympus' }, /^timeZone: /],
    [{ timeZone: '+01:00' }, /^timeZone: /],
    [{ earliestStart: '24:00' }, /^earliestStart: A time/],
  ])('names the field: %o', (more, sentence) => {
    const issues = wrong(more)
    expect(issues).toHaveLength(1)
    expect(issues?.[0]).toMatch(sentence)
  })
  it.each([[{ firstDay: '2026-12-24', lastDay: '2026-12-23' }], [{ firstDay: '2026-12-24', lastDay: '2027-12-25' }]])('refuses a blackout %o', (days) => {
    expect(createBlackoutInput.safeParse({ name: 'N', ...days }).error?.issues[0]?.path).toEqual(['lastDay'])
  })
})
