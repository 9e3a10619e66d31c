// Which state held when, where readings are missing and why, and how much of the time a firewall was reachable. Pure; times
// are milliseconds since the epoch, so that no zone and no change of clocks can move them.
import type { FirewallState } from '@/lib/firewalls/states'
import type { GapReason } from './dto'

type Meaning = {
  /** Whether the time counts as reachable, as not, or not at all. */
  counts: 'up' | 'down' | 'nothing'
  /** Whether a visit in this state brings values, so that their absence means that there was no visit. */
  measures: boolean
}
/** A new state does not compile without its row. */
export const STATE_MEANINGS = {
  reachable: { counts: 'up', measures: true },
  degraded: { counts: 'up', measures: true },
  // It answers, but not with readings.
  'api-package-missing': { counts: 'up', measures: false },
  unreachable: { counts: 'down', measures: false },
  paused: { counts: 'nothing', measures: false },
  stale: { counts: 'nothing', measures: false },
  'not-visited': { counts: 'nothing', measures: false },
  'certificate-changed': { counts: 'nothing', measures: false },
  'credential-rejected': { counts: 'nothing', measures: false },
  'credential-missing': { counts: 'nothing', measures: false },
} as const satisfies Record<FirewallState, Meaning>

export type Span = { fromMs: number; toMs: number }
export type Period = Span & { state: FirewallState | 'not-enrolled' }
export type StateChange = { atMs: number; before: FirewallState; after: FirewallState }
export type Known = {
  createdAtMs: number
  /** What held before the first change in the time; null when no change tells. */
  earlier: FirewallState | null
  /** In the order of their times. */
  changes: readonly StateChange[]
  /** What holds now. */
  current: FirewallState
}

/** States over `span` without holes, one period after the other. */
export function periodsOf({ fromMs, toMs }: Span, { createdAtMs, earlier, changes, current }: Known): Period[] {
  const periods: Period[] = []
  const add = (state: Period['state'], until: number): void => {
    const begin = periods.at(-1)?.toMs ?? fromMs
    const end = Math.min(until, toMs)
    if (end > begin) periods.push({ state, fromMs: begin, toMs: end })
  }
  add('not-enrolled', createdAtMs)
  let state = earlier ?? changes[0]?.before ?? current
  for (const change of changes) {
    add(state, change.atMs)
    state = change.after
  }
  add(state, toMs)
  return periods
}

const measures = ({ state }: Period): boolean => state !== 'not-enrolled' && STATE_MEANINGS[state].measures

/** Steps of `stepMs` from `startMs` on in which something was measured, in order; two that are `joinMs` apart are still one line. */
export type Measured = { measured: readonly number[]; startMs: number; stepMs: number; joinMs: number }

/** Stretches without a value that are longer than `joinMs`. */
function missing({ fromMs, toMs }: Span, { measured, startMs, stepMs, joinMs }: Measured): Span[] {
  const stretches: Span[] = []
  let end = fromMs
  for (const [index, step] of [...measured, null].entries()) {
    const begin = step === null ? toMs : Math.max(startMs + step * stepMs, fromMs)
    // Between two values what counts is how far apart their steps begin, as in a drawn line.
    const apart = index === 0 || step === null ? begin - end : begin - end + stepMs
    if (begin > end && apart > joinMs) stretches.push({ fromMs: end, toMs: begin })
    if (step !== null) end = Math.min(startMs + (step + 1) * stepMs, toMs)
  }
  return stretches
}

export type Gap = Span & { reason: GapReason }

/**
 * Where values are missing, and why: a state in which none come, else that Palisade did not visit. A state is noticed
 * later than it began, so a moment of `joinMs` or less beside it has its reason.
 */
export function gapsOf(span: Span, periods: readonly Period[], measured: Measured): Gap[] {
  return missing(span, measured).flatMap((stretch) => {
    const parts = periods.map((period): Gap => ({ reason: measures(period) ? 'missed' : period.state, fromMs: Math.max(period.fromMs, stretch.fromMs), toMs: Math.min(period.toMs, stretch.toMs) }))
    const gaps = joined(parts.filter(({ fromMs, toMs }) => toMs > fromMs))
    const isMoment = ({ reason, fromMs, toMs }: Gap): boolean => (reason === 'missed' || reason === 'not-visited') && toMs - fromMs <= measured.joinMs
    return joined(gaps.map((gap, index) => (isMoment(gap) ? { ...gap, reason: (gaps[index + 1] ?? gaps[index - 1] ?? gap).reason } : gap)))
  })
}

function joined(parts: readonly Gap[]): Gap[] {
  const gaps: Gap[] = []
  for (const part of parts) {
    const last = gaps.at(-1)
    if (last?.reason === part.reason && last.toMs === part.fromMs) last.toMs = part.toMs
    else gaps.push({ ...part })
  }
  return gaps
}

export type Uptime = { upMs: number; knownMs: number; excluded: { reason: GapReason; ms: number }[] }

const shared = (one: Span, other: Span): number => Math.max(0, Math.min(one.toMs, other.toMs) - Math.max(one.fromMs, other.fromMs))

/** Time reachable of the time known. What is not known is left out and said: it is neither up nor down. */
export function uptimeOf(periods: readonly Period[], gaps: readonly Gap[]): Uptime {
  const unseen = gaps.filter(({ reason }) => reason === 'missed')
  const excluded = new Map<GapReason, number>()
  const exclude = (reason: GapReason, ms: number): void => void (ms > 0 && excluded.set(reason, (excluded.get(reason) ?? 0) + ms))
  let [upMs, downMs] = [0, 0]
  for (const period of periods) {
    const ms = period.toMs - period.fromMs
    const counts = period.state === 'not-enrolled' ? 'nothing' : STATE_MEANINGS[period.state].counts
    if (counts === 'nothing') exclude(period.state, ms)
    if (counts === 'down') downMs += ms
    if (counts !== 'up') continue
    const owedMs = measures(period) ? unseen.reduce((sum, gap) => sum + shared(period, gap), 0) : 0
    exclude('missed', owedMs)
    upMs += ms - owedMs
  }
  return { upMs, knownMs: upMs + downMs, excluded: [...excluded].map(([reason, ms]) => ({ reason, ms })).sort((a, b) => b.ms - a.ms) }
}
