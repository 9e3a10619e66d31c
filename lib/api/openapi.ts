import { z } from 'zod'
import { ERROR_CODES } from '@/lib/core/errors'
import type { Operation } from '@/lib/http/operation'
import { CONDITIONS_PARAMETER } from './conditions-parameter'
import { allOperations } from './all'

// RFC 9457 lets a problem have members of its own; these are the ones every problem has.
const problem = z.looseObject({
  type: z.string(),
  title: z.string(),
  status: z.number(),
  code: z.enum(ERROR_CODES),
  nextStep: z.string().optional(),
  issues: z.array(z.object({ field: z.string(), message: z.string() })).optional(),
  requestId: z.string(),
})

const jsonSchema = (schema: z.ZodType, io: 'input' | 'output') => {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any', target: 'draft-2020-12' })
  return rest
}

const pathNames = (path: string) => [...path.matchAll(/\{(\w+)\}/g)].flatMap(([, name]) => (name === undefined ? [] : [name]))
const NOTHING_REQUIRED: string[] = []
const asObject = (schema: ReturnType<typeof jsonSchema>) => ({ properties: {}, required: NOTHING_REQUIRED, ...schema })

function describe(spec: Operation) {
  const names = pathNames(spec.path)
  const input = asObject(jsonSchema(spec.input, 'input'))
  const fields = Object.entries(input.properties ?? {})
  const required = new Set(input.required)
  const inQuery = spec.method === 'get'
  const parameters = fields
    .filter(([name]) => names.includes(name) || (inQuery && !(spec.conditions && name === 'where')))
    .map(([name, schema]) => ({ name, in: names.includes(name) ? 'path' : 'query', required: names.includes(name) || required.has(name), schema }))
  const headers = [
    ...(spec.ifMatch ? [{ name: 'If-Match', in: 'header', required: true, description: 'The ETag that you read', schema: { type: 'string' } }] : []),
    ...(spec.output === 'stream' ? [{ name: 'Last-Event-ID', in: 'header', required: false, description: 'The id of the last event that was read; the stream goes on after it', schema: { type: 'string' } }] : []),
    ...(spec.creates ? [{ name: 'Idempotency-Key', in: 'header', required: false, description: 'Same key, same object', schema: { type: 'string', maxLength: 200 } }] : []),
  ]
  const body = Object.fromEntries(fields.filter(([name]) => !names.includes(name)))
  const requestBody = inQuery ? undefined : { required: true, content: { 'application/json': { schema: { type: 'object', properties: body, required: [...required].filter((name) => !names.includes(name)), additionalProperties: false } } } }
  const content = spec.output === 'stream' ? { 'text/event-stream': { schema: { type: 'string' } } } : spec.output === 'download' ? { 'text/csv': { schema: { type: 'string' } }, 'application/json': { schema: {} }, 'application/jsonl': { schema: { type: 'string' } }, 'text/plain': { schema: { type: 'string' } } } : { 'application/json': { schema: jsonSchema(spec.output, 'output') } }
  return {
    operationId: spec.id,
    summary: spec.summary,
    tags: [spec.tag],
    parameters: [...parameters, ...(spec.conditions ? [CONDITIONS_PARAMETER[spec.conditions]] : []), ...headers],
    ...(requestBody && { requestBody }),
    ...(spec.access === 'anyone' && { security: [] }),
    responses: { [spec.status]: { description: spec.summary, content }, default: { description: 'A problem document (RFC 9457)', content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } } },
  }
}

/** The OpenAPI 3.1 document of every operation, made from the schemas that parse the requests. */
export function openApiDocument() {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const spec of allOperations) paths[spec.path] = { ...paths[spec.path], [spec.method]: describe(spec) }
  return {
    openapi: '3.1.0',
    info: { title: 'Palisade', version: '1', description: 'The one HTTP API of Palisade: for its pages (session cookie) and for automation (bearer token).' },
    servers: [{ url: '/api/v1' }],
    security: [{ bearer: [] }, { session: [] }],
    paths,
    components: {
      schemas: { Problem: jsonSchema(problem, 'output') },
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer' }, session: { type: 'apiKey', in: 'cookie', name: 'palisade-session' } },
    },
  }
}
