// Browser-safe shape of every list of the API.
import { z } from 'zod'

/** `total` is exact to 10,000; above it `totalIsAtLeast` is true, as it is when a regular expression could not be tried on all (`truncated`). */
export const listOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable(), total: z.number(), totalIsAtLeast: z.boolean().optional(), truncated: z.boolean().optional() })
export type List<T> = { items: T[]; nextCursor: string | null; total: number; totalIsAtLeast?: boolean | undefined; truncated?: boolean | undefined }
