import 'server-only'
import type { z } from 'zod'
import type { Actor } from '@/lib/auth/actor'
import { authoriseScope } from '@/lib/auth/authorise'
import { readLag } from '@/lib/db/visit-lag-sql'
import type { readVisitsInput, VisitsDto } from './input'

/** How late the visits are, over the customers that the actor may see, or one of them. Outside the scope everything is 0. */
export async function readVisits(actor: Actor, { customerId }: z.output<typeof readVisitsInput>): Promise<VisitsDto> {
  const { customerIds } = authoriseScope(actor, 'firewall:read')
  const asked = customerId === undefined ? customerIds : customerIds === 'all' || customerIds.includes(customerId) ? [customerId] : []
  return readLag(asked)
}
