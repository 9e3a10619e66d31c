// The customer scope as it stands in an address. Pure: the server reads it too.
export const SCOPE_PARAMETER = 'customer'
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

export const readScope = (params: { get: (name: string) => string | null }): string | null => {
  const text = params.get(SCOPE_PARAMETER)?.trim() ?? ''
  return UUID.test(text) ? text : null
}

/** An address of Palisade with the scope in it; `null` takes it out. Other parameters and the part after `#` stay. */
export function scoped(href: string, customerId: string | null): string {
  const [beforeHash = '', hash] = href.split('#', 2)
  const [path = '', query] = beforeHash.split('?', 2)
  const params = new URLSearchParams(query)
  params.delete(SCOPE_PARAMETER)
  if (customerId !== null) params.set(SCOPE_PARAMETER, customerId)
  const text = params.toString()
  return `${path}${text === '' ? '' : `?${text}`}${hash === undefined ? '' : `#${hash}`}`
}
