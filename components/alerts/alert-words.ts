// The sentences about alerts. Pure, so that they can be tested.
import { formatSpan } from '@/components/overview/headline'
import type { AlertCounts, AlertDto } from '@/lib/alerts/dto'
import { formatCount, plural } from '@/lib/format/numbers'

export const openOf = ({ critical, warning, notice }: AlertCounts['open']): number => critical + warning + notice

/** `4 alerts want someone. 12 follow from them.` */
export function alertsHeadline({ open, acknowledged, effects, evaluatedAt }: Pick<AlertCounts, 'open' | 'acknowledged' | 'effects' | 'evaluatedAt'>): string {
  const count = openOf(open)
  const follow = effects > 0 ? ` ${formatCount(effects)} ${effects === 1 ? 'follows' : 'follow'} from ${count + acknowledged === 1 ? 'it' : 'them'}.` : ''
  if (count > 0) return `${plural(count, 'alert')} ${count === 1 ? 'wants' : 'want'} someone.${follow}`
  if (acknowledged > 0) return `Somebody looks after ${acknowledged === 1 ? 'the one alert' : `all ${formatCount(acknowledged)} alerts`} that ${acknowledged === 1 ? 'is' : 'are'} not over.${follow}`
  // Nobody has looked: that is no reason to say that all is well.
  return evaluatedAt === null ? 'Palisade has not looked yet.' : 'Nothing wants anyone. All is well.'
}

/** `open for 42 min`, `acknowledged by Mira 3 min ago`: how it stands. Without times while `nowMs` is not known. */
export function standing(alert: AlertDto, nowMs: number | null): string {
  const span = (at: string): string => (nowMs === null ? '' : ` ${formatSpan(at, nowMs)}`)
  switch (alert.state) {
    case 'pending':
      return alert.causeId === null ? 'not open yet' : 'follows from another'
    case 'open':
      return `open for${span(alert.openedAt ?? alert.since)}`
    case 'acknowledged':
      return `acknowledged by ${alert.acknowledged?.by ?? 'somebody'}${alert.acknowledged && nowMs !== null ? `, ${formatSpan(alert.acknowledged.at, nowMs)} ago` : ''}`
    case 'resolved':
      return `resolved after ${alert.resolvedAt === null ? 'a while' : formatSpan(alert.openedAt ?? alert.since, Date.parse(alert.resolvedAt))}`
  }
}

/** The second line of a row: where it is, and what else there is to know. */
export function whereabouts({ customer, site, isFlapping, flaps, silencedUntil }: AlertDto): string {
  return [customer.name, site?.name, isFlapping && 'comes and goes', !isFlapping && flaps > 0 && `came back ${flaps === 1 ? 'once' : `${formatCount(flaps)} times`}`, silencedUntil !== null && 'silenced'].filter((part) => typeof part === 'string').join(', ')
}

/** What follows from an alert, by kind: `4 gateways down, 6 tunnels down`. */
export function effectsByKind(effects: readonly Pick<AlertDto, 'title'>[]): string {
  const counts = new Map<string, number>()
  for (const { title } of effects) counts.set(title, (counts.get(title) ?? 0) + 1)
  return [...counts].map(([title, count]) => `${formatCount(count)} × ${title.toLowerCase()}`).join(', ')
}
