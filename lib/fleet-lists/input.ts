// Browser-safe: the page and the route parse with the same schema.
import { z } from 'zod'
import { where } from '@/lib/lists/where'
import { LISTS } from '@/lib/query-language/fields'
import { VALUE_LETTERS_MAX } from '@/lib/query-language/parse'

export const FACT_SORTS = ['firewall', '-firewall', 'firstSeen', '-firstSeen', 'changed', '-changed'] as const
export type FactSortName = (typeof FACT_SORTS)[number]

const asked = {
  where,
  sort: z.enum(FACT_SORTS, `One of ${FACT_SORTS.join(', ')}.`).default('firewall').describe('By firewall, in the order they were enrolled, or by a time'),
  gone: z
    .enum(['true', 'false'])
    .default('false')
    .transform((text) => text === 'true')
    .describe('With what is gone: kept for 90 days, goneAt says since when'),
}
export const listFactsInput = z.strictObject({
  ...asked,
  limit: z.coerce.number().int().min(1).max(500).default(100),
  cursor: z.string().max(2_000).optional(),
})
export type ListFactsInput = z.infer<typeof listFactsInput>

/** Rows of an export. */
export const EXPORT_ROWS_MAX = 50_000
export const exportFactsInput = z.strictObject(asked)
export type ExportFactsInput = z.infer<typeof exportFactsInput>

export const fieldValuesInput = z.strictObject({
  list: z.enum(LISTS),
  field: z.string().max(120),
  startsWith: z.string().max(VALUE_LETTERS_MAX).default(''),
  customerId: z.uuid().optional(),
})
export type FieldValuesInput = z.infer<typeof fieldValuesInput>
