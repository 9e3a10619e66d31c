// What the API tells about the fleet as a whole. Browser-safe.
import { z } from 'zod'
import { historyEvent } from '@/lib/history/dto'
import { FINDING_NAMES, LEDGERS } from './findings'

const instant = z.string().describe('ISO 8601, UTC')
const named = z.object({ id: z.string(), name: z.string() })
const count = z.number()
const where = z.string().describe('conditions of GET /firewalls that find exactly the firewalls that are counted')
const ageSeconds = count.describe('How old the numbers were when they were sent, up to 3: they are counted at most twice a second. Newer ones are there a second later.')
const byLedger = z.object({ broken: count, waits: count, 'will-break': count, 'not-known': count })
export type ByLedger = z.infer<typeof byLedger>

export const findingCount = z.object({
  finding: z.enum(FINDING_NAMES),
  count,
  /** Since when the longest of them lasts; null where that was not seen. */
  since: instant.nullable(),
  where,
})
export type FindingCount = z.infer<typeof findingCount>

/** Firewalls with at least one finding of a ledger, and its findings that there are, worst first. */
export const ledgerCount = z.object({ ledger: z.enum(LEDGERS), count, where, findings: z.array(findingCount) })
export type LedgerCount = z.infer<typeof ledgerCount>

export const customerNumbers = z.object({
  id: z.uuid(),
  name: z.string(),
  total: count,
  updates: count,
  /** Firewalls with at least one finding of each ledger. */
  ledgers: byLedger,
  /** Its worst finding: where, when it is one place, and which, when it is one firewall. */
  worst: z.object({ finding: z.enum(FINDING_NAMES), count, since: instant.nullable(), firewall: named.nullable(), site: named.nullable() }).nullable(),
  /** One for each firewall that has a finding, by its worst, worst first; at most 60. */
  posts: z.array(named.extend({ finding: z.enum(FINDING_NAMES) })),
  /** All firewalls by the ledger of their worst finding; what is missing to `total` is fine. */
  standing: byLedger,
})
export type CustomerNumbers = z.infer<typeof customerNumbers>

export const overview = z.object({
  /** When this was counted. */
  at: instant,
  ageSeconds,
  /** The customer that was asked for; null for all of them. */
  customer: named.nullable(),
  total: count,
  answering: z.object({ count, where }),
  updates: z.object({ count, where }),
  ledgers: z.array(ledgerCount),
  /** Worst first; of those without a finding at most 300, by name. */
  customers: z.array(customerNumbers),
  /** Customers without a finding, all of them. */
  quiet: z.object({ customers: count, firewalls: count, updates: count }),
})
export type Overview = z.infer<typeof overview>

export const totals = z.object({ ageSeconds, firewalls: count, customers: count, ledgers: byLedger })
export type Totals = z.infer<typeof totals>

export const fleetEvent = z.intersection(historyEvent, z.object({ firewall: named, customer: named }))
export const latest = z.object({ items: z.array(fleetEvent) })
export type Latest = z.infer<typeof latest>
