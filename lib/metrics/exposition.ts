// The text format of Prometheus, version 0.0.4.
import { METRICS, type MetricName } from './names'

export const CONTENT_TYPE = 'text/plain; version=0.0.4; charset=utf-8'
/** No series of a name with more than this: what a firewall says of itself is hostile. */
const LABEL_LENGTH_MAX = 200

/** One value of a metric, with labels beside those that all its rows carry. Null: not reported, so there is no series. */
export type Point = readonly [value: number | null, labels?: Readonly<Record<string, string>>]

/** Of a metric with one value for each row. */
export const one = (value: number | null): readonly Point[] => [[value]]
/** A moment as Prometheus counts it: seconds since 1970. */
export const seconds = (at: Date | null): number | null => (at === null ? null : at.getTime() / 1000)

const escaped = (value: string): string => value.slice(0, LABEL_LENGTH_MAX).toWellFormed().replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')

/** Labels as they stand between the braces. */
export const labelText = (labels: Readonly<Record<string, string>>): string =>
  Object.entries(labels)
    .map(([name, value]) => `${name}="${escaped(value)}"`)
    .join(',')

/** A metric with its help, its type and one line for each point; nothing at all without points. `shared`: labels by `labelText`. */
export function metricText(name: MetricName, rows: Iterable<{ shared: string; points: readonly Point[] }>): string {
  const lines: string[] = []
  for (const { shared, points } of rows) {
    for (const [value, labels] of points) {
      if (value === null || !Number.isFinite(value)) continue
      const own = labels === undefined ? '' : labelText(labels)
      const all = shared !== '' && own !== '' ? `${shared},${own}` : shared + own
      lines.push(all === '' ? `${name} ${value}` : `${name}{${all}} ${value}`)
    }
  }
  const { type, help } = METRICS[name]
  return lines.length === 0 ? '' : `# HELP ${name} ${help.replaceAll('\\', '\\\\')}\n# TYPE ${name} ${type}\n${lines.join('\n')}\n`
}
