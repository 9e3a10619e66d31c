// Lengths of time. Browser-safe.
const STEPS = [
  [86_400, 'd'],
  [3600, 'h'],
  [60, 'min'],
  [1, 's'],
] as const

/** `41 d 3 h`, `3 h 44 min`, `2 min 5 s`, `12 s`: the two largest units. */
export function formatDuration(seconds: number): string {
  let left = Math.max(0, Math.floor(seconds))
  const words: string[] = []
  for (const [size, unit] of STEPS) {
    const amount = Math.floor(left / size)
    left -= amount * size
    if (amount > 0) words.push(`${amount} ${unit}`)
    // A gap ends it: `1 d 5 s` would pretend more precision than it helps.
    else if (words.length > 0) break
    if (words.length === 2) break
  }
  return words.length > 0 ? words.join(' ') : '0 s'
}
