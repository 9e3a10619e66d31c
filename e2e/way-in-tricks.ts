// Ways past a sign-in that worked, or were feared, with this framework: each turns an address into a request.
import type { Segment } from './all-pages'
import type { RawRequest } from './raw-request'

/** `mayBreak`: the framework itself answers such a request with an error of its own. */
export type Trick = { name: string; request: (path: string, segments: readonly Segment[]) => RawRequest; mayBreak?: true }

const headers = (name: string, values: Record<string, string>): Trick => ({ name, request: (path) => ({ path, headers: values }) })
const address = (name: string, change: (path: string) => string): Trick => ({ name, request: (path) => ({ path: change(path) }) })
const post = (name: string, values: Record<string, string>, body: string): Trick => ({ name, request: (path) => ({ method: 'POST', path, headers: values, body }) })

/**
 * A router state that claims to be on the page already, so that only what is marked is rendered anew: without the layouts
 * above it, which may be the ones that ask who is there. `depth` counts from the root.
 */
function stateTree(segments: readonly Segment[], depth: number, mark: 'refetch' | 'metadata-only'): string {
  const build = (at: number): unknown[] => {
    const below = at + 1 < segments.length ? { children: build(at + 1) } : {}
    return at === depth ? [segments[at], below, null, mark] : [segments[at], below]
  }
  return encodeURIComponent(JSON.stringify(build(0)))
}
const claims = (name: string, depthOf: (last: number) => number, mark: 'refetch' | 'metadata-only' = 'refetch'): Trick => ({
  name: `RSC, claiming to have ${name}`,
  request: (path, segments) => ({ path, headers: { RSC: '1', 'Next-Router-State-Tree': stateTree(segments, Math.max(0, depthOf(segments.length - 1)), mark) } }),
})
/** On a page beside it: what the two have in common is not rendered. */
const fromBeside: Trick = {
  name: 'RSC, coming from a page beside it',
  request: (path, segments) => ({ path, headers: { RSC: '1', 'Next-Router-State-Tree': stateTree([...segments.slice(0, -2), 'beside', '__PAGE__'], -1, 'refetch') } }),
}
const ACTION = '40'.padEnd(42, 'a1')
const BOUNDARY = 'palisade'
const MULTIPART = `--${BOUNDARY}\r\nContent-Disposition: form-data; name="1_$ACTION_ID_${ACTION}"\r\n\r\n\r\n--${BOUNDARY}\r\nContent-Disposition: form-data; name="0"\r\n\r\n["$K1"]\r\n--${BOUNDARY}--\r\n`

const subrequest = (value: string) => headers(`x-middleware-subrequest: ${value.slice(0, 30)}`, { 'x-middleware-subrequest': value })
const fiveTimes = (name: string) => Array.from({ length: 5 }, () => name).join(':')
const encodeFirst = (path: string) => path.replace(/[a-z]/, (letter) => `%${letter.charCodeAt(0).toString(16)}`)

export const TRICKS: readonly Trick[] = [
  address('as it is', (path) => path),
  address('?_rsc', (path) => `${path}?_rsc=1a2b3`),
  headers('RSC', { RSC: '1' }),
  claims('nothing', () => 0),
  claims('all but the page', (last) => last),
  claims('all but the folder of the page', (last) => last - 1),
  claims('the shell', (last) => Math.min(2, last)),
  claims('everything', () => 99),
  claims('all but the title', (last) => last, 'metadata-only'),
  fromBeside,
  { ...headers('RSC with a broken state tree', { RSC: '1', 'Next-Router-State-Tree': '%5B' }), mayBreak: true },
  headers('prefetch', { RSC: '1', 'Next-Router-Prefetch': '1' }),
  headers('runtime prefetch', { RSC: '1', 'Next-Router-Prefetch': '2' }),
  ...['/_tree', '/_full', '/_index', '/_head', '/(dashboard)/__PAGE__'].map((segment) => headers(`segment prefetch of ${segment}`, { RSC: '1', 'Next-Router-Prefetch': '1', 'Next-Router-Segment-Prefetch': segment })),
  headers('Next-Url', { RSC: '1', 'Next-Url': '/firewalls' }),
  address('.rsc', (path) => `${path}.rsc`),
  address('.prefetch.rsc', (path) => `${path}.prefetch.rsc`),
  address('.segments', (path) => `${path}.segments/_tree.segment.rsc`),
  address('.json', (path) => `${path}.json`),
  address('/_next/data', (path) => `/_next/data/build${path === '/' ? '/index' : path}.json`),
  headers('x-nextjs-data', { 'x-nextjs-data': '1' }),
  ...['middleware', 'src/middleware', 'proxy', 'src/proxy', '/middleware', 'pages/_middleware', fiveTimes('middleware'), fiveTimes('src/middleware'), fiveTimes('proxy'), fiveTimes('src/proxy')].map(subrequest),
  headers('x-middleware-next', { 'x-middleware-next': '1', 'x-middleware-rewrite': '/firewalls' }),
  headers('x-middleware-set-cookie', { 'x-middleware-set-cookie': 'palisade-session=x', 'x-middleware-override-headers': 'cookie', 'x-middleware-request-cookie': 'palisade-session=x' }),
  headers('x-invoke', { 'x-invoke-path': '/firewalls', 'x-invoke-status': '200', 'x-invoke-query': '%7B%7D', 'x-matched-path': '/firewalls' }),
  headers('x-rewrite-url', { 'x-rewrite-url': '/firewalls', 'x-original-url': '/firewalls', 'x-forwarded-uri': '/firewalls', 'x-forwarded-prefix': '/firewalls' }),
  headers('x-prerender-revalidate', { 'x-prerender-revalidate': 'x', 'x-next-revalidated-tags': 'x', 'x-nextjs-prerender': '1' }),
  headers('a peer of its own', { 'x-palisade-peer': '127.0.0.1', 'x-palisade-path': '/signin', 'x-forwarded-for': '127.0.0.1' }),
  headers('an empty bearer', { authorization: 'Bearer ' }),
  headers('a cookie of nothing', { cookie: 'palisade-session=; palisade-session=null; palisade-session=eyJhbGciOiJub25lIn0..' }),
  address('an encoded letter', encodeFirst),
  address('doubly encoded', (path) => encodeFirst(path).replace('%', '%25')),
  address('a slash more', (path) => `/${path}`),
  address('a slash at the end', (path) => `${path}/`),
  address('an encoded slash', (path) => `${path}%2f`),
  address('a dot segment', (path) => `/.${path}`),
  address('over a public page', (path) => `/signin/..${path}`),
  address('over an encoded public page', (path) => `/signin/%2e%2e${path}`),
  address('over a static file', (path) => `/_next/static/..%2f..${path}`),
  address('a backslash', (path) => `/\\${path}`),
  address('capitals', (path) => path.toUpperCase()),
  address('a semicolon', (path) => `${path};.css`),
  address('a null byte', (path) => `${path}%00`),
  address('an absolute address', (path) => `http://localhost${path}`),
  post('Next-Action', { 'Next-Action': ACTION, 'content-type': 'text/plain;charset=UTF-8' }, '[]'),
  post('Next-Action as a form', { 'Next-Action': ACTION, 'content-type': `multipart/form-data; boundary=${BOUNDARY}` }, MULTIPART),
  post('a form without Next-Action', { 'content-type': `multipart/form-data; boundary=${BOUNDARY}` }, MULTIPART),
  { name: 'HEAD', request: (path) => ({ method: 'HEAD', path }) },
  { name: 'OPTIONS', request: (path) => ({ method: 'OPTIONS', path }) },
]
