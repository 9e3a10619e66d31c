// Which series stand together in one chart, and how their values are written. Pure.
import { LINES_MAX, type Line, type Panel } from '@/components/charts/panel'
import { niceTop, type TimeAxis } from '@/components/charts/scale'
import { formatCount, formatMs, formatPercent, formatRate, formatShort, rateUnit } from '@/lib/format/numbers'
import type { FirewallHistory, HistorySeries, Measure } from '@/lib/history/dto'

type Kind = {
  id: string
  title: string
  unit: string
  measures: readonly Measure[]
  top: number | null
  threshold: number | null
  format: (value: number) => string
}

/** In the order of the page. From the threshold on, a value is a reason to look: the firewalls' own marks of a bad line, and nine tenths of what there is. */
const KINDS: readonly Kind[] = [
  { id: 'answer', title: 'Time to answer Palisade', unit: 'ms', measures: ['answer'], top: null, threshold: null, format: formatMs },
  { id: 'latency', title: 'Gateway latency', unit: 'ms', measures: ['latency'], top: null, threshold: 200, format: formatMs },
  { id: 'loss', title: 'Gateway loss', unit: '% of packets', measures: ['loss'], top: null, threshold: 10, format: formatPercent },
  { id: 'jitter', title: 'Gateway jitter', unit: 'ms', measures: ['jitter'], top: null, threshold: null, format: formatMs },
  { id: 'cpu', title: 'CPU', unit: '%', measures: ['cpu'], top: 100, threshold: 90, format: formatPercent },
  { id: 'memory', title: 'Memory and disk', unit: '%', measures: ['memory', 'disk'], top: 100, threshold: 90, format: formatPercent },
  { id: 'states', title: 'States', unit: 'open connections', measures: ['states'], top: null, threshold: null, format: formatCount },
]
/** A smaller loss would fill the chart and look like a large one. */
const TOP_MIN: Partial<Record<string, number>> = { loss: 20, latency: 10, jitter: 4 }
const LABELS: Partial<Record<Measure, string>> = { answer: 'Answer', cpu: 'CPU', memory: 'Memory', disk: 'Disk', states: 'States', received: 'In', sent: 'Out' }

export const axisOf = ({ from, to, start, stepSeconds, steps }: FirewallHistory): TimeAxis => ({
  fromMs: Date.parse(from),
  toMs: Date.parse(to),
  startMs: Date.parse(start),
  stepMs: stepSeconds * 1000,
  steps,
})

const toLine = ({ measure, subject, mean, low, high, joinSeconds }: HistorySeries, stepSeconds: number): Line => ({
  label: measure === 'received' || measure === 'sent' ? (LABELS[measure] ?? measure) : (subject ?? LABELS[measure] ?? measure),
  values: mean,
  low,
  high,
  joinSteps: Math.max(joinSeconds / stepSeconds, 1),
})

const highestOf = (lines: readonly Line[]): number =>
  lines.reduce((most, { values, high }) => (high ?? values).reduce<number>((max, value) => Math.max(max, value ?? 0), most), 0)

function toPanel({ measures, top, ...kind }: Kind, { series, stepSeconds }: FirewallHistory): Panel[] {
  const found = series.filter(({ measure, mean }) => measures.includes(measure) && mean.some((value) => value !== null))
  if (found.length === 0) return []
  const lines = found.slice(0, LINES_MAX).map((each) => toLine(each, stepSeconds))
  const end = top ?? niceTop(Math.max(highestOf(lines), TOP_MIN[kind.id] ?? 0))
  return [
    {
      ...kind,
      title: kind.id === 'memory' && lines.length === 1 ? (lines[0]?.label ?? kind.title) : kind.title,
      lines,
      top: end,
      tick: end < 4 ? (value) => String(Number(value.toPrecision(2))) : formatShort,
    },
  ]
}

/** Interfaces with traffic, the busiest first. */
export const interfacesOf = ({ series }: FirewallHistory): string[] =>
  series.flatMap(({ measure, subject }) => (measure === 'received' && subject !== null ? [subject] : []))

/** In and out of one interface, in the unit that fits its highest rate; null where it has none. */
export function throughputPanel({ series, stepSeconds }: FirewallHistory, name: string): Panel | null {
  const lines = series
    .filter(({ measure, subject }) => subject === name && (measure === 'received' || measure === 'sent'))
    .map((each) => toLine(each, stepSeconds))
  if (lines.length === 0) return null
  const { unit, size } = rateUnit(highestOf(lines))
  const top = niceTop(highestOf(lines) / size) * size
  return {
    id: 'throughput',
    title: 'Throughput',
    unit,
    lines,
    top,
    threshold: null,
    format: formatRate,
    tick: (value) => String(Number((value / size).toPrecision(3))),
  }
}

/** All charts of a history; `interfaceName` is the interface whose throughput is shown. */
export function panelsOf(history: FirewallHistory, interfaceName: string | null): Panel[] {
  const throughput = interfaceName === null ? null : throughputPanel(history, interfaceName)
  return [...KINDS.flatMap((kind) => toPanel(kind, history)), ...(throughput ? [throughput] : [])]
}

/** Gateways that have a series but no line in their chart. */
export const gatewaysLeftOut = ({ series }: FirewallHistory): number => Math.max(series.filter(({ measure }) => measure === 'latency').length - LINES_MAX, 0)
