// Geometry of a chart: what stands where. Pure.
import { zoneOffsetMs } from '@/lib/format/dates'

/** The one axis that all charts of a page share. Steps are `stepMs` long from `startMs` on. */
export type TimeAxis = { fromMs: number; toMs: number; startMs: number; stepMs: number; steps: number }

/** The middle of a step, within the time that is shown. */
export const timeOfStep = ({ fromMs, toMs, startMs, stepMs }: TimeAxis, step: number): number =>
  Math.min(Math.max(startMs + (step + 0.5) * stepMs, fromMs), toMs)
export const stepAt = ({ startMs, stepMs, steps }: TimeAxis, ms: number): number => Math.min(Math.max(Math.floor((ms - startMs) / stepMs), 0), steps - 1)
/** 0 at the left edge, 1 at the right one. */
export const shareOf = ({ fromMs, toMs }: TimeAxis, ms: number): number => (ms - fromMs) / (toMs - fromMs)

const NICE = [1, 2, 3, 4, 5, 6, 8, 10] as const

/** The end of an axis from 0 with a middle that reads well: one figure times a power of ten. */
export function niceTop(highest: number): number {
  if (!(highest > 0)) return 1
  const power = 10 ** Math.floor(Math.log10(highest))
  return (NICE.find((nice) => nice * power >= highest) ?? 10) * power
}

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const TICK_STEPS = [
  MINUTE,
  5 * MINUTE,
  10 * MINUTE,
  15 * MINUTE,
  30 * MINUTE,
  HOUR,
  2 * HOUR,
  3 * HOUR,
  4 * HOUR,
  6 * HOUR,
  12 * HOUR,
  DAY,
  2 * DAY,
  5 * DAY,
  7 * DAY,
  14 * DAY,
  30 * DAY,
  90 * DAY,
]

export type TimeTicks = { at: number[]; isDays: boolean }

/** At most `most` marks at round times of the zone's clocks, which stay round when those are put forward or back. */
export function timeTicks({ fromMs, toMs }: Pick<TimeAxis, 'fromMs' | 'toMs'>, zone: string | undefined, most: number): TimeTicks {
  const step = TICK_STEPS.find((length) => (toMs - fromMs) / length <= most) ?? 90 * DAY
  /** How far a time is past the last round one. */
  const past = (ms: number): number => (((ms + zoneOffsetMs(ms, zone)) % step) + step) % step
  const at: number[] = []
  let next = fromMs - past(fromMs)
  while (next <= toMs) {
    if (next >= fromMs) at.push(next)
    next += step
    const beside = past(next)
    next += beside > step / 2 ? step - beside : -beside
  }
  return { at, isDays: step >= DAY }
}

type Point = { x: number; y: number }
type Values = readonly (number | null)[]
export type Place = { axis: TimeAxis; width: number; height: number; top: number }

const xOf = ({ axis, width }: Place, step: number): number => shareOf(axis, timeOfStep(axis, step)) * width
export const yOf = ({ height, top }: Place, value: number): number => height - (Math.min(Math.max(value, 0), top) / top) * height
const coordinates = ({ x, y }: Point): string => `${x.toFixed(1)} ${y.toFixed(1)}`

/** Values that a line may join: those that are further apart have a gap between them. */
export function runsOf(values: Values, joinSteps: number): number[][] {
  const runs: number[][] = []
  for (const [step, value] of values.entries()) {
    if (value === null) continue
    const run = runs.at(-1)
    if (run && step - (run.at(-1) ?? step) <= joinSteps) run.push(step)
    else runs.push([step])
  }
  return runs
}

/** A line through the values; one that stands alone is a short dash, because a point would not be seen. */
export function linePath(values: Values, joinSteps: number, place: Place): string {
  return runsOf(values, joinSteps)
    .map((run) => {
      const points = run.map((step) => coordinates({ x: xOf(place, step), y: yOf(place, values[step] ?? 0) }))
      return points.length === 1 ? `M${points[0]}h2` : `M${points.join('L')}`
    })
    .join('')
}

/** The ground between lowest and highest. */
export function bandPath(low: Values, high: Values, joinSteps: number, place: Place): string {
  return runsOf(low, joinSteps)
    .filter((run) => run.length > 1)
    .map((run) => {
      const above = run.map((step) => coordinates({ x: xOf(place, step), y: yOf(place, high[step] ?? 0) }))
      const below = run.toReversed().map((step) => coordinates({ x: xOf(place, step), y: yOf(place, low[step] ?? 0) }))
      return `M${[...above, ...below].join('L')}Z`
    })
    .join('')
}

/** The newest value, for who points nowhere. */
export const lastValue = (values: Values): number | null => values.findLast((value) => value !== null) ?? null
