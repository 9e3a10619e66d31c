// What a search found, said before it is listed. Pure.
import { formatCount, plural } from '@/lib/format/numbers'
import type { SearchResult } from '@/lib/search/dto'

const AS = { address: 'The address', network: 'The network', mac: 'The MAC', port: 'Port', text: '' } as const

const some = (page: { total: number; totalIsAtLeast?: boolean | undefined } | undefined, one: string, many?: string): string | null =>
  page === undefined || page.total === 0
    ? null
    : page.totalIsAtLeast === true
      ? `over ${formatCount(page.total)} ${many ?? `${one}s`}`
      : plural(page.total, one, many)

const list = (parts: readonly (string | null)[]): string => {
  const given = parts.flatMap((part) => part ?? [])
  return given.length < 2 ? (given[0] ?? '') : `${given.slice(0, -1).join(', ')} and ${given.at(-1) ?? ''}`
}

/** Where it is and was, of how many firewalls. */
function seen({ asked, holders }: SearchResult): string | null {
  if (holders === undefined || holders.total === 0) return null
  const { present, total, firewalls, totalIsAtLeast } = holders
  const where = `on ${plural(firewalls, 'firewall')}`
  if (totalIsAtLeast === true) return `is in over ${formatCount(total)} entries ${where}`
  const gone = total - present
  if (asked.as !== 'address' && asked.as !== 'mac')
    return `is in ${plural(total, 'entry', 'entries')} ${where}${gone === 0 ? '' : `, ${formatCount(gone)} of them gone`}`
  if (present === 0) return `is nowhere now; it was seen at ${plural(gone, 'place')} ${where}`
  return `is seen at ${plural(present, 'place')}${gone === 0 ? '' : `, and was at ${formatCount(gone)} more,`} ${where}`
}

/** One sentence; null when nothing at all was found. */
export function searchSentence(result: SearchResult): string | null {
  const { asked, equipment, rules, aliases, firewalls, places } = result
  const subject = `${AS[asked.as]} ${asked.as === 'text' ? `“${asked.text}”` : asked.text}`.trim()
  const written = list([some(rules, 'rule'), some(aliases, 'alias', 'aliases')])
  const names = list([some(firewalls, 'firewall'), some(places, 'customer or site', 'customers and sites')])
  const own = some(equipment, 'interface, gateway or tunnel', 'interfaces, gateways and tunnels')
  const clauses = [
    seen(result),
    written === '' ? null : `stands in ${written}`,
    own === null ? null : `concerns ${own}`,
    names === '' ? null : `fits ${names}`,
  ].flatMap((clause) => clause ?? [])
  return clauses.length === 0 ? null : `${subject} ${list(clauses)}.`
}
