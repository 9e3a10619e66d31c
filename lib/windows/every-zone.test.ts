import { describe, expect, it } from 'vitest'
import { randomOf } from '@/lib/testing/audit-log'
import { changesOf, dayAfter, judge, randomDay, randomWindow, rulesOf, walk, YEARS, type Judged, type Stretch } from '@/lib/testing/window-walk'
import { isOpen, mayStart, nextOccurrence, occurrencesBetween, steadyNow, type Occurrence, type WindowTimes } from './occurrences'

// `npm run test:deep -- windows` walks every zone (PART of PARTS at a time); here one zone of each set of rules, and less of it.
const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 30))
const random = randomOf(seed)
const [part, parts] = [Number(process.env.PART ?? 0), Number(process.env.PARTS ?? 0)]
const deep = parts > 0
const MINUTE_MS = 60_000
const some = <T>(values: readonly T[], count: number): T[] => (values.length <= count ? [...values] : Array.from({ length: count }, () => values[random(values.length)]).filter((value) => value !== undefined))

/** All zones, or one of each set of rules, by chance. */
function zonesOfThisRun(): string[] {
  const all = [...Intl.supportedValuesOf('timeZone'), 'UTC']
  if (deep) return all.filter((_, at) => at % parts === part)
  const sets = new Map<string, string[]>()
  for (const zone of all) {
    const rules = rulesOf(zone)
    sets.set(rules, [...(sets.get(rules) ?? []), zone])
  }
  return [...sets.values()].flatMap((zones) => some(zones, 1))
}

const asJudged = ({ day, opensAt, startsUntil, endsAt, skipped }: Occurrence): Judged => ({ day, opensMs: opensAt.getTime(), startsUntilMs: Math.max(startsUntil.getTime(), opensAt.getTime()), endsMs: endsAt.getTime(), none: skipped !== null })
const expected = (judged: Judged): Judged => ({ ...judged, startsUntilMs: Math.max(judged.startsUntilMs, judged.opensMs) })

/** Minutes around each border of an occurrence, and some by chance, asked as the engine would ask. */
function askMinutes(window: WindowTimes, all: readonly Judged[], { day, opensMs, startsUntilMs, endsMs, none }: Judged, { fromMs }: Stretch): void {
  const borders = [opensMs, startsUntilMs, endsMs].flatMap((border) => [border - MINUTE_MS, border - 1, border, border + MINUTE_MS])
  const between = (at: number): Judged | undefined => all.find((other) => !other.none && other.opensMs <= at && at < other.startsUntilMs)
  for (const at of [...borders, fromMs + random(4320) * MINUTE_MS]) {
    if (at < (all[0]?.opensMs ?? 0) || at >= (all.at(-1)?.endsMs ?? 0)) continue
    expect(isOpen(window, [], new Date(at))?.day ?? null, new Date(at).toISOString()).toBe(between(at)?.day ?? null)
  }
  if (none) return
  // It has closed; then the clock of the machine is set back to a time at which it was open.
  const occurrence = nextOccurrence(window, [], new Date(opensMs))
  expect(occurrence?.day).toBe(day)
  const back = new Date(opensMs + random(Math.max(1, startsUntilMs - opensMs)))
  expect(occurrence && mayStart(occurrence, back)).toBe(true)
  expect(occurrence && mayStart(occurrence, steadyNow(back, new Date(startsUntilMs)))).toBe(false)
}

function proveStretch(zone: string, middleMs: number, windows: number): number {
  const stretch = walk(zone, middleMs)
  let skipped = 0
  for (let count = 0; count < windows; count += 1) {
    const window = randomWindow(random, zone, stretch)
    const judged = judge(window, stretch)
    const days = new Set(judged.map(({ day }) => day))
    const found = occurrencesBetween(window, [], new Date(stretch.fromMs), new Date(stretch.fromMs + 4320 * MINUTE_MS)).filter(({ day }) => days.has(day))
    expect(found.map(asJudged), `${zone} ${JSON.stringify(window)}`).toEqual(judged.map(expected))
    for (const one of judged) askMinutes(window, judged, one, stretch)
    skipped += judged.filter(({ none }) => none).length
  }
  return skipped
}

/** Follows a window of one day of the week as the engine does: after each occurrence the next. Each week has one, or lost it to the clocks. */
function followYears(zone: string, years: number): number {
  const window: WindowTimes = { id: 'w', timeZone: zone, weekdays: [1 + random(7)], dates: [], earliestStart: `0${random(4)}:${random(2)}0`, latestStart: '04:00', hardEnd: '06:00', enabled: true }
  let at = new Date(Date.UTC(2026, 0, 1))
  let runs = 0
  let before: Occurrence | null = null
  for (const endMs = Date.UTC(2026 + years, 0, 1); at.getTime() < endMs; ) {
    const next: Occurrence | null = nextOccurrence(window, [], at)
    if (!next) throw new Error(`${zone} has no occurrence after ${at.toISOString()}.`)
    if (before) expect(next.day).toBe(dayAfter(before.day, 7))
    expect(next.startsUntil.getTime()).toBeGreaterThan(next.opensAt.getTime())
    at = next.startsUntil
    before = next
    runs += 1
  }
  return runs
}

describe(`windows in every zone, seed ${seed}`, () => {
  it('open and close as a walk over the minutes says, around every change of the clocks and on days by chance', () => {
    const zones = zonesOfThisRun()
    let stretches = 0
    let skipped = 0
    let runs = 0
    let changes = 0
    for (const zone of zones) {
      const all = changesOf(zone)
      changes += all.length
      const chance = Array.from({ length: deep ? YEARS * 2 : 1 }, (_, at) => randomDay(random, deep ? Math.floor(at / 2) : random(YEARS)))
      for (const middleMs of [...(deep ? all : some(all, 2)), ...chance]) {
        skipped += proveStretch(zone, middleMs, deep ? 6 : 3)
        stretches += 1
      }
      runs += followYears(zone, deep ? YEARS : 1)
    }
    console.log(`windows: ${zones.length} zones, ${changes} changes of the clocks, ${stretches} stretches of 72 h, ${runs} openings followed, ${skipped} skipped by the clocks, seed ${seed}`)
    if (deep) return
    expect(zones.length).toBeGreaterThan(50)
    expect(stretches).toBeGreaterThan(100)
  }, deep ? 3_600_000 : 60_000)
})
