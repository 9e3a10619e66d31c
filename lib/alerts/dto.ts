// What the API tells about alerts. Browser-safe.
import { z } from 'zod'
import { FIREWALL_STATES } from '@/lib/firewalls/states'
import { SEVERITIES } from '@/lib/notices/kinds'
import { ALERT_KINDS } from './words'
import { ALERT_STATES } from './states'

const instant = z.string().describe('ISO 8601, UTC')
const named = z.object({ id: z.uuid(), name: z.string() })

export const alertDto = z.object({
  id: z.uuid(),
  kind: z.enum(ALERT_KINDS),
  /** The gateway, tunnel or resource; empty where the firewall itself is meant. */
  subject: z.string(),
  state: z.enum(ALERT_STATES),
  severity: z.enum(SEVERITIES),
  /** The kind in words. */
  title: z.string(),
  /** What is wrong and where, as one sentence. */
  sentence: z.string(),
  /** What to do first. */
  nextStep: z.string(),
  firewall: named,
  customer: named,
  site: named.nullable(),
  /** Since when it holds. */
  since: instant,
  /** When it was told to somebody first; null while it has not lasted long enough. */
  openedAt: instant.nullable(),
  /** Since when it does not hold any more, while nobody trusts that yet. */
  clearSince: instant.nullable(),
  resolvedAt: instant.nullable(),
  acknowledged: z.object({ at: instant, by: z.string() }).nullable(),
  /** What somebody wrote last. */
  note: z.string().nullable(),
  /** Times that it came back within the time that counts as flapping. */
  flaps: z.number(),
  isFlapping: z.boolean(),
  /** The alert whose consequence this is. */
  causeId: z.uuid().nullable(),
  /** Alerts that follow from this one, are not over, and tell nobody. */
  effects: z.number(),
  /** Until when it tells nobody; null when it does. */
  silencedUntil: instant.nullable(),
  etag: z.string(),
})
export type AlertDto = z.infer<typeof alertDto>

/** `by` null: it happened by itself. */
export const alertEvent = z.object({ at: instant, what: z.string(), by: z.string().nullable(), note: z.string().nullable() })
export type AlertEventDto = z.infer<typeof alertEvent>

/** One notice of this alert on its way to one channel. */
export const alertDelivery = z.object({
  at: instant,
  notice: z.string(),
  /** Null for a channel that is not of the reader's customers. */
  channel: z.string().nullable(),
  channelKind: z.string(),
  state: z.string(),
  attempts: z.number(),
})
export type AlertDeliveryDto = z.infer<typeof alertDelivery>

export const EFFECTS_NAMED_MAX = 200
export const alertDetail = alertDto.extend({
  /** Newest first. */
  events: z.array(alertEvent),
  deliveries: z.array(alertDelivery),
  /** Alerts that follow from this one and are not over; the first 200. */
  effectAlerts: z.array(alertDto),
  /** The alert from which this one follows. */
  cause: z.object({ id: z.uuid(), title: z.string() }).nullable(),
  /** How it is with the firewall at this moment. */
  firewallState: z.object({ state: z.enum(FIREWALL_STATES), visitedAt: instant.nullable(), nextVisitAt: instant.nullable() }),
})
export type AlertDetail = z.infer<typeof alertDetail>

const count = z.number()
export const bySeverity = z.object({ critical: count, warning: count, notice: count })
export const alertCounts = z.object({
  /** Alerts that nobody has acknowledged, without those that follow from another. */
  open: bySeverity,
  acknowledged: count,
  /** Alerts that follow from those that are open or acknowledged. */
  effects: count,
  /** Of those that are open, those that tell nobody now. */
  silenced: count,
  /** Customers with an open alert. */
  customers: z.array(z.object({ customerId: z.uuid(), open: bySeverity })),
  /** When the rules were looked at last; null when that never happened. */
  evaluatedAt: instant.nullable(),
})
export type AlertCounts = z.infer<typeof alertCounts>

/** Alerts that an act did not change, each with the reason in words. */
export const manyActed = z.object({ done: z.array(z.uuid()), left: z.array(z.object({ id: z.uuid(), reason: z.string() })) })
export type ManyActed = z.infer<typeof manyActed>
