// Browser-safe.
import { z } from 'zod'
import { AUDIT_ACTIONS, AUDIT_RESULTS } from './actions'

export const auditEntryDto = z.object({
  /** Place in the chain, from 1. */
  entry: z.number(),
  at: z.string(),
  actor: z.object({ kind: z.enum(['operator', 'token', 'worker', 'console', 'nobody']), id: z.string().nullable(), name: z.string() }),
  sourceAddress: z.string().nullable(),
  requestId: z.string().nullable(),
  action: z.enum(AUDIT_ACTIONS),
  target: z.object({ kind: z.string(), id: z.string().nullable(), name: z.string() }),
  customer: z.object({ id: z.string(), name: z.string() }).nullable(),
  result: z.enum(AUDIT_RESULTS),
  /** The entry with the intent of this outcome. */
  intentEntry: z.number().nullable(),
  /** Error code, message, duration, what was read … never a secret. */
  details: z.record(z.string(), z.unknown()),
  before: z.unknown().nullable(),
  after: z.unknown().nullable(),
  previousHash: z.string(),
  hash: z.string(),
})
export type AuditEntryDto = z.infer<typeof auditEntryDto>

export const listAuditInput = z.strictObject({
  firewallId: z.uuid().optional(),
  customerId: z.uuid().optional(),
  action: z.string().max(200).optional().describe('an action or its beginning, for example firewall.'),
  actor: z.string().trim().max(200).optional().describe('part of the name of who did it'),
  result: z.enum(AUDIT_RESULTS).optional(),
  search: z.string().trim().max(200).optional().describe('part of the name of the target, the actor or the customer, or of the action; or a whole request id or source address. One or two letters find beginnings of names'),
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
  cursor: z.string().max(100).optional(),
  sort: z.enum(['-entry', 'entry']).default('-entry'),
})
export type ListAuditInput = z.infer<typeof listAuditInput>
export const exportAuditInput = listAuditInput.omit({ limit: true, cursor: true, sort: true }).extend({ format: z.enum(['csv', 'json', 'chain']).describe('chain: the whole log with its checkpoints, to be verified; it takes no filter') })
