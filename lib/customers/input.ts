// Browser-safe: the form and the route parse with the same schema.
import { z } from 'zod'

const name = z.string().trim().min(1, 'Give it a name.').max(80, 'At most 80 characters.')
export const createCustomerInput = z.strictObject({ name })
export const editCustomerInput = z.strictObject({ id: z.uuid(), name })
export const customerId = z.strictObject({ id: z.uuid() })
export const listCustomersInput = z.strictObject({
  search: z.string().trim().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(200),
  cursor: z.string().max(400).optional(),
  sort: z.enum(['name', '-name']).default('name'),
})
export const customerDto = z.object({ id: z.uuid(), name: z.string(), firewallCount: z.number(), siteCount: z.number(), createdAt: z.string(), etag: z.string() })
export type CustomerDto = z.infer<typeof customerDto>
