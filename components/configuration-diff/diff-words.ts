// How differences are told. Pure.
import type { ChangeCounts, ItemChange, ValueChange } from '@/lib/configuration/dto'
import { formatCount, plural } from '@/lib/format/numbers'

/** Everything that may be shown of a secret. */
const SECRET_TEXT = '[secret]'

export const totalOf = ({ added, removed, changed, moved }: ChangeCounts): number => added + removed + changed + moved

const WORDS = ['added', 'removed', 'changed', 'moved'] as const
/** `2 added, 1 moved`; what is none is left out. */
export const countWords = (counts: ChangeCounts): string =>
  WORDS.filter((word) => counts[word] > 0)
    .map((word) => `${formatCount(counts[word])} ${word}`)
    .join(', ')

/** The sentence that a comparison begins with. */
export function differenceSentence(counts: ChangeCounts): string {
  const total = totalOf(counts)
  if (total === 0) return 'Nothing differs.'
  const kinds = WORDS.filter((word) => counts[word] > 0)
  const [only] = kinds
  if (only !== undefined && kinds.length === 1) return `${plural(total, 'thing was', 'things were')} ${only}.`
  return `${plural(total, 'thing differs', 'things differ')}: ${countWords(counts)}.`
}

/** `place 4 → 2`; null where its place is the same, or does not count. */
export const placeWords = ({ moved, placeBefore, placeAfter }: Pick<ItemChange, 'moved' | 'placeBefore' | 'placeAfter'>): string | null =>
  !moved || placeBefore === null || placeAfter === null ? null : `place ${formatCount(placeBefore)} → ${formatCount(placeAfter)}`

/** `source/network` → `source › network`; the item's own text has no path. */
export const pathWords = (path: string): string => (path === '' ? 'text' : path.replaceAll('/', ' › '))

/** What is said of a secret instead of showing it. */
export function secretWords({ before, after }: Pick<ValueChange, 'before' | 'after'>): string {
  if (before === null) return 'secret, new'
  return after === null ? 'secret, removed' : 'secret, changed'
}

/** Nothing but a secret stands there, so there is no text to show beside it. */
export const isWholeSecret = ({ secret, before, after }: ValueChange): boolean =>
  secret && [before, after].every((text) => text === null || text === SECRET_TEXT)

type Differing = { start: number; beforeEnd: number; afterEnd: number }

/** The part in which two texts differ, between what they have in common at both ends. Ends never fall into a pair of surrogates. */
export function differingPart(before: string, after: string): Differing {
  const most = Math.min(before.length, after.length)
  let start = 0
  while (start < most && before[start] === after[start]) start++
  if (isLowSurrogate(before, start) || isLowSurrogate(after, start)) start--
  let same = 0
  while (same < most - start && before.at(-1 - same) === after.at(-1 - same)) same++
  if (same > 0 && isLowSurrogate(before, before.length - same)) same--
  return { start, beforeEnd: before.length - same, afterEnd: after.length - same }
}

const isLowSurrogate = (text: string, at: number): boolean => {
  const code = text.charCodeAt(at)
  return at > 0 && code >= 0xdc00 && code <= 0xdfff
}
