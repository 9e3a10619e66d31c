// What the API tells about a pair. Browser-safe.
import { z } from 'zod'
import { FIREWALL_STATES } from '@/lib/firewalls/states'
import { HA_ROLES } from '@/lib/query-language/fields'

export const PAIR_PROBLEMS = ['two-masters', 'no-master', 'peer-unreachable', 'roles-mixed', 'role-not-reported', 'versions-differ'] as const

const pairMember = z.object({
  id: z.uuid(),
  name: z.string(),
  state: z.enum(FIREWALL_STATES),
  /** Over all shared addresses; null where it does not report any. */
  role: z.enum(HA_ROLES).nullable(),
  version: z.string().nullable(),
  visitedAt: z.string().nullable(),
})
export type PairMember = z.infer<typeof pairMember>

export const pairReply = z.object({
  /** This firewall first; null while it has no peer. */
  members: z.tuple([pairMember, pairMember]).nullable(),
  /** The worst first; empty while all is well. */
  problems: z.array(z.object({ kind: z.enum(PAIR_PROBLEMS), message: z.string(), nextStep: z.string() })),
  /** Firewalls of the same customer without a peer that share virtual addresses with this one. */
  suggestions: z.array(z.object({ id: z.uuid(), name: z.string(), sharedAddresses: z.array(z.string()) })),
})
export type PairReply = z.infer<typeof pairReply>
