// What the API tells about plans and what they would do. Browser-safe.
import { z } from 'zod'
import { family } from '@/lib/adapters/model'
import { UPDATE_KINDS } from '@/lib/adapters/words'
import { listOf } from '@/lib/lists/list'
import { approvedOffer } from '@/lib/updates/dto'
import { planDesign } from './input'
import { PLAN_STATES } from './states'
import { CANNOT_RUN, PREVIEW_GROUPS, PREVIEW_NOTES } from './words'

const instant = z.string().describe('ISO 8601, UTC')
const named = z.object({ id: z.uuid(), name: z.string() })

const approval = z.object({ operatorId: z.uuid(), name: z.string(), at: instant })
/** Who still has to approve: each customer by an admin of it. */
export const approvals = z.object({
  given: z.array(approval),
  /** Customers for which no approval counts yet; of those that one may see. */
  missing: z.array(named),
  /** People who could give one that is missing, by name; at most 20. */
  people: z.array(named),
  /** Whether one's own approval would count now, and why not, as a sentence. */
  mine: z.object({ counts: z.boolean(), reason: z.string().nullable() }),
})

const jobCounts = z.object({
  all: z.number(),
  /** Scheduled, not begun. */
  waiting: z.number(),
  active: z.number(),
  /** Held, blocked, API package missing, unknown: a person has to look. */
  stopped: z.number(),
  succeeded: z.number(),
  failed: z.number(),
  /** Skipped or cancelled. */
  leftOut: z.number(),
})
export const planSummary = z.object({
  id: z.uuid(),
  name: z.string(),
  state: z.enum(PLAN_STATES),
  kind: z.enum(UPDATE_KINDS),
  /** Those that one may see. */
  customers: z.array(named),
  /** There are more customers in it than one may see: design, query and approvals are not told, and nothing can be changed. */
  partial: z.boolean(),
  fourEyes: z.boolean(),
  createdAt: instant,
  createdBy: z.string(),
  approvedAt: instant.nullable(),
  pausedAt: instant.nullable(),
  /** Where `partial`, that it halted alone: why counts firewalls that one does not see. */
  haltedReason: z.string().nullable(),
  finishedAt: instant.nullable(),
  /** Of the firewalls of customers that one may see; none before the approval. */
  jobs: jobCounts,
  /** The first start that is still to come. */
  nextStartAt: instant.nullable(),
  /** Zone of that firewall. */
  nextStartZone: z.string().nullable(),
  /** The last start, as it is planned now. */
  lastStartAt: instant.nullable(),
})
export type PlanSummary = z.infer<typeof planSummary>
export const planList = listOf(planSummary)

export const planDto = planSummary.extend({
  /** Null where `partial`. */
  query: z.string().nullable(),
  design: planDesign.nullable(),
  holdIfReboot: z.boolean(),
  /** Who changed it last and when; their own approval does not count where two people are asked for. */
  changedBy: z.string(),
  changedAt: instant,
  approvals: approvals.nullable(),
  /** The plan that this one ends when it is approved, and the one that ended it. */
  supersedes: named.nullable(),
  etag: z.string(),
})
export type PlanDto = z.infer<typeof planDto>

const finding = z.object({
  code: z.enum([...CANNOT_RUN, ...PREVIEW_NOTES]),
  /** A few words for the row: "Window 20, needs 35 min". */
  word: z.string(),
  /** What it means and the next step; null where there is nothing to do. */
  sentence: z.string().nullable(),
  tone: z.enum(['bad', 'you', 'warn', 'none']),
})
export type PreviewFinding = z.infer<typeof finding>

