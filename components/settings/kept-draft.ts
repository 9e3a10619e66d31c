// What is typed while somebody else changes the same. Pure, so that it can be tested.

/** `base` is what stood there when the draft was last held against it. */
type Kept<T> = { base: T; draft: T; changedMeanwhile: boolean }

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other)
export const keptOf = <T>(start: T): Kept<T> => ({ base: start, draft: start, changedMeanwhile: false })

/**
 * The draft over what stands there now: what was typed stays, fields that were left alone follow. It says so while the
 * two differ. The answer is `before` itself where nothing changed there.
 */
export function keepDraft<T extends object>(before: Kept<T>, now: T): Kept<T> {
  const { base, draft } = before
  if (same(base, now)) return before
  const merged: T = { ...now }
  for (const name in draft) if (!same(draft[name], base[name])) merged[name] = draft[name]
  return { base: now, draft: merged, changedMeanwhile: !same(merged, now) }
}
