// Browser-safe: page and palette ask with the same schema that the route parses.
import { z } from 'zod'

export const SEARCH_GROUPS = ['holders', 'equipment', 'rules', 'aliases', 'firewalls', 'places'] as const
export type SearchGroup = (typeof SEARCH_GROUPS)[number]

export const QUESTION_LETTERS_MAX = 200
/** PostgreSQL has no text with these. */
const NEVER_IN_TEXT = /\0|\p{Surrogate}/u
const limit = (usual: number) => z.coerce.number().int().min(1).max(100).default(usual).describe('Of each group')

export const searchInput = z.strictObject({
  q: z.string().trim().min(1, 'Type what to look for.').max(QUESTION_LETTERS_MAX).refine((text) => !NEVER_IN_TEXT.test(text), 'It has a character that no text has.').describe('An address, a network, a MAC in any notation, a port, or a part of a name'),
  customerId: z.uuid().optional().describe('Only what is of this customer'),
  group: z.enum(SEARCH_GROUPS).optional().describe('Only this group; with cursor, its next page'),
  limit: limit(8),
  cursor: z.string().max(2_000).optional(),
})
export type SearchInput = z.infer<typeof searchInput>

export const reportInput = z.strictObject({
  customerId: z.uuid().optional().describe('Only what is of this customer'),
  siteId: z.uuid().optional().describe('Only what is at this site'),
  limit: limit(50),
  cursor: z.string().max(2_000).optional(),
})
export type ReportInput = z.infer<typeof reportInput>
export const newDevicesInput = reportInput.extend({ hours: z.coerce.number().int().min(1).max(168).default(24).describe('Seen first in so many hours') })
export type NewDevicesInput = z.infer<typeof newDevicesInput>
