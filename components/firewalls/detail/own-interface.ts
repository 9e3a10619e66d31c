/** Link to a firewall's own web interface; null unless it is a plain http or https address. */
export function ownInterfaceHref(baseUrl: string): string | null {
  if (!URL.canParse(baseUrl)) return null
  const url = new URL(baseUrl)
  return (url.protocol === 'https:' || url.protocol === 'http:') && url.username === '' && url.password === '' ? `${url.origin}/` : null
}
