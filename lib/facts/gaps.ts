import type { Gap } from '@/lib/adapters/model'

/** Parts that are fields of things which are listed all the same. Any other part may stand for things that are not listed. */
const FIELD_PARTS: readonly string[] = ['counters', 'hit counters', 'live entries', 'manufacturers', 'times', 'start and end', 'Enabled', 'Networks of IPsec tunnels', 'Rules of missing interfaces']

/** The parts of a reading that may hide things, sorted, each once. */
export const hidingGaps = (gaps: readonly Gap[]): string[] => [...new Set(gaps.map(({ part }) => part))].filter((part) => !FIELD_PARTS.includes(part)).sort()

/** How long one and the same part may be missing before its silence is taken for what the firewall tells from now on. */
const PARTIAL_DAYS_MAX = 7
export const PARTIAL_MS_MAX = PARTIAL_DAYS_MAX * 86_400_000

export type Coverage = {
  /** Nothing was stored before: what is listed now is where the history begins. */
  isFirst: boolean
  /** What is not listed is not there. */
  isWhole: boolean
  /** Parts are listed that were not before: their things are new to us, not to the firewall. */
  isWider: boolean
}

/**
 * How a reading may be compared with what is stored. A part that could be read before and cannot be now (a right was taken
 * away, one of several calls failed) hides things: nothing is called gone then, until that has lasted seven days.
 */
export function coverageOf(gaps: readonly string[], stored: { gaps: readonly string[]; partialAt: Date | null } | null, now: Date): Coverage {
  if (stored === null) return { isFirst: true, isWhole: true, isWider: false }
  const isSettled = stored.partialAt !== null && now.getTime() - stored.partialAt.getTime() >= PARTIAL_MS_MAX
  return { isFirst: false, isWhole: isSettled || gaps.every((part) => stored.gaps.includes(part)), isWider: stored.gaps.some((part) => !gaps.includes(part)) }
}
