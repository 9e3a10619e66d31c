/** Year, half-year month and point of a release: `26.7.1_2` is [26, 7, 1]. */
export type Version = readonly [number, number, number]

/**
 * The base of a version text: `26.7.1_2`, `26.7.b_12`, `26.7.r1` and `26.7.a` are cut at `_`, `p` and `-` as the
 * firewall itself does; letters in the point place (beta, candidate) count as point 0. Null when it is no version.
 */
export function parseVersion(text: string): Version | null {
  const base = text.trim().split(/[p_-]/)[0] ?? ''
  const found = /^(\d{2})\.(\d{1,2})(?:\.(\w+))?/.exec(base)
  if (!found) return null
  const [, year = '', month = '', point = ''] = found
  return [Number(year), Number(month), /^\d+$/.test(point) ? Number(point) : 0]
}

export function isAtLeast(version: Version, floor: Version): boolean {
  for (const place of [0, 1, 2] as const) {
    if (version[place] !== floor[place]) return version[place] > floor[place]
  }
  return true
}

/** `OPNsense 26.7.1_2-amd64`, first line of system_information (section 2): the version without product and architecture. */
export function versionOfProductLine(line: string): string | null {
  const word = line
    .trim()
    .split(/\s+/)
    .find((part) => /^\d{2}\.\d/.test(part))
  return word?.replace(/-(amd64|aarch64|arm64|i386)$/, '') ?? null
}

// Boundaries from the contract, sections 1, 6.1 and 8.
export const SNAKE_CASE_SINCE: Version = [25, 7, 0]
export const FULL_RULE_ROWS_SINCE: Version = [25, 1, 5]
export const RULES_IN_ONE_CALL_SINCE: Version = [26, 1, 1]
export const PORT_FORWARDS_SINCE: Version = [26, 1, 0]
export const ALL_OUTBOUND_RULES_SINCE: Version = [26, 7, 0]
