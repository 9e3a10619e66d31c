// Status codes, headers and error bodies of the API (contract section 1.4).
import { jsonReply, type Reply } from '../exchange'
import type { Json } from '../json'

const SESSION = {
  'Set-Cookie': 'PHPSESSID=simulated; path=/; secure; HttpOnly; SameSite=Lax',
  Expires: 'Thu, 19 Nov 1981 08:52:00 GMT',
  'Cache-Control': 'no-store, no-cache, must-revalidate',
  Pragma: 'no-cache',
  Server: 'OPNsense',
}
const JSON_TYPE = { ...SESSION, 'Content-Type': 'application/json; charset=UTF-8' }

export const ok = (body: Json): Reply => jsonReply(200, body, JSON_TYPE)
export const refusal = (status: 400 | 401 | 403, message: string): Reply => jsonReply(status, { status, message }, JSON_TYPE)
export const failure = (status: 404 | 500, body: Json): Reply => jsonReply(status, body, { ...SESSION, 'Content-Type': 'application/json;charset=utf-8' })
export const notFound = (): Reply => failure(404, { errorMessage: 'Endpoint not found' })

/** Without an Authorization header: the session path, which PHP's Location header turns into 302. */
export const toLogin = (path: string): Reply => ({
  status: 302,
  headers: { ...SESSION, Location: `/?url=${path}`, 'Content-type': 'text/html; charset=UTF-8' },
  body: '',
})

export const download = (filename: string, text: string): Reply => ({
  status: 200,
  headers: { ...SESSION, 'Content-Type': 'application/octet-stream', 'Content-Disposition': `attachment; filename=${filename}` },
  body: text,
})
export const emptyPage = (): Reply => ({ status: 200, headers: { ...SESSION, 'Content-Type': 'text/html; charset=UTF-8' }, body: '' })

/** The web server itself answers, not the application. */
export const LENGTH_REQUIRED: Reply = {
  status: 411,
  headers: { 'Content-Type': 'text/html', Connection: 'close', Server: 'OPNsense' },
  body: '<?xml version="1.0" encoding="iso-8859-1"?>\n<html xmlns="http://www.w3.org/1999/xhtml">\n <head>\n  <title>411 Length Required</title>\n </head>\n <body>\n  <h1>411 Length Required</h1>\n </body>\n</html>\n',
}
