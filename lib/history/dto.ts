// What the API tells about the past of firewalls. Browser-safe.
import { z } from 'zod'
import { AUDIT_ACTIONS, AUDIT_RESULTS } from '@/lib/audit/actions'
import { FIREWALL_STATES } from '@/lib/firewalls/states'
import { listOf } from '@/lib/lists/list'
import { CHANGE_KINDS } from './input'

const instant = z.string().describe('ISO 8601, UTC')
const state = z.enum(FIREWALL_STATES)
const named = z.object({ id: z.string(), name: z.string() })

/** Something that happened to a firewall at one moment. */
export const historyEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('state'), at: instant, before: state, after: state, reason: z.string().nullable() }),
  z.object({ type: z.literal('version'), at: instant, before: z.string(), after: z.string() }),
  z.object({ type: z.literal('boot'), at: instant }),
  z.object({ type: z.literal('certificate'), at: instant, before: z.string(), after: z.string() }),
  /** How many things of a kind differed at one visit. */
  z.object({ type: z.literal('changes'), at: instant, kind: z.enum(CHANGE_KINDS), count: z.number() }),
  /** What somebody did through Palisade. */
  z.object({ type: z.literal('act'), at: instant, entry: z.number(), action: z.enum(AUDIT_ACTIONS), actor: z.string(), result: z.enum(AUDIT_RESULTS) }),
])
export type HistoryEvent = z.infer<typeof historyEvent>
export type FleetEvent = HistoryEvent & { firewall: { id: string; name: string }; customer: { id: string; name: string } }

export const SERIES_UNITS = ['percent', 'ms', 'count', 'bit/s'] as const
export const MEASURES = ['answer', 'cpu', 'memory', 'disk', 'states', 'latency', 'loss', 'jitter', 'received', 'sent'] as const
export type Measure = (typeof MEASURES)[number]

const values = z.array(z.number().nullable())
export const historySeries = z.object({
  measure: z.enum(MEASURES),
  /** The gateway or interface; null for the firewall itself. */
  subject: z.string().nullable(),
  unit: z.enum(SERIES_UNITS),
  /** Two values that are further apart have a gap between them. */
  joinSeconds: z.number(),
  /** One value for each step; null where nothing was measured. */
  mean: values,
  /** Lowest and highest; absent where each step has one value. */
  low: values.optional(),
  high: values.optional(),
})
export type HistorySeries = z.infer<typeof historySeries>

/** Why there is no reading: a state that brings none, `missed` where Palisade owed a visit, `not-enrolled` for the time before. */
export const GAP_REASONS = [...FIREWALL_STATES, 'missed', 'not-enrolled'] as const
export type GapReason = (typeof GAP_REASONS)[number]
const gap = z.object({ from: instant, to: instant, reason: z.enum(GAP_REASONS) })
export type HistoryGap = z.infer<typeof gap>

export const firewallHistory = z.object({
  from: instant,
  to: instant,
  /** The first step begins here, at a whole multiple of its length in UTC. */
  start: instant,
  stepSeconds: z.number(),
  steps: z.number(),
  series: z.array(historySeries),
  /** Gateways and interfaces that were measured but are not among the series. */
  leftOut: z.number(),
  gaps: z.array(gap),
  /** Newest first. */
  events: z.array(historyEvent),
  /** There were more events. */
  eventsShortened: z.boolean(),
  /** `percent` is null where nothing is known. */
  uptime: z.object({ percent: z.number().nullable(), reachableSeconds: z.number(), knownSeconds: z.number(), excluded: z.array(z.object({ reason: z.enum(GAP_REASONS), seconds: z.number() })) }),
})
export type FirewallHistory = z.infer<typeof firewallHistory>

/** One field that differs. Of lists, the entries that came and went. */
export const fieldChange = z.object({
  field: z.string().describe('its name in the JSON of the list, with a dot for what is inside: source.address'),
  before: z.unknown().nullable(),
  after: z.unknown().nullable(),
  added: z.array(z.unknown()).optional(),
  removed: z.array(z.unknown()).optional(),
  /** Entries of a very long list of which only some were kept. */
  shortened: z.object({ before: z.number().nullable(), after: z.number().nullable() }).optional(),
})
export type FieldChange = z.infer<typeof fieldChange>

export const changeDto = z.object({
  id: z.string(),
  /** When the visit saw it. */
  at: instant,
  firewall: named,
  customer: named,
  kind: z.enum(CHANGE_KINDS),
  /** Which thing, among those of its kind on its firewall. */
  key: z.string(),
  what: z.enum(['new', 'changed', 'gone', 'back']),
  /** What people call it: the description of a rule, the name of an alias. */
  title: z.string(),
  fields: z.array(fieldChange),
})
export type ChangeDto = z.infer<typeof changeDto>
export const changeList = listOf(changeDto)