export const previewRow = z.object({
  firewall: named.extend({ family, familyLabel: z.string(), timeZone: z.string() }),
  customer: named,
  site: named.nullable(),
  group: z.enum(PREVIEW_GROUPS),
  /** Counted from 0; null = in no ring. */
  ring: z.object({ position: z.number(), name: z.string() }).nullable(),
  from: z.string().nullable(),
  /** Null: nothing is on offer, or nothing is installed (reboot only). */
  to: z.string().nullable(),
  /** Null = packages are not reported; what each is tells readFirewallOffer. */
  packageCount: z.number().nullable(),
  downloadBytes: z.number().nullable(),
  /** Null = not reported. */
  reboot: z.boolean().nullable(),
  /** Minutes that the site is expected to be without this firewall; both 0 where its peer takes over or nothing restarts. */
  minutesAway: z.object({ least: z.number(), most: z.number() }).nullable(),
  startsAt: instant.nullable(),
  /** Hard end of the window in which it starts. */
  endsAt: instant.nullable(),
  /** The worst first; never empty. */
  findings: z.array(finding),
  /** The other member of its pair. */
  peer: named.nullable(),
})
export type PreviewRow = z.infer<typeof previewRow>

export const planPreview = z.object({
  workedOutAt: instant,
  /** Over who would install what in which ring; an approval is of this. Null where nothing can run. */
  setHash: z.string().nullable(),
  /** "46 of 61 can run on their own, 9 need a person afterwards, 6 cannot run. Done by 5 Dec." */
  sentence: z.string(),
  matched: z.number(),
  counts: z.record(z.enum(PREVIEW_GROUPS), z.number()),
  reboots: z.number(),
  rebootsUnknown: z.number().describe('of so many it is not reported whether they restart'),
  haPairs: z.number(),
  /** Sites whose firewall has no peer: they are cut off while it restarts. */
  sitesWithoutHa: z.number(),
  doneBy: instant.nullable(),
  rings: z.array(z.object({ position: z.number(), name: z.string(), matched: z.number(), runs: z.number(), firstStartAt: instant.nullable(), lastStartAt: instant.nullable() })),
  customers: z.array(named),
  /** Each group with its findings and how many have them, the most frequent first. */
  groups: z.array(z.object({ group: z.enum(PREVIEW_GROUPS), count: z.number(), findings: z.array(z.object({ code: finding.shape.code, word: z.string(), count: z.number() })) })),
  /** Sorted by group, finding and name; of each group as many as were asked for. */
  rows: z.array(previewRow),
})
export type PlanPreview = z.infer<typeof planPreview>

/** What one firewall would install, package by package where its family reports them. */
export const firewallOffer = z.object({
  firewall: named,
  kind: z.enum(UPDATE_KINDS),
  from: z.string().nullable(),
  offer: approvedOffer.nullable(),
  checkedAt: instant.nullable(),
  /** Why nothing is known or on offer, as a sentence. */
  reason: z.string().nullable(),
  /** Why packages are not reported, as a sentence; null where they are. */
  packagesReason: z.string().nullable(),
  losesApiPackage: z.boolean(),
  reinstall: z.object({ command: z.string().nullable(), note: z.string() }).nullable(),
  /** How long a restart takes as a rule, and how often one update may restart it. */
  minutesAway: z.object({ least: z.number(), most: z.number() }),
  restartsMax: z.number(),
  rollback: z.array(z.string()),
})
export type FirewallOffer = z.infer<typeof firewallOffer>

export const versionHoldDto = z.object({
  id: z.uuid(),
  family,
  familyLabel: z.string(),
  version: z.string(),
  /** Null: for the whole fleet, or for a plan. */
  customer: named.nullable(),
  plan: named.nullable(),
  fromPosition: z.number().nullable(),
  /** Name of that ring; null without a plan, and before it was approved. */
  fromRing: z.string().nullable(),
  note: z.string(),
  createdAt: instant,
  createdBy: z.string(),
  liftedAt: instant.nullable(),
  liftedBy: z.string().nullable(),
  /** Whether one may lift it: an admin of all that it holds for. */
  mayLift: z.boolean(),
})
export type VersionHoldDto = z.infer<typeof versionHoldDto>
export const versionHolds = z.object({ items: z.array(versionHoldDto) })
