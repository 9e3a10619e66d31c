// Browser-safe: the pages and the routes parse with the same schema.
import { z } from 'zod'

export const DRIFT_SORTS = ['since', '-since', '-items'] as const
export type DriftSort = (typeof DRIFT_SORTS)[number]
export const listDriftInput = z.strictObject({
  customerId: z.uuid().optional(),
  firewallId: z.uuid().optional(),
  search: z.string().trim().max(200).optional().describe('part of the name of the firewall, of the customer or of who changed it'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(300).optional(),
  sort: z.enum(DRIFT_SORTS).default('-since'),
})
export type ListDriftInput = z.infer<typeof listDriftInput>

export const firewallDriftInput = z.strictObject({ id: z.uuid() })
export const acceptDriftInput = z.strictObject({
  id: z.uuid(),
  backupId: z.uuid().describe('the backup that was looked at; it must still be the newest one, except with again'),
  again: z.boolean().default(false).describe('accept once more what was accepted before, which takes a later acceptance back'),
  note: z.string().trim().min(1, 'Say why this is as it should be.').max(1_000),
})
export type AcceptDriftInput = z.output<typeof acceptDriftInput>
