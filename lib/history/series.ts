import type { StoredSeries } from '@/lib/db/history-sql'
import { MEASURES, type HistorySeries, type Measure } from './dto'

type Unit = HistorySeries['unit']
const UNITS = { answer: 'ms', cpu: 'percent', memory: 'percent', disk: 'percent', states: 'count', latency: 'ms', loss: 'percent', jitter: 'ms', received: 'bit/s', sent: 'bit/s' } as const satisfies Record<Measure, Unit>

/** A reply stays small whatever a firewall lists: so many gateways, and so many interfaces, those with most traffic. */
const GATEWAYS_MAX = 6
const INTERFACES_MAX = 8
/** Enough for a chart; more digits would only be longer. */
const DIGITS = 3

/** `latency/WAN` → latency of WAN; null for a name that this version does not know. A subject may hold a slash itself. */
function parseName(name: string): { measure: Measure; subject: string | null } | null {
  const slash = name.indexOf('/')
  const measure = MEASURES.find((known) => known === (slash < 0 ? name : name.slice(0, slash)))
  return measure === undefined ? null : { measure, subject: slash < 0 ? null : name.slice(slash + 1) }
}

/**
 * How far apart two values of a series may be and still be joined by a line: what one late visit makes, not what a missing
 * one makes. Interfaces are read less often than gateways, so it is their usual distance that counts. `at` are steps in order.
 */
export function joinSecondsOf(at: readonly number[], stepSeconds: number, visitSeconds: number): number {
  const distances = at.slice(1).map((step, index) => step - (at[index] ?? step)).sort((a, b) => a - b)
  const usual = (distances[distances.length >> 1] ?? 1) * stepSeconds
  return stepSeconds + 1.5 * (usual > stepSeconds ? usual : Math.min(visitSeconds, stepSeconds))
}

const rounded = (value: number): number => Number(value.toPrecision(DIGITS))

function spread(steps: number, at: readonly number[], values: readonly number[]): (number | null)[] {
  const all = Array.from<number | null>({ length: steps }).fill(null)
  for (const [index, step] of at.entries()) if (step >= 0 && step < steps) all[step] = rounded(values[index] ?? 0)
  return all
}

type Shape = { steps: number; stepSeconds: number; visitSeconds: number }

function toOne({ steps: at, low, mean, high }: StoredSeries, { measure, subject }: { measure: Measure; subject: string | null }, { steps, stepSeconds, visitSeconds }: Shape): HistorySeries {
  const isSpread = low.some((value, index) => value !== high[index])
  return {
    measure,
    subject,
    unit: UNITS[measure],
    joinSeconds: joinSecondsOf(at, stepSeconds, visitSeconds),
    mean: spread(steps, at, mean),
    ...(isSpread && { low: spread(steps, at, low), high: spread(steps, at, high) }),
  }
}

/** Names of the subjects that stay, in their order: of gateways the first, of interfaces those with most traffic. */
function chosen(named: readonly { measure: Measure; subject: string | null; total: number }[]): { gateways: ReadonlySet<string>; interfaces: ReadonlySet<string>; leftOut: number } {
  const totals = { gateways: new Map<string, number>(), interfaces: new Map<string, number>() }
  for (const { measure, subject, total } of named) {
    if (subject === null) continue
    const group = measure === 'received' || measure === 'sent' ? totals.interfaces : totals.gateways
    group.set(subject, (group.get(subject) ?? 0) + total)
  }
  const gateways = [...totals.gateways.keys()].sort().slice(0, GATEWAYS_MAX)
  const interfaces = [...totals.interfaces].sort(([, a], [, b]) => b - a).slice(0, INTERFACES_MAX).map(([name]) => name)
  return { gateways: new Set(gateways), interfaces: new Set(interfaces), leftOut: totals.gateways.size + totals.interfaces.size - gateways.length - interfaces.length }
}

/** Series in the order of MEASURES, then gateways by name and interfaces by traffic, at most 40; and how many subjects had no room. */
export function toSeries(stored: readonly StoredSeries[], shape: Shape): { series: HistorySeries[]; leftOut: number } {
  const named = stored.flatMap((series) => {
    const name = parseName(series.name)
    return name ? [{ ...name, series, total: series.mean.reduce((sum, value) => sum + value, 0) }] : []
  })
  const { gateways, interfaces, leftOut } = chosen(named)
  const order = [...gateways, ...interfaces]
  const series = named
    .filter(({ measure, subject }) => subject === null || (measure === 'received' || measure === 'sent' ? interfaces : gateways).has(subject))
    .sort((a, b) => MEASURES.indexOf(a.measure) - MEASURES.indexOf(b.measure) || order.indexOf(a.subject ?? '') - order.indexOf(b.subject ?? ''))
    .map(({ series: one, measure, subject }) => toOne(one, { measure, subject }, shape))
  return { series, leftOut }
}
