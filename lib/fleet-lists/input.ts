// Browser-safe: the page and the route parse with the same schema.
import { z } from 'zod'
import { where } from '@/lib/lists/where'

export const FACT_SORTS = ['firewall', '-firewall'] as const
export const listFactsInput = z.strictObject({
  where,
  sort: z.enum(FACT_SORTS, 'One of firewall, -firewall.').default('firewall').describe('By firewall, in the order they were enrolled'),
  limit: z.coerce.number().int().min(1).max(500).default(100),
  cursor: z.string().max(2_000).optional(),
})
export type ListFactsInput = z.infer<typeof listFactsInput>
