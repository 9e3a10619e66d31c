// Browser-safe: the pages and the routes parse with the same schema.
import { z } from 'zod'
import { tag } from '@/lib/firewalls/input'
import { PICKED_MAX } from './words'

const nothing = z.strictObject({}).default({})
const tags = z.array(tag).max(30, 'At most 30 tags.').default([])
/** Each act with what it needs to know. */
export const bulkAct = z.discriminatedUnion('act', [
  z.strictObject({ act: z.literal('refresh'), input: nothing }),
  z.strictObject({ act: z.literal('check'), input: nothing }),
  z.strictObject({ act: z.literal('backup'), input: nothing }),
  z.strictObject({ act: z.literal('tag'), input: z.strictObject({ add: tags, remove: tags }).refine(({ add, remove }) => add.length + remove.length > 0, 'Name a tag to add or to remove.') }),
  z.strictObject({ act: z.literal('move'), input: z.strictObject({ customerId: z.uuid(), siteId: z.uuid().nullable().default(null) }) }),
  z.strictObject({ act: z.literal('pause'), input: z.strictObject({ reason: z.string().trim().min(1, 'Say why.').max(200, 'At most 200 characters.') }) }),
  z.strictObject({ act: z.literal('resume'), input: nothing }),
])
export type BulkActInput = z.output<typeof bulkAct>
export type BulkActName = BulkActInput['act']
export const BULK_ACTS = ['refresh', 'check', 'backup', 'tag', 'move', 'pause', 'resume'] as const satisfies readonly BulkActName[]

/** The life of one firewall in an act. `running` of a worker that died becomes pending again: every act is safe to repeat. */
export const BULK_ITEM_STATES = ['pending', 'running', 'done', 'failed', 'skipped'] as const
export type BulkItemState = (typeof BULK_ITEM_STATES)[number]
export const ENDED_STATES = ['done', 'failed', 'skipped'] as const satisfies readonly BulkItemState[]

const firewallIds = z.array(z.uuid()).min(1, 'Choose at least one firewall.').max(PICKED_MAX, 'At most 2,000 picked by hand; ask for all that match instead.')
const query = z.string().max(8_000, 'At most 8,000 characters.').describe('query string of GET /firewalls: all that match it now')
const again = z.strictObject({ bulkId: z.uuid(), states: z.array(z.enum(ENDED_STATES)).min(1) }).describe('those of an earlier act that ended so')
/** Exactly one of the three says which firewalls are meant. */
export const startBulkInput = z.strictObject({
  act: z.enum(BULK_ACTS),
  input: z.record(z.string(), z.unknown()).default({}),
  firewallIds: firewallIds.optional(),
  query: query.optional(),
  again: again.optional(),
})
export type StartBulkInput = z.output<typeof startBulkInput>
export const bulkId = z.strictObject({ id: z.uuid() })

export const bulkSummary = z.object({
  id: z.uuid(),
  act: z.enum(BULK_ACTS),
  input: z.record(z.string(), z.unknown()),
  query: z.string().nullable(),
  /** Firewalls when it was asked for; those that were removed since are in no count. */
  total: z.number(),
  counts: z.record(z.enum(BULK_ITEM_STATES), z.number()),
  createdAt: z.string(),
  cancelledAt: z.string().nullable(),
  finishedAt: z.string().nullable(),
})
export type BulkSummary = z.infer<typeof bulkSummary>

/** Problems that are named one by one; the counts tell of all. */
export const PROBLEMS_MAX = 200
export const bulkDto = bulkSummary.extend({
  problems: z.array(z.object({ firewallId: z.uuid(), name: z.string(), state: z.enum(BULK_ITEM_STATES), message: z.string().nullable() })),
})
export type BulkDto = z.infer<typeof bulkDto>

export const EXPORT_COLUMNS = [
  ...(['name', 'state', 'reason', 'since', 'address', 'customer', 'site', 'family', 'version', 'hostname', 'tags', 'firmware', 'offered', 'gateways', 'tunnels', 'visited'] as const),
  ...(['latency', 'cpu', 'memory', 'disk', 'states', 'uptime', 'certificate', 'clock', 'enrolled', 'id'] as const),
] as const
export type ExportColumn = (typeof EXPORT_COLUMNS)[number]
export const exportFirewallsInput = z.strictObject({
  format: z.enum(['csv', 'json']),
  columns: z.array(z.enum(EXPORT_COLUMNS)).min(1, 'Choose at least one column.').max(EXPORT_COLUMNS.length).default([...EXPORT_COLUMNS]),
  firewallIds: firewallIds.optional(),
  query: query.optional(),
})
