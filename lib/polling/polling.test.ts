// The tables of visits: which kinds when, when a firewall counts as unreachable, and when the night is quiet.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { READ_KINDS } from '@/lib/adapters/model'
import { DEFAULT_INTERVALS, effectiveIntervals, intervalsInput, paceSeconds, TIERS, TIER_RULES } from './intervals'
import { isQuiet, nextQuietMoment, quietWindow } from './quiet-hours'
import { afterVisit, BACK_OFF_SECONDS_MAX, contactOf, MISSES_UNTIL_SILENT, nextVisitSeconds, type VisitEvent } from './reachability'
import { dueTiers, nextTierTime, secondsToNextVisit, type TierTimes } from './schedule'

const seed = Number(process.env.FC_SEED ?? Date.now() % 1_000_000_000)
process.stdout.write(`polling: seed ${seed}\n`)
const check = (property: Parameters<typeof fc.assert>[0]) => fc.assert(property as fc.IProperty<unknown>, { seed, numRuns: 300 })
const START = Date.parse('2026-11-24T12:00:00Z')
const NOTHING = { misses: 0, returns: 0 }

describe('intervals', () => {
  it('every kind of reading belongs to exactly one tier', () => expect(TIERS.flatMap((tier) => TIER_RULES[tier].kinds).toSorted()).toEqual([...READ_KINDS].sort()))

  it('the most specific level that decides wins; null, nonsense and nothing decide nothing', () => {
    expect(effectiveIntervals(null, undefined, {})).toEqual(DEFAULT_INTERVALS)
    expect(effectiveIntervals({ status: 120, vpn: 600, dailyCheck: false }, { status: null, vpn: 900 }, { status: 30 })).toEqual({ ...DEFAULT_INTERVALS, status: 30, vpn: 900, dailyCheck: false })
    expect(effectiveIntervals({ status: 120 }, { status: 'soon' }, 7)).toEqual({ ...DEFAULT_INTERVALS, status: 120 })
  })

  it.each([[{ status: 29 }], [{ rules: 86_401 }], [{ vpn: 60.5 }], [{ arp: 60 }], [{ quietHours: { from: '24:00', to: '05:00' } }], [{ quietHours: { from: '02:00', to: '02:29' } }], [{ quietHours: { from: '02:00', to: '02:00' } }]])('%j is refused', (input) => expect(intervalsInput.safeParse(input).success).toBe(false))
  it('quiet hours may go over midnight', () => expect(intervalsInput.safeParse({ quietHours: { from: '23:30', to: '00:15' } }).success).toBe(true))
})

describe('tiers', () => {
  const interval = fc.integer({ min: 30, max: 3_600 })
  it('over a long time each tier is read as often as it should be, on the visits that the fastest one makes', () =>
    check(
      fc.property(fc.record({ status: interval, neighbours: interval, vpn: interval, rules: interval }), fc.infiniteStream(fc.double({ min: 0, max: 0.999, noNaN: true })), (chosen, randoms) => {
        const intervals = { ...DEFAULT_INTERVALS, ...chosen }
        const random = () => Number(randoms.next().value)
        const pace = paceSeconds(intervals)
        const times: TierTimes = { status: new Date(START), neighbours: new Date(START), vpn: new Date(START), rules: new Date(START) }
        const reads = { status: 0, neighbours: 0, vpn: 0, rules: 0 }
        const visits = Math.ceil((40 * Math.max(...TIERS.map((tier) => intervals[tier]))) / pace)
        let now = START
        for (let visit = 0; visit < Math.min(visits, 4_000); visit += 1) {
          for (const tier of dueTiers(times, intervals, NOTHING, new Date(now))) {
            reads[tier] += 1
            times[tier] = nextTierTime(times[tier], intervals[tier], new Date(now), random())
          }
          now += secondsToNextVisit(NOTHING, intervals, random()) * 1000
        }
        for (const tier of TIERS) {
          const wanted = (now - START) / 1000 / intervals[tier]
          // One more at the beginning, and the rounding of the last.
          expect(reads[tier]).toBeGreaterThan(wanted * 0.85 - 3)
          expect(reads[tier]).toBeLessThan(wanted * 1.2 + 4)
        }
      }),
    ))

  it('one whose interval was made shorter does not wait for its old time, and a silent firewall is asked for its status', () => {
    const times = { status: new Date(START), neighbours: new Date(START + 86_400_000), vpn: new Date(START + 200_000), rules: new Date(START + 900_000) }
    expect(dueTiers(times, DEFAULT_INTERVALS, NOTHING, new Date(START))).toEqual(['status', 'neighbours'])
    const slowStatus = { ...DEFAULT_INTERVALS, status: 86_400 }
    expect(dueTiers({ ...times, status: new Date(START + 8_000_000) }, slowStatus, { misses: 1, returns: 0 }, new Date(START))).toContain('status')
  })
})

