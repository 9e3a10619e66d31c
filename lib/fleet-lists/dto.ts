// What the fleet-wide lists answer. Browser-safe.
import { z } from 'zod'
import { alias, family, lease, neighbour, rule } from '@/lib/adapters/model'
import { FIREWALL_STATES } from '@/lib/firewalls/states'
import { listOf } from '@/lib/lists/list'

const named = z.object({ id: z.string(), name: z.string() })
const where = {
  firewall: named.extend({ hostname: z.string().nullable(), family, state: z.enum(FIREWALL_STATES), version: z.string().nullable(), tags: z.array(z.string()) }),
  customer: named,
  site: named.nullable(),
  firstSeenAt: z.string(),
  /** When it last became what it is now. */
  changedAt: z.string(),
  /** Since when it is not there any more; null while it is. */
  goneAt: z.string().nullable(),
  /** When the firewall last said so; null when its reading is gone. */
  observedAt: z.string().nullable(),
}

/** Without what changes by itself (counters, times that run out): that is in the firewall's own list. A field that was not stored is absent. */
export const ruleFact = rule.omit({ evaluations: true, packets: true, bytes: true, states: true }).partial().extend(where)
export const aliasFact = alias.omit({ liveEntryCount: true, updatedText: true }).partial().extend(where)
export const neighbourFact = neighbour.omit({ expiresInSeconds: true, state: true }).partial().extend(where)
export const leaseFact = lease.omit({ online: true, startsAt: true, endsAt: true }).partial().extend(where)
export type RuleFact = z.infer<typeof ruleFact>
export type AliasFact = z.infer<typeof aliasFact>
export type NeighbourFact = z.infer<typeof neighbourFact>
export type LeaseFact = z.infer<typeof leaseFact>

export const ruleFacts = listOf(ruleFact)
export const aliasFacts = listOf(aliasFact)
export const neighbourFacts = listOf(neighbourFact)
export const leaseFacts = listOf(leaseFact)

/** Values of one field, the commonest first. */
export const fieldValues = z.object({
  field: z.string(),
  items: z.array(z.object({ value: z.string(), count: z.number() })),
  /** What `count` counts: firewalls where the field is one of the firewall, its customer or its site, else items of the list. */
  counts: z.enum(['firewalls', 'items']),
  /** Not all were looked at, so there may be more. */
  truncated: z.boolean(),
})
export type FieldValues = z.infer<typeof fieldValues>
