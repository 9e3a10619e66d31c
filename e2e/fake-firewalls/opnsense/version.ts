// Version comparison as the device does it: the hotfix suffix (`_2`) does not count.

const parts = (version: string) => version.split(/[p_-]/)[0]?.split('.').map(Number) ?? []

/** True when `version` is `floor` or newer. A missing part counts as 0: `26.1` is `26.1.0`. */
export function isAtLeast(version: string, floor: string): boolean {
  const [a, b] = [parts(version), parts(floor)]
  for (let index = 0; index < Math.max(a.length, b.length); index += 1) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0)
    if (difference !== 0) return difference > 0
  }
  return true
}
