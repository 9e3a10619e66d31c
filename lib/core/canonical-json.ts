/**
 * Canonical JSON by RFC 8785: members sorted by UTF-16 code units, no white space, numbers and strings as ECMAScript
 * writes them. Undefined members are left out; lone surrogates become U+FFFD and U+0000 is dropped, which PostgreSQL's
 * jsonb cannot hold. Throws RangeError on a number that is not finite.
 */
export function canonicalJson(value: unknown): string {
  if (value === null || value === undefined) return 'null'
  if (typeof value === 'boolean') return value ? 'true' : 'false'
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new RangeError('Canonical JSON has no number that is not finite.')
    return JSON.stringify(value)
  }
  if (typeof value === 'bigint') return JSON.stringify(Number(value))
  if (typeof value === 'string') return JSON.stringify(value.toWellFormed().replaceAll('\u0000', ''))
  if (value instanceof Date) return JSON.stringify(value.toISOString())
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (typeof value === 'object') {
    if ('toJSON' in value && typeof value.toJSON === 'function') return canonicalJson(value.toJSON())
    const members = Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    return `{${members.map(([name, member]) => `${canonicalJson(name)}:${canonicalJson(member)}`).join(',')}}`
  }
  return 'null'
}
