// Browser-safe: the pages and the routes parse with the same schema.
import { z } from 'zod'
import type { ReadKind } from '@/lib/adapters/model'

/** Kinds of changes: things that stand on a firewall, and the firewall as a whole. A test holds them against lib/facts/kinds.ts. */
export const CHANGE_KINDS = ['firewall', 'rules', 'aliases', 'arp', 'leases', 'gateways', 'interfaces', 'services', 'vpn'] as const satisfies readonly (ReadKind | 'firewall')[]
export type ChangeKind = (typeof CHANGE_KINDS)[number]

/** Lengths of time that the pages offer, in seconds. */
export const HISTORY_RANGES = { '1h': 3_600, '6h': 21_600, '24h': 86_400, '7d': 604_800, '30d': 2_592_000, '90d': 7_776_000 } as const
export type HistoryRange = keyof typeof HISTORY_RANGES
export const isHistoryRange = (text: string): text is HistoryRange => Object.hasOwn(HISTORY_RANGES, text)
/** Hours are kept for 400 days. */
const RANGE_DAYS_MAX = 400
const RANGE_SECONDS_MIN = 300

const instant = z.iso.datetime({ offset: true })
export const historyInput = z
  .strictObject({
    id: z.uuid(),
    range: z.enum(['1h', '6h', '24h', '7d', '30d', '90d']).default('24h').describe('up to now; from and to are asked instead when they are given'),
    from: instant.optional(),
    to: instant.optional().describe('now when it is not given'),
  })
export type HistoryInput = z.infer<typeof historyInput>

/** The time that is asked for, in milliseconds. Throws a RangeError with a sentence when it cannot be shown. */
export function askedTime({ range, from, to }: Pick<HistoryInput, 'range' | 'from' | 'to'>, nowMs: number): { fromMs: number; toMs: number } {
  const toMs = Math.min(to === undefined ? nowMs : Date.parse(to), nowMs)
  const fromMs = from === undefined ? toMs - HISTORY_RANGES[range] * 1000 : Date.parse(from)
  if (toMs - fromMs < RANGE_SECONDS_MIN * 1000) throw new RangeError('From must be at least five minutes before to, and both in the past.')
  if (toMs - fromMs > RANGE_DAYS_MAX * 86_400_000) throw new RangeError(`At most ${RANGE_DAYS_MAX} days can be shown at once.`)
  return { fromMs, toMs }
}

const page = { limit: z.coerce.number().int().min(1).max(200).default(50), cursor: z.string().max(100).optional() }
const kinds = z
  .string()
  .max(200)
  .transform((text) => text.split(','))
  .pipe(z.array(z.enum(CHANGE_KINDS, `Kinds are ${CHANGE_KINDS.join(', ')}.`)).min(1))
  .optional()
  .describe(`one kind or a comma list of them: ${CHANGE_KINDS.join(', ')}`)

export const firewallChangesInput = z.strictObject({ id: z.uuid(), kind: kinds, key: z.string().max(1_500).optional().describe('of one thing alone, as `key` of a change says it; needs one kind'), ...page })
export type FirewallChangesInput = z.infer<typeof firewallChangesInput>
export const listChangesInput = z.strictObject({ kind: kinds, customerId: z.uuid().optional(), ...page })
export type ListChangesInput = z.infer<typeof listChangesInput>
