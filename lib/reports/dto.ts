// What the API tells about a customer's month. Browser-safe. Times are moments; `zone` is the one that people read them in.
import { z } from 'zod'
import { GAP_REASONS } from '@/lib/history/dto'
import { listOf } from '@/lib/lists/list'
import { SEVERITIES } from '@/lib/notices/kinds'

const instant = z.string().describe('ISO 8601, UTC')
const named = z.object({ id: z.string(), name: z.string() })
const count = z.number()

const uptime = z.object({
  /** Of the time that is known; null where nothing is. */
  percent: z.number().nullable(),
  reachableSeconds: count,
  knownSeconds: count,
  /** What counts neither way, and why, longest first. */
  excluded: z.array(z.object({ reason: z.enum(GAP_REASONS), seconds: count })),
})
export type ReportUptime = z.infer<typeof uptime>

export const reportFirewall = z.object({
  id: z.string(),
  name: z.string(),
  site: z.string().nullable(),
  uptime,
  backups: z.object({
    /** Taken in the month. */
    kept: count,
    /** Days of the month on which it was enrolled, and those of them for which no backup holds its configuration. */
    days: count,
    daysWithout: count,
    /** Only for comparison: cannot be given back. */
    comparisonOnly: z.boolean(),
  }),
  /** Backups whose configuration differs from the one before. */
  configurationChanges: count,
  /** Changed since an operator last accepted it, when the month ended. */
  drift: z.object({ since: instant, items: count.nullable() }).nullable(),
})
export type ReportFirewall = z.infer<typeof reportFirewall>

export const reportIncident = z.object({
  id: z.string(),
  firewall: named,
  title: z.string(),
  /** What was wrong and where, as one sentence. */
  sentence: z.string(),
  severity: z.enum(SEVERITIES),
  openedAt: instant,
  /** null: not before the month ended. */
  resolvedAt: instant.nullable(),
  /** How long it lasted within the month. */
  seconds: count,
  acknowledgedBy: z.string().nullable(),
  /** Alerts that followed from it. */
  effects: count,
})
export type ReportIncident = z.infer<typeof reportIncident>

const listed = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item), total: count })

/** What is kept of a month that is over. */
export const reportBody = z.object({
  customer: named,
  month: z.string(),
  zone: z.string(),
  from: instant,
  to: instant,
  /** Up to when it tells: the end of the month, or when it was made. */
  upTo: instant,
  uptime,
  /** By name, all of them. */
  firewalls: z.array(reportFirewall),
  /** Alerts that were open in the month and do not follow from another, worst first, then newest first. */
  incidents: listed(reportIncident).extend({ bySeverity: z.object({ critical: count, warning: count, notice: count }) }),
  /** Other versions than before, newest first. */
  updates: listed(z.object({ firewall: named, at: instant, before: z.string(), after: z.string() })),
  /** Configurations that an operator said are as they should be, newest first. */
  acceptances: listed(z.object({ firewall: named, at: instant, by: z.string(), note: z.string() })),
  /** Alerts that were still open when the month ended, worst first. */
  open: listed(z.object({ id: z.string(), firewall: named, title: z.string(), sentence: z.string(), severity: z.enum(SEVERITIES), openedAt: instant })),
  /** What is not known, as sentences. */
  unknown: z.array(z.string()),
})
export type ReportBody = z.infer<typeof reportBody>

export const reportDto = reportBody.extend({
  inProgress: z.boolean(),
  /** When it was kept; null: made now from what is stored. */
  keptAt: instant.nullable(),
  madeAt: instant,
  provider: z.object({ name: z.string(), logo: z.string().nullable() }),
})
export type ReportDto = z.infer<typeof reportDto>

export const REPORT_MONTHS = 12
export const reportList = listOf(
  z.object({
    customer: named,
    firewalls: count,
    zone: z.string(),
    /** Newest first, at most 12, none before the first firewall was enrolled. */
    months: z.array(z.object({ month: z.string(), state: z.enum(['in-progress', 'kept', 'not-kept']) })),
  }),
)
export type ReportRow = z.infer<typeof reportList>['items'][number]
