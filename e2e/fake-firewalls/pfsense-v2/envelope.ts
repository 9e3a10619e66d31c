// The envelope of every reply of the package (contract section 4).
import { jsonReply, type Reply } from '../exchange'
import type { Json } from '../json'

const STATUS_TEXT: Record<number, string> = {
  200: 'ok',
  400: 'bad request',
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not found',
  405: 'method not allowed',
  406: 'not acceptable',
  415: 'unsupported media type',
  500: 'internal server error',
  501: 'not implemented',
  503: 'service unavailable',
}
const HEADERS = { 'content-type': 'application/json', Referer: 'no-referrer' }

export const succeed = (data: Json): Reply => jsonReply(200, { code: 200, status: 'ok', response_id: 'SUCCESS', message: '', data }, HEADERS)

/** A refusal that any depth of the simulator can throw; `refusalReply` turns it into the envelope. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly responseId: string,
    message: string,
    readonly headers: Record<string, string> = {},
  ) {
    super(message)
  }
}

export const refusalReply = (refusal: Refusal): Reply =>
  jsonReply(
    refusal.status,
    { code: refusal.status, status: STATUS_TEXT[refusal.status] ?? '', response_id: refusal.responseId, message: refusal.message, data: [] },
    { ...refusal.headers, ...HEADERS },
  )

export const unauthenticated = (basic: boolean) =>
  new Refusal(401, 'AUTH_AUTHENTICATION_FAILED', 'Authentication failed.', basic ? { 'WWW-Authenticate': 'Basic realm="Login for pfSense REST API"' } : {})
export const notFound = (id: string) => new Refusal(404, 'MODEL_OBJECT_NOT_FOUND', `Object with ID \`${id}\` does not exist.`)
export const idRequired = () => new Refusal(400, 'MODEL_REQUIRES_ID', 'Field `id` is required.')