describe('reachability', () => {
  const events = fc.array(fc.constantFrom<VisitEvent>('answer', 'miss'), { maxLength: 40 })
  it('unreachable exactly after two misses in a row, and until two answers in a row', () =>
    check(
      fc.property(events, (told) => {
        let counts = { misses: 0, returns: 0 }
        let isUnreachable = false
        told.forEach((event, at) => {
          const next = afterVisit(counts, event)
          const before = at === 0 ? 'answer' : told[at - 1]
          if (event === 'miss' && before === 'miss' && at > 0) isUnreachable = true
          if (event === 'answer' && before === 'answer') isUnreachable = false
          expect(next.isUnreachable).toBe(isUnreachable)
          expect(contactOf(next)).toBe(next.contact)
          counts = { misses: next.misses, returns: next.returns }
        })
      }),
    ))

  it('waits longer after each miss, never longer than the bound or the interval, and looks again soon when in doubt', () =>
    check(
      fc.property(fc.integer({ min: 30, max: 86_400 }), fc.integer({ min: MISSES_UNTIL_SILENT, max: 2_000 }), (pace, misses) => {
        const wait = (count: number, returns = 0) => nextVisitSeconds({ misses: count, returns }, pace)
        expect(wait(misses)).toBeGreaterThanOrEqual(pace)
        expect(wait(misses + 1)).toBeGreaterThanOrEqual(wait(misses))
        expect(wait(misses)).toBeLessThanOrEqual(Math.max(BACK_OFF_SECONDS_MAX, pace))
        expect([wait(1), wait(misses, 1)]).toEqual([pace / 4, pace / 4])
      }),
    ))
})

describe('quiet hours', () => {
  const zones = ['UTC', 'Europe/Oslo', 'America/St_Johns', 'Australia/Lord_Howe', 'Pacific/Apia', 'Asia/Kathmandu', 'America/Sao_Paulo', 'Africa/Casablanca']
  const time = fc.tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 })).map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'))
  const clock = (at: Date, timeZone: string) => new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(at)

  it('the moment lies ahead, within a day and a half, and the clock on the wall there shows a quiet hour, also on days when it is set', () =>
    check(
      fc.property(fc.constantFrom(...zones), fc.date({ min: new Date('2024-01-01'), max: new Date('2030-01-01'), noInvalidDate: true }), time, time, fc.double({ min: 0, max: 0.999, noNaN: true }), (zone, at, from, to, random) => {
        fc.pre(intervalsInput.safeParse({ quietHours: { from, to } }).success)
        const moment = nextQuietMoment(at, zone, { from, to }, random)
        expect(moment.getTime()).toBeGreaterThan(at.getTime())
        expect(moment.getTime() - at.getTime()).toBeLessThan(2 * 86_400_000)
        const shown = clock(moment, zone)
        expect(from <= to ? from <= shown && shown < to : shown >= from || shown < to).toBe(true)
        expect(isQuiet(moment, quietWindow(moment, zone, { from, to }))).toBe(true)
      }),
    ))

  it('lasts as long as the clock says: two hours in the night that has none at two, four in the night that has two', () => {
    const length = (at: string) => {
      const { from, to } = quietWindow(new Date(at), 'Europe/Oslo', DEFAULT_INTERVALS.quietHours)
      return (to.getTime() - from.getTime()) / 3_600_000
    }
    expect([length('2026-03-28T20:00:00Z'), length('2026-10-24T20:00:00Z'), length('2026-11-24T20:00:00Z')]).toEqual([2, 4, 3])
  })
})
