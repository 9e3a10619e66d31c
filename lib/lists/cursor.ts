import type { z } from 'zod'
import { AppError } from '@/lib/core/errors'
import { TOTAL_EXACT_MAX } from './totals'

/** A cursor is the place of the last row; opaque to the caller, parsed by a schema when it comes back. */
export const toCursor = (place: unknown): string => Buffer.from(JSON.stringify(place)).toString('base64url')

export function fromCursor<T extends z.ZodType>(cursor: string | undefined, schema: T): z.output<T> | null {
  if (cursor === undefined) return null
  try {
    return schema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')))
  } catch {
    throw new AppError('invalid-input', 'This cursor cannot be used.', { issues: [{ field: 'cursor', message: 'Use the nextCursor of the page before, as it is.' }] })
  }
}

/** `total` exact to 10,000, then said to be at least that. */
export const totalOf = (counted: number): { total: number; totalIsAtLeast?: true } => (counted > TOTAL_EXACT_MAX ? { total: TOTAL_EXACT_MAX, totalIsAtLeast: true } : { total: counted })
