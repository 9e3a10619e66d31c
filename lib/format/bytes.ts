// Sizes of the pages. Browser-safe.
const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'] as const

/** `84 MiB`, `1.8 MiB`, `512 B`: one digit below 10, none above. */
export function formatBytes(bytes: number): string {
  let value = bytes
  let step = 0
  // 999.5 KiB would round to a four-digit figure; the next unit reads better.
  while (value >= 999.5 && step < UNITS.length - 1) {
    value /= 1024
    step += 1
  }
  return `${value < 9.95 && step > 0 ? value.toFixed(1) : Math.round(value)} ${UNITS[step]}`
}
