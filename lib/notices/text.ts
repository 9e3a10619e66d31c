// The one place that makes words of notices. Names in them come from firewalls and people: they are cleaned, kept to one
// line and never markup; each channel escapes what its format would read.
import { cleanText } from '@/lib/core/clean-text'
import { publicUrl } from '@/lib/core/env'
import { formatExact } from '@/lib/format/dates'
import { NOTICE_KINDS, noticeFacts, type NoticeFacts, type NoticeKind, type Severity } from './kinds'

/** A notice as it is stored. */
export type StoredNotice = { id: string; kind: NoticeKind; at: Date; severity: Severity; customerId: string | null; firewallId: string | null; alertId: string | null; facts: unknown }

/** A notice in words. `headline` and every value of `rows` are one line. */
export type NoticeText = {
  notice: Omit<StoredNotice, 'facts'> & { facts: NoticeFacts }
  headline: string
  sentence: string
  rows: readonly (readonly [name: string, value: string])[]
  /** The page that shows it. */
  url: string
}

const LINE_LENGTH_MAX = 200
const oneLine = (text: string): string => cleanText(text).replace(/\s+/g, ' ').trim().slice(0, LINE_LENGTH_MAX)

function pageOf({ alertId, firewallId }: StoredNotice, planId: string | null): string {
  const path = alertId !== null ? `/alerts/${alertId}` : planId !== null ? `/firmware/plans/${planId}` : firewallId !== null ? `/firewalls/${firewallId}` : '/'
  return `${publicUrl().origin}${path}`
}

/** "Critical: Gateway down, kl-rtm-fw1"; an opened alert begins with its severity, everything else with what happened. */
function headlineOf(kind: NoticeKind, severity: Severity, { title, firewallName, siteName, customerName }: NoticeFacts): string {
  const begins = kind === 'alert-opened' ? `${severity.charAt(0).toUpperCase()}${severity.slice(1)}` : NOTICE_KINDS[kind]
  const where = firewallName ?? siteName ?? customerName
  return oneLine(`${begins}: ${title}${where === null ? '' : `, ${where}`}`)
}

/** Facts that do not parse belong to another version: what can be said is said, and nothing is lost. */
function factsOf(facts: unknown): NoticeFacts {
  const parsed = noticeFacts.safeParse(facts)
  return parsed.success ? parsed.data : noticeFacts.parse({ title: 'Something happened', sentence: 'Open the page to see what.' })
}

/** Words for people, in UTC, from the facts of a notice. */
export function textOf(stored: StoredNotice): NoticeText {
  const facts = factsOf(stored.facts)
  const rows: [string, string | null][] = [
    ['Customer', facts.customerName],
    ['Site', facts.siteName],
    ['Firewall', facts.firewallName],
    ['Since', facts.since && formatExact(facts.since, 'UTC')],
    ['Until', facts.until && formatExact(facts.until, 'UTC')],
    ['Follows from it', facts.effects === 0 ? null : String(facts.effects)],
    ['By', facts.by],
    ['Note', facts.note],
  ]
  return {
    notice: { ...stored, facts },
    headline: headlineOf(stored.kind, stored.severity, facts),
    sentence: oneLine(facts.sentence),
    rows: rows.flatMap(([name, value]) => (value === null || value === '' ? [] : [[name, oneLine(value)] as const])),
    url: pageOf(stored, facts.planId),
  }
}

/** Subject of a message about one notice, or about many. At most 200 characters, without line breaks. */
export function subjectOf(texts: readonly NoticeText[]): string {
  const [first] = texts
  if (texts.length === 1 && first) return first.headline
  const critical = texts.filter(({ notice }) => notice.severity === 'critical').length
  return `${texts.length} notices${critical > 0 ? `, ${critical} critical` : ''}`
}

/** Plain text of a message about one notice or many. */
export function bodyOf(texts: readonly NoticeText[]): string {
  return texts.map(({ headline, sentence, rows, url }) => [headline, sentence, '', ...rows.map(([name, value]) => `${name}: ${value}`), url].join('\n')).join('\n\n---\n\n')
}
