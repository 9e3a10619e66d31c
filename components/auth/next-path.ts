const OURS = /^\/(?![/\\])/

/**
 * Where to go after the sign-in: a path of ours, never another site (`//host`, `/\host` and the like). It is judged again
 * once dots are resolved: `/.//host` begins well and becomes `//host`.
 */
export function nextPath(text: string | null): string {
  if (text === null || !OURS.test(text)) return '/'
  const url = new URL(text, 'http://palisade.invalid')
  const path = url.pathname + url.search
  return url.host === 'palisade.invalid' && OURS.test(path) ? path : '/'
}
