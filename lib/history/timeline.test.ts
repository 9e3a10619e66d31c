// Gaps and uptime against a simulation that goes through the time second by second and knows nothing of periods.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FIREWALL_STATES, type FirewallState } from '@/lib/firewalls/states'
import { gapsOf, periodsOf, STATE_MEANINGS, uptimeOf, type Known, type Measured } from './timeline'

const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31)
process.stdout.write(`uptime: seed ${seed}\n`)

const SECONDS = 600
const STEP = 10
const state = fc.constantFrom(...FIREWALL_STATES)
type Case = { created: number; first: FirewallState; changes: [number, FirewallState][]; measured: number[]; join: number }
const aCase: fc.Arbitrary<Case> = fc.record({
  created: fc.integer({ min: -100, max: SECONDS }),
  first: state,
  changes: fc.uniqueArray(fc.tuple(fc.integer({ min: 1, max: SECONDS - 1 }), state), { selector: ([second]) => second, maxLength: 12 }).map((list) => list.sort(([a], [b]) => a - b)),
  measured: fc.uniqueArray(fc.integer({ min: 0, max: SECONDS / STEP - 1 }), { maxLength: 40 }).map((list) => list.sort((a, b) => a - b)),
  join: fc.integer({ min: STEP, max: 60 }),
})

const toKnown = ({ created, first, changes }: Case): Known => ({
  createdAtMs: created * 1000,
  earlier: first,
  changes: changes.map(([second, after], index) => ({ atMs: second * 1000, before: changes[index - 1]?.[1] ?? first, after })),
  current: changes.at(-1)?.[1] ?? first,
})
const toMeasured = ({ measured, join }: Case): Measured => ({ measured, startMs: 0, stepMs: STEP * 1000, joinMs: join * 1000 })

/** What each second was: a state as the last change before it says, and whether it lies where values are missing. */
function simulate({ created, first, changes, measured, join }: Case) {
  const has = new Set(measured)
  const isMissing: boolean[] = []
  for (let second = 0; second < SECONDS; second += 1) {
    let [left, right] = [Math.floor(second / STEP), Math.floor(second / STEP)]
    while (left >= 0 && !has.has(left)) left -= 1
    while (right < SECONDS / STEP && !has.has(right)) right += 1
    const apart = left >= 0 && right < SECONDS / STEP ? (right - left) * STEP : right * STEP - (left + 1) * STEP
    isMissing.push(left !== right && apart > join)
  }
  const states = isMissing.map((_, second) => (second < created ? null : (changes.filter(([at]) => at <= second).at(-1)?.[1] ?? first)))
  return { isMissing, states }
}

/** Runs of seconds in which a visit was owed and nothing came, each longer than `join`. */
function unseen(given: Case): boolean[] {
  const { isMissing, states } = simulate(given)
  const owed = states.map((each, second) => each !== null && STATE_MEANINGS[each].measures && isMissing[second] === true)
  return owed.map((is, second) => {
    if (!is) return false
    let [begin, end] = [second, second]
    while (owed[begin - 1] === true) begin -= 1
    while (owed[end + 1] === true) end += 1
    // A moment between states in which nothing comes belongs to them; alone in its gap it is a gap of its own.
    const alone = !(isMissing[begin - 1] ?? false) && !(isMissing[end + 1] ?? false)
    return end - begin + 1 > given.join || alone
  })
}

describe('uptime and gaps', () => {
  it('are what a simulation by seconds says', () => {
    fc.assert(
      fc.property(aCase, (given) => {
        const span = { fromMs: 0, toMs: SECONDS * 1000 }
        const periods = periodsOf(span, toKnown(given))
        const gaps = gapsOf(span, periods, toMeasured(given))
        const { states, isMissing } = simulate(given)
        const notSeen = unseen(given)
        const counted = (which: (state: FirewallState | null, second: number) => boolean) => states.filter((each, second) => which(each, second)).length
        const up = counted((each, second) => each !== null && STATE_MEANINGS[each].counts === 'up' && notSeen[second] !== true)
        const down = counted((each) => each !== null && STATE_MEANINGS[each].counts === 'down')
        const { upMs, knownMs, excluded } = uptimeOf(periods, gaps)
        expect([upMs / 1000, knownMs / 1000]).toEqual([up, up + down])
        expect(knownMs + excluded.reduce((sum, { ms }) => sum + ms, 0)).toBe(SECONDS * 1000)
        const inGap = (second: number) => gaps.some(({ fromMs, toMs }) => fromMs <= second * 1000 && second * 1000 < toMs)
        expect(states.map((_, second) => inGap(second))).toEqual(isMissing)
        for (const [index, gap] of gaps.entries()) expect(gap.fromMs).toBeGreaterThanOrEqual(gaps[index - 1]?.toMs ?? 0)
      }),
      { seed, numRuns: 300 },
    )
  })
  it('of a firewall that was never seen are nothing, said as such', () => {
    const span = { fromMs: 0, toMs: 1000 }
    const periods = periodsOf(span, { createdAtMs: 400, earlier: null, changes: [], current: 'not-visited' })
    expect(periods).toEqual([{ state: 'not-enrolled', fromMs: 0, toMs: 400 }, { state: 'not-visited', fromMs: 400, toMs: 1000 }])
    expect(uptimeOf(periods, [])).toEqual({ upMs: 0, knownMs: 0, excluded: [{ reason: 'not-visited', ms: 600 }, { reason: 'not-enrolled', ms: 400 }] })
  })
  it('tell an outage from a stop of Palisade', () => {
    const minute = 60_000
    const span = { fromMs: 0, toMs: 60 * minute }
    const changes = [{ atMs: 11 * minute, before: 'reachable', after: 'unreachable' }, { atMs: 20 * minute, before: 'unreachable', after: 'reachable' }] as const
    const periods = periodsOf(span, { createdAtMs: -1, earlier: 'reachable', changes, current: 'reachable' })
    const measured = Array.from({ length: 60 }, (_, step) => step).filter((step) => step < 9 || (step >= 20 && step < 40) || step >= 50)
    const gaps = gapsOf(span, periods, { measured, startMs: 0, stepMs: minute, joinMs: 2.5 * minute })
    expect(gaps).toEqual([{ fromMs: 9 * minute, toMs: 20 * minute, reason: 'unreachable' }, { fromMs: 40 * minute, toMs: 50 * minute, reason: 'missed' }])
    expect(uptimeOf(periods, gaps)).toEqual({ upMs: 41 * minute, knownMs: 50 * minute, excluded: [{ reason: 'missed', ms: 10 * minute }] })
  })
})
