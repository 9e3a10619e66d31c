// What a plan is designed of, without a schema, for pages that need only the words. Browser-safe.
import type { UPDATE_KINDS } from '@/lib/adapters/words'

export const RINGS_MAX = 10
/** Firewalls of one plan at most; more are two plans. */
export const PLAN_FIREWALLS_MAX = 5_000
/** Rows of a group of the preview that are told unless more are asked for; its count tells of all. */
export const PREVIEW_ROWS = 200

/**
 * Who belongs to a ring. A firewall is in the first ring that takes it, together with its HA peer. `spread`: so many of those
 * that no ring before took, evenly over customers and sites. `rest`: all that are left; only as the last ring.
 */
export type RingWho = { by: 'query'; query: string } | { by: 'spread'; percent: number } | { by: 'hand'; firewallIds: string[] } | { by: 'rest' }

/**
 * What has to hold of a ring before the next one opens. `minimumCount` updated well at least, or the whole ring where it is
 * smaller; `successPercent` of those that ended. The gate of the last ring lets nothing open: it says when the plan has succeeded.
 */
export type RingGate = { successPercent: number; minimumCount: number; soakHours: number; noNewCriticalAlert: boolean }
export type RingDesign = { name: string; who: RingWho; gate: RingGate }

/** As a window of lib/windows: local times "02:00", weekdays 1 = Monday … 7, dates YYYY-MM-DD of the day on which it opens. */
export type PlanWindow = { timeZone: string; weekdays: number[]; dates: string[]; earliestStart: string; latestStart: string; hardEnd: string }

export type PlanDesign = {
  rings: RingDesign[]
  /** `own`: the narrowest window of each firewall; `plan`: this one for all of them. Blackouts hold in both. */
  windows: { by: 'own' } | { by: 'plan'; window: PlanWindow }
  /** YYYY-MM-DD, in the zone of each window; null = from the approval on. */
  firstDay: string | null
  /** Nothing starts later than so many minutes before the hard end, whatever the window says. */
  latestStartMarginMinutes: number
  /** Each start is put off by up to so many minutes, by chance that stays the same for a job. */
  randomStartMinutes: number
  /** Under way at the same time, over all plans. */
  concurrency: { perSite: number; perCustomer: number; fleet: number }
  /** Between the end of the backup member's verification and the start of the other one. */
  haGapMinutes: number
  /** The plan that ends when this one is approved: what it has not begun is cancelled. */
  supersedesId: string | null
}
export type PlanKind = (typeof UPDATE_KINDS)[number]

export const DEFAULT_DESIGN: PlanDesign = {
  rings: [
    { name: 'Canary', who: { by: 'query', query: 'tags=canary' }, gate: { successPercent: 100, minimumCount: 1, soakHours: 24, noNewCriticalAlert: true } },
    { name: 'Early', who: { by: 'spread', percent: 25 }, gate: { successPercent: 95, minimumCount: 3, soakHours: 12, noNewCriticalAlert: true } },
    { name: 'Broad', who: { by: 'rest' }, gate: { successPercent: 90, minimumCount: 0, soakHours: 0, noNewCriticalAlert: false } },
  ],
  windows: { by: 'own' },
  firstDay: null,
  latestStartMarginMinutes: 45,
  randomStartMinutes: 20,
  concurrency: { perSite: 1, perCustomer: 3, fleet: 10 },
  haGapMinutes: 30,
  supersedesId: null,
}

/** What a firewall of a plan comes to: left out, visited by a person afterwards, or nothing to do for anybody. */
export const PREVIEW_GROUPS = ['cannot-run', 'needs-person', 'on-its-own'] as const
export type PreviewGroup = (typeof PREVIEW_GROUPS)[number]
/** Why it cannot run, the first that holds; then what has to be done after it; then what is worth a note. */
export const CANNOT_RUN = [
  'unknown-family', 'kind-not-offered', 'no-ring', 'paused', 'certificate-changed', 'credential', 'api-package-missing', 'unreachable', 'not-visited', 'other-job', 'no-offer', 'version-held', 'no-package-build', 'commands-off', 'privilege-missing', 'no-backup', 'peer-missing', 'no-window', 'window-too-short', 'no-start',
] as const
export const PREVIEW_NOTES = ['package-lost', 'reboot-held', 'blackout', 'after-peer', 'peer-not-linked', 'old-check', 'nothing'] as const
export type CannotRun = (typeof CANNOT_RUN)[number]
