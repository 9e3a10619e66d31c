// Browser-safe: the page and the routes parse with the same schema.
import { z } from 'zod'
import { CHOICES } from '@/lib/choices/input'
import { LISTS } from '@/lib/query-language/fields'

const name = z.string().trim().min(1, 'Give it a name.').max(60, 'At most 60 characters.')
const query = z.string().max(4_000, 'At most 4,000 characters.').regex(/^(?!\?)/, 'Without the question mark.').describe('query string of the page, without the customer that is its scope')
const columns = CHOICES['fleet-columns'].nullable()

export const VIEWS_MAX = 100
export const listViewsInput = z.strictObject({ list: z.enum(LISTS).optional() })
export const countViewsInput = z.strictObject({ customerId: z.uuid().optional() })
export const createViewInput = z.strictObject({ list: z.enum(LISTS), name, query, columns: columns.default(null), shared: z.boolean().default(false) })
export type CreateView = z.output<typeof createViewInput>
export const editViewInput = z.strictObject({ id: z.uuid(), name: name.optional(), query: query.optional(), columns: columns.optional(), shared: z.boolean().optional() })
export const viewId = z.strictObject({ id: z.uuid() })

export const viewDto = z.object({
  id: z.uuid(),
  list: z.enum(LISTS),
  name: z.string(),
  query: z.string(),
  columns: z.array(z.string()).nullable(),
  shared: z.boolean(),
  /** Whether it is one's own; only those can be changed. */
  mine: z.boolean(),
  owner: z.string(),
  etag: z.string(),
})
export type ViewDto = z.infer<typeof viewDto>

/** Views that are counted; the rest of the list says nothing. */
export const COUNTED_VIEWS = 10
export const viewCounts = z.object({ items: z.array(z.object({ id: z.uuid(), count: z.number().nullable() })) })
export type ViewCounts = z.infer<typeof viewCounts>
