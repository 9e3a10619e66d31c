// How drift is told. Pure.
import type { DriftDto } from '@/lib/drift/dto'
import { plural } from '@/lib/format/numbers'

/** `7 things`; what could not be compared is said. */
export const itemWords = (items: number | null): string => (items === null ? 'not comparable' : plural(items, 'thing'))

/** The sentence that the page opens with. `searched`: only what matches is counted. */
export function driftSentence(total: number, atLeast: boolean, searched: boolean): string {
  const more = atLeast ? ' or more' : ''
  if (searched)
    return `${plural(total, 'firewall')}${more} that ${total === 1 && !atLeast ? 'matches' : 'match'} changed since someone accepted ${total === 1 ? 'its' : 'their'} configuration.`
  return total === 0
    ? 'No kept configuration differs from the accepted one, or from its first backup.'
    : `${plural(total, 'firewall')}${more} changed since someone accepted ${total === 1 ? 'its' : 'their'} configuration.`
}

/** `by root@10.0.0.2`; where the firewall does not say, that. */
export const whoWords = ({ revisedBy }: Pick<DriftDto, 'revisedBy'>): string => (revisedBy === null ? 'by whom is not told' : `by ${revisedBy}`)

/** The one that is next in the list once `id` is gone from it: the one below, else the one above. */
export function nextAfter(ids: readonly string[], id: string): string | null {
  const at = ids.indexOf(id)
  return at < 0 ? (ids[0] ?? null) : (ids[at + 1] ?? ids[at - 1] ?? null)
}
