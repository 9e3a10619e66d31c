// Browser-safe: the form and the route parse with the same schema.
import { z } from 'zod'
import { timeZone } from '@/lib/firewalls/input'

const name = z.string().trim().min(1, 'Give it a name.').max(80, 'At most 80 characters.')
export const createSiteInput = z.strictObject({ name, customerId: z.uuid(), timeZone: timeZone.default('UTC') })
export const editSiteInput = z.strictObject({ id: z.uuid(), name: name.optional(), timeZone: timeZone.optional() })
export const siteId = z.strictObject({ id: z.uuid() })
export const listSitesInput = z.strictObject({
  customerId: z.uuid().optional(),
  search: z.string().trim().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(200),
  cursor: z.string().max(400).optional(),
  sort: z.enum(['name', '-name']).default('name'),
})
export const siteDto = z.object({ id: z.uuid(), name: z.string(), customer: z.object({ id: z.uuid(), name: z.string() }), timeZone: z.string(), firewallCount: z.number(), createdAt: z.string(), etag: z.string() })
export type SiteDto = z.infer<typeof siteDto>
