// Conditions of GET /firewalls for what is counted here. Pure.

/** A value of the query language has at most this many characters. */
const VALUE_MAX = 256

export const whereVersion = (family: string, version: string): string => String(new URLSearchParams({ family, version }))

/** Of firewalls that run this version, those that are offered that one. */
export const whereOffer = (family: string, version: string, kind: 'minor' | 'major', offered: string): string =>
  String(new URLSearchParams({ family, version, ...(kind === 'minor' ? { firmware__state: 'offered', firmware__offeredVersion: offered } : { firmware__state__in: 'offered,major-offered', firmware__majorVersion: offered }) }))

/** All firewalls of these families and versions; null for none, and where they do not fit into one condition. */
export function whereVersions(running: readonly { family: string; version: string }[]): string | null {
  const [families, versions] = [[...new Set(running.map(({ family }) => family))].sort(), [...new Set(running.map(({ version }) => version))].sort()]
  const value = versions.join(',')
  // Another version of one family may be the affected one of another.
  const isWhole = families.length * versions.length === running.length
  if (versions.length === 0 || value.length > VALUE_MAX || !isWhole || versions.some((version) => version.includes(','))) return null
  return String(new URLSearchParams({ family__in: families.join(','), version__in: value }))
}
