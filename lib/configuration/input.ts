// Browser-safe: the pages and the routes parse with the same schema.
import { z } from 'zod'
import { CONFIGURATION_SECTIONS } from '@/lib/adapters/words'

export const compareInput = z.strictObject({
  before: z.uuid().describe('id of a backup'),
  after: z.uuid().describe('id of a backup of the same or of another firewall'),
})
export type CompareInput = z.infer<typeof compareInput>

const section = z.enum(CONFIGURATION_SECTIONS)
const cursor = z.string().max(200).optional()

export const compareItemsInput = compareInput.extend({
  section: section.optional().describe('all sections that differ when it is not given'),
  search: z.string().trim().max(200).optional().describe('part of the label, of a path or of a value; not of a secret'),
  limit: z.coerce.number().int().min(1).max(200).default(100),
  cursor,
})
export type CompareItemsInput = z.infer<typeof compareItemsInput>

export const compareRawInput = compareInput.extend({
  section: section.optional().describe('all sections that differ when it is not given'),
  limit: z.coerce.number().int().min(100).max(5_000).default(1_000).describe('lines'),
  cursor,
})
export type CompareRawInput = z.infer<typeof compareRawInput>
