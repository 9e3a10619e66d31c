// The sentences of the overview. Pure, so that they can be tested.
import { formatCount, plural } from '@/lib/format/numbers'
import type { CustomerNumbers, LedgerCount, Overview } from '@/lib/overview/dto'
import { FINDINGS, type Ledger } from '@/lib/overview/findings'

const SECONDS = [
  [86_400, 'd'],
  [3600, 'h'],
  [60, 'min'],
] as const

/** `42 min`, `3 h`, `6 d`: how long something lasts, in its largest unit; below a minute `1 min`. */
export function formatSpan(since: string, nowMs: number): string {
  const seconds = Math.max(60, Math.floor((nowMs - Date.parse(since)) / 1000))
  const [size, unit] = SECONDS.find(([each]) => seconds >= each) ?? [60, 'min']
  return `${Math.floor(seconds / size)} ${unit}`
}

const ledgerOf = ({ ledgers }: Overview, name: Ledger): LedgerCount | undefined => ledgers.find(({ ledger }) => ledger === name)

/** What is wrong, worst first: `7 firewalls do not answer. 9 wait for you.` */
export function headline(overview: Overview): string {
  const worst = ledgerOf(overview, 'broken')?.findings[0]
  const [waits = 0, breaks = 0, unknown = 0] = (['waits', 'will-break', 'not-known'] as const).map((ledger) => ledgerOf(overview, ledger)?.count ?? 0)
  const sentences = [
    worst && `${plural(worst.count, 'firewall')} ${FINDINGS[worst.finding].does[worst.count === 1 ? 0 : 1]}.`,
    waits > 0 && `${worst ? formatCount(waits) : plural(waits, 'firewall')} ${waits === 1 ? 'waits' : 'wait'} for you.`,
  ].filter((sentence) => typeof sentence === 'string')
  if (sentences.length > 0) return sentences.join(' ')
  if (breaks > 0) return `Nothing is broken. ${plural(breaks, 'firewall')} will break.`
  return unknown > 0
    ? `Nothing is broken that we know of. ${plural(unknown, 'firewall')} ${unknown === 1 ? 'is' : 'are'} not known.`
    : 'Nothing is broken, and nothing waits for you.'
}

/** Of a customer, its worst: `5 do not answer at Rotterdam, for 42 min`. Without a time while `nowMs` is not known. */
export function worstSentence({ worst, total }: Pick<CustomerNumbers, 'worst' | 'total'>, nowMs: number | null): string {
  if (worst === null) return total === 0 ? 'No firewall yet' : 'Quiet'
  const { does } = FINDINGS[worst.finding]
  const who = worst.firewall ? `${worst.firewall.name} ${does[0]}` : `${formatCount(worst.count)} ${does[1]}`
  const place = worst.site && !worst.firewall ? ` at ${worst.site.name}` : ''
  return `${who}${place}${worst.since !== null && nowMs !== null ? `, for ${formatSpan(worst.since, nowMs)}` : ''}`
}
