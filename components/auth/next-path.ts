/** Where to go after the sign-in: a path of ours, never another site (`//host`, `/\host` and the like). */
export function nextPath(text: string | null): string {
  if (text === null || !/^\/(?![/\\])/.test(text)) return '/firewalls'
  const url = new URL(text, 'http://palisade.invalid')
  return url.host === 'palisade.invalid' ? url.pathname + url.search : '/firewalls'
}
