// Browser-safe: the route parses with this schema.
import { z } from 'zod'

export const metricsInput = z.strictObject({
  firewalls: z.enum(['true', 'false']).optional().describe('whether each firewall has series of its own; without it they are there up to 2,000 firewalls'),
  customerId: z.uuid().optional().describe('only the figures of this customer, to divide a large fleet over several scrapes'),
})
