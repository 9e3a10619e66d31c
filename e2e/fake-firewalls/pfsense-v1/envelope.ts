// The envelope of every reply of the package (contract section 4); `return` is the exact cause.
import { jsonReply, type Reply } from '../exchange'
import type { Json } from '../json'

const HEADERS = { Referer: 'no-referrer', 'Content-Type': 'application/json' }

/** return code: [HTTP code, status text, message], as the package's own table has them. */
const RETURNS: Record<number, readonly [number, string, string]> = {
  0: [200, 'ok', 'Success'],
  2: [405, 'method not allowed', 'Invalid HTTP method'],
  3: [401, 'unauthorized', 'Authentication failed'],
  4: [403, 'forbidden', 'Authorization failed'],
  6: [403, 'forbidden', 'Requested action is not allowed'],
  9: [403, 'forbidden', 'Authentication mode must be set to JWT or API Token to enable access token authentication'],
  10: [500, 'server error', 'Your API request was valid but no actions were specified for this endpoint'],
  11: [415, 'unsupported media type', 'Specified content type is not supported'],
  15: [200, 'accepted', 'Request was successful but actions were bypassed so nothing was changed'],
  4031: [400, 'bad request', 'Firewall rule tracker ID required'],
  4032: [400, 'bad request', 'Firewall rule tracker ID does not exist'],
  4033: [400, 'bad request', 'Firewall rule type required'],
  4034: [400, 'bad request', 'Firewall rule interface required'],
  4050: [400, 'bad request', 'Firewall alias name required'],
  4055: [400, 'bad request', 'Firewall alias does not exist'],
  7000: [400, 'bad request', 'Shell command is required'],
}

export function answer(returnCode: number, data: Json = []): Reply {
  const [code, status, message] = RETURNS[returnCode] ?? [500, 'server error', 'Process encountered unexpected error']
  return jsonReply(code, { status, code, return: returnCode, message, data }, HEADERS)
}

export const ok = (data: Json): Reply => answer(0, data)
export const EMPTY_REPLY: Reply = { status: 200, headers: HEADERS, body: '\n' }

/** API switched off: the web GUI's own redirect, no JSON. */
export const OFF_REPLY: Reply = { status: 302, headers: { Location: '/', 'Content-type': 'text/html; charset=UTF-8' }, body: '' }

/** PHP 8 falls over a query on a reply that is one object (contract section 5). */
export const CRASH_REPLY: Reply = {
  status: 500,
  headers: { 'Content-type': 'text/html; charset=UTF-8' },
  body: '<pre style="white-space: pre-wrap;">PHP ERROR: Type: 1, File: /etc/inc/api/framework/APIQuery.inc, Line: 95, Message: Uncaught TypeError: Cannot access offset of type string on string in /etc/inc/api/framework/APIQuery.inc:95\nStack trace:\n#0 {main}\n  thrown</pre>',
}
