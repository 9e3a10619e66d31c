import type { z } from 'zod'
import { AppError, type FieldIssue } from '@/lib/core/errors'
import { formatBytes } from '@/lib/format/bytes'
import { fieldsOf } from '@/lib/query-language/fields'
import type { Pair } from '@/lib/query-language/parse'
import type { Operation } from './operation'

const BODY_BYTES_MAX = 1024 * 1024
const DEPTH_MAX = 12
const NEVER_A_FIELD = ['__proto__', 'constructor', 'prototype']

const invalid = (issues: FieldIssue[], message = 'Some of this cannot be used.') =>
  new AppError('invalid-input', message, { issues, nextStep: issues[0] ? `Correct the field ${issues[0].field}: ${issues[0].message}` : 'Correct the request.' })

/** Names that only an attack uses, and nesting that no form has. Throws invalid-input naming the field. */
function refuseHostileShape(value: unknown, path: string, depth: number): void {
  if (typeof value !== 'object' || value === null) return
  if (depth > DEPTH_MAX) throw invalid([{ field: path || 'body', message: 'Nested too deeply.' }])
  for (const name of Object.getOwnPropertyNames(value)) {
    const at = path ? `${path}.${name}` : name
    if (NEVER_A_FIELD.includes(name)) throw invalid([{ field: at, message: 'There is no such field.' }])
    refuseHostileShape(Object.getOwnPropertyDescriptor(value, name)?.value, at, depth + 1)
  }
}

async function readText(request: Request, bytesMax: number): Promise<string> {
  const reader = request.body?.getReader()
  if (!reader) return ''
  const parts: Uint8Array[] = []
  let bytes = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    bytes += value.byteLength
    if (bytes > bytesMax) {
      await reader.cancel()
      throw new AppError('payload-too-large', `The request is larger than ${formatBytes(bytesMax)}.`, { nextStep: 'Send less at once.' })
    }
    parts.push(value)
  }
  return new TextDecoder('utf-8', { fatal: false }).decode(Buffer.concat(parts))
}

async function readBody(request: Request, bytesMax = BODY_BYTES_MAX): Promise<Record<string, unknown>> {
  const type = (request.headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase()
  const text = await readText(request, bytesMax)
  if (text === '' && type === '') return {}
  if (type !== 'application/json') throw new AppError('unsupported-media-type', 'Only JSON is accepted.', { nextStep: 'Send the header Content-Type: application/json.' })
  let body: unknown
  try {
    body = text === '' ? {} : JSON.parse(text)
  } catch {
    throw invalid([{ field: 'body', message: 'This is not valid JSON.' }])
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw invalid([{ field: 'body', message: 'A JSON object is expected.' }])
  refuseHostileShape(body, '', 0)
  return { ...body }
}

/**
 * The query as an object. A list that takes conditions gets as `where` every name that is not its own, as often as it was
 * given, and a name of its own that was given twice, if a condition may have that name too.
 */
function readQuery({ input, conditions }: Operation, url: URL): Record<string, unknown> {
  const query: Record<string, unknown> = {}
  const where: Pair[] = []
  for (const name of new Set(url.searchParams.keys())) {
    const values = url.searchParams.getAll(name)
    if (NEVER_A_FIELD.includes(name)) throw invalid([{ field: name, message: 'There is no such field.' }])
    const isOwn = Object.hasOwn(input.shape, name) && name !== 'where'
    if (conditions !== undefined && (!isOwn || (values.length > 1 && fieldsOf(conditions).some((field) => field.name === name)))) {
      where.push(...values.map((value): Pair => [name, value]))
      continue
    }
    if (values.length > 1) throw invalid([{ field: name, message: 'Given more than once.' }])
    query[name] = values[0]
  }
  return conditions === undefined ? query : { ...query, where }
}

function fieldIssues(error: z.ZodError): FieldIssue[] {
  return error.issues.slice(0, 20).flatMap((issue): FieldIssue[] => {
    const path = issue.path.join('.')
    if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => ({ field: path ? `${path}.${key}` : key, message: 'There is no such field.' }))
    return [{ field: path || 'body', message: issue.message }]
  })
}

/** Path parameters, query and body as one object, parsed by the operation's schema. Throws errors that name the field. */
export async function requestInput(spec: Operation, request: Request, params: Record<string, string>): Promise<{ input: unknown; body: Record<string, unknown> }> {
  const url = new URL(request.url)
  const query = readQuery(spec, url)
  const body = spec.method === 'get' ? query : await readBody(request, spec.bodyBytesMax)
  if (spec.method !== 'get' && Object.keys(query).length > 0) throw invalid(Object.keys(query).map((field) => ({ field, message: 'This request takes its fields in the body.' })))
  const clash = Object.keys(params).find((name) => name in body)
  if (clash !== undefined) throw invalid([{ field: clash, message: 'This field is part of the address.' }])
  const parsed = spec.input.safeParse({ ...body, ...params })
  if (!parsed.success) {
    const issues = fieldIssues(parsed.error)
    // A path that cannot name anything is answered like one that names nothing.
    if (issues.some((issue) => issue.field in params)) throw new AppError('not-found', `There is no such ${spec.tag.replace(/s$/, '')}.`)
    throw invalid(issues)
  }
  return { input: { ...body, ...params }, body }
}
