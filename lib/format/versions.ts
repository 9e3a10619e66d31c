// Versions and families as the pages write them. Browser-safe; knows no vendor.

/** `2.8.1-RELEASE` → `2.8.1`; the packaging suffix says nothing to a reader of a table. */
export const shortVersion = (version: string): string => version.replace(/-RELEASE\b.*$/i, '')

/** `Somewall (REST API v2)` → `{ product: 'Somewall', api: 'v2' }`; without an API generation `api` is null. */
export function splitFamilyLabel(label: string): { product: string; api: string | null } {
  const [product = label, rest = ''] = label.split(/\s*[,(]\s*/, 2)
  return { product, api: /\bv\d+\b/.exec(rest)?.[0] ?? null }
}

/** `25.1 to 26.7`, `2.7 and 2.10`, `1.9`. */
export function versionRange(versions: readonly string[]): string {
  const [first, last] = [versions[0], versions.at(-1)]
  if (first === undefined || last === undefined) return ''
  return versions.length === 1 ? first : `${first} ${versions.length === 2 ? 'and' : 'to'} ${last}`
}

/** The first and last pairs of a fingerprint: `61:0E:D3:77 … 4A:9B:20:F8`. */
export function shortFingerprint(sha256: string): string {
  const pairs = fingerprintPairs(sha256)
  return pairs.length <= 8 ? pairs.join(':') : `${pairs.slice(0, 4).join(':')} … ${pairs.slice(-4).join(':')}`
}

/** Upper-case pairs of a hex fingerprint, as firewalls show them. */
export const fingerprintPairs = (sha256: string): string[] => sha256.toUpperCase().match(/../g) ?? []
