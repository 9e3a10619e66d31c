// Calls operations of the API as their routes do, and holds every reply against the OpenAPI document.
import Ajv2020 from 'ajv/dist/2020'
import { openApiDocument } from '@/lib/api/openapi'
import type { Actor } from '@/lib/auth/actor'
import { createToken } from '@/lib/auth/api-tokens'
import { consoleActor } from '@/lib/auth/actor'
import type { Role } from '@/lib/auth/roles'
import { handle } from '@/lib/http/handle'
import type { Operation } from '@/lib/http/operation'

export type Reply = { status: number; headers: Headers; body: Record<string, unknown> }
type Sent = { params?: Record<string, string>; query?: Record<string, string> | readonly (readonly [string, string])[]; body?: unknown; headers?: Record<string, string>; token?: string | null }

const document = openApiDocument()
const ajv = new Ajv2020({ strict: false, validateFormats: false })
ajv.addSchema(document, 'api')
const pointer = (parts: readonly string[]) => `api#/${parts.map((part) => part.replaceAll('~', '~0').replaceAll('/', '~1')).map(encodeURIComponent).join('/')}`

/** Throws when a reply is not what the document says. */
export function requireDescribed(spec: Operation, status: number, type: string, body: unknown): void {
  const at = status < 400 ? ['paths', spec.path, spec.method, 'responses', String(status)] : ['paths', spec.path, spec.method, 'responses', 'default']
  const validate = ajv.getSchema(pointer([...at, 'content', type, 'schema'])) ?? ajv.compile({ $ref: pointer([...at, 'content', type, 'schema']) })
  if (!validate(body)) throw new Error(`${spec.method} ${spec.path} answered ${status} not as described: ${ajv.errorsText(validate.errors)}`)
}

/** A token of an operator, for automation as in production. */
export const tokenOf = async (actor: Extract<Actor, { kind: 'operator' }>, role: Role, customer: string | null = null): Promise<string> =>
  (await createToken(consoleActor(), { email: actor.email, role, customers: customer === null ? null : [customer], days: 1 }, new Date())).reveal()

/** A stream has no end: its first piece, and it is closed. */
async function firstPiece({ body }: Response): Promise<string> {
  const reader = body?.getReader()
  const { value } = (await reader?.read()) ?? {}
  await reader?.cancel()
  return new TextDecoder().decode(value)
}

/** `handler` is the function of a route file; without it, the one that such a file makes. */
export async function call(spec: Operation, { params = {}, query = {}, body, headers = {}, token }: Sent, handler: ReturnType<typeof handle> = handle(spec)): Promise<Reply> {
  const url = new URL(`http://localhost:3000/api/v1${spec.path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''))}`)
  for (const [name, value] of Array.isArray(query) ? query : Object.entries(query)) url.searchParams.append(name, value)
  const request = new Request(url, {
    method: spec.method.toUpperCase(),
    headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...(token && { authorization: `Bearer ${token}` }), 'x-palisade-peer': '203.0.113.9', ...headers },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  const response = await handler(request, { params: Promise.resolve(params) })
  const type = (response.headers.get('content-type') ?? '').split(';')[0] ?? ''
  const text = spec.output === 'stream' && response.ok ? await firstPiece(response) : await response.text()
  const parsed: unknown = type.endsWith('json') ? JSON.parse(text) : { text }
  if ((spec.output !== 'download' && spec.output !== 'stream') || response.status >= 400) requireDescribed(spec, response.status, type, parsed)
  return { status: response.status, headers: response.headers, body: parsed as Record<string, unknown> }
}
