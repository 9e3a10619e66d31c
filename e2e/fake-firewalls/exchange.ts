// One request as a firewall sees it, and one reply as it sends it.
import type { Json } from './json'

export type Incoming = {
  method: string
  /** As sent, with the query string: access rules of one family look at exactly this. */
  target: string
  path: string
  /** Without the question mark. */
  query: string
  /** Lower-case names; repeated headers joined by ", ". */
  headers: Record<string, string>
  /** Whether the request said how long its body is. */
  hasLength: boolean
  body: Buffer
  peer: string
}

/** A request as another client can send it again. */
export type RecordedRequest = { method: string; target: string; headers: Record<string, string>; body: string }

export type Reply = { status: number; headers: Record<string, string>; body: string | Buffer }

/** PHP writes slashes escaped, in all three families. */
export const phpJson = (body: Json): string => JSON.stringify(body).replaceAll('/', String.raw`\/`)

export const jsonReply = (status: number, body: Json, headers: Record<string, string>): Reply => ({ status, headers, body: phpJson(body) })

/** What pfSense's web server says to a path that no package owns. */
export const NGINX_404: Reply = {
  status: 404,
  headers: { 'Content-Type': 'text/html;charset=UTF-8', Server: 'nginx' },
  body: '<html>\r\n<head><title>404 Not Found</title></head>\r\n<body>\r\n<center><h1>404 Not Found</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n',
}

export const loginPage = (title: string): Reply => ({
  status: 200,
  headers: { 'Content-Type': 'text/html; charset=UTF-8' },
  body: `<!doctype html><html><head><title>Login | ${title}</title></head><body><form method="post"><input name="usernamefld"><input name="passwordfld" type="password"></form></body></html>`,
})

/** Text after the first blank of a Basic header, split at the first colon; `null` when it is not of that form. */
export function basicCredential(header: string | undefined): { name: string; password: string } | null {
  const encoded = header?.match(/^Basic\s+(\S+)$/i)?.[1]
  if (encoded === undefined) return null
  const text = Buffer.from(encoded, 'base64').toString('utf8')
  const colon = text.indexOf(':')
  return colon < 1 ? null : { name: text.slice(0, colon), password: text.slice(colon + 1) }
}
