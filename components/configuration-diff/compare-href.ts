// Addresses of comparisons. Pure.

/** The page of a comparison; `query` is what it shows now, kept apart from its sides and the item. */
export function compareHref(before: string, after: string, query = ''): string {
  const params = new URLSearchParams(query)
  params.delete('item')
  params.set('before', before)
  params.set('after', after)
  return `/backups/compare?${params}`
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
/** The two backups that an address names; null where it names none or one. */
export function sidesOf(params: { get: (name: string) => string | null }): { before: string; after: string } | null {
  const [before, after] = [params.get('before') ?? '', params.get('after') ?? '']
  return UUID.test(before) && UUID.test(after) ? { before, after } : null
}
