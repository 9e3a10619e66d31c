import type { ReadKind } from '@/lib/adapters/model'
import { AppError } from '@/lib/core/errors'
import type { ProblemNote } from './dto'
import { isObjectKind } from './dto'

type Page = { limit?: number | undefined; cursor?: string | undefined }
type Stored = { observedAt: Date | null; valuesAt: Date | null; body: unknown; problem: ProblemNote | null }

const isListBody = (body: unknown): body is { items: unknown[]; notReported: unknown[] } => typeof body === 'object' && body !== null && 'items' in body && Array.isArray(body.items)

function offsetOf(cursor: string | undefined, observedAt: Date | null): number {
  if (cursor === undefined) return 0
  const [at, offset] = Buffer.from(cursor, 'base64url').toString('utf8').split(' ')
  if (at !== String(observedAt?.getTime()) || !/^\d+$/.test(offset ?? '')) {
    throw new AppError('invalid-input', 'The list was read again since this page.', { issues: [{ field: 'cursor', message: 'It belongs to an older reading; begin again without it.' }] })
  }
  return Number(offset)
}

/** The reply of GET /firewalls/{id}/{kind}: an object under `value`, a list as `items`, paged when a limit is given. */
export function readingReplyOf(kind: ReadKind, source: 'stored' | 'fresh', stored: Stored, page: Page) {
  const head = { kind, observedAt: stored.observedAt?.toISOString() ?? null, valuesAt: stored.valuesAt?.toISOString() ?? null, source, lastError: stored.problem }
  if (isObjectKind(kind)) return { ...head, value: stored.body ?? null }
  const body = isListBody(stored.body) ? stored.body : { items: [], notReported: [] }
  const from = offsetOf(page.cursor, stored.observedAt)
  const to = page.limit === undefined ? body.items.length : from + page.limit
  const nextCursor = to < body.items.length ? Buffer.from(`${stored.observedAt?.getTime()} ${to}`).toString('base64url') : null
  return { ...head, ...body, items: body.items.slice(from, to), nextCursor, total: body.items.length }
}
