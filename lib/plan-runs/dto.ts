// What the API tells about how a plan runs and how it ended. Browser-safe.
import { z } from 'zod'
import { family } from '@/lib/adapters/model'
import { UPDATE_KINDS } from '@/lib/adapters/words'
import { ringGate } from '@/lib/plans/input'
import { RING_STATES } from '@/lib/plans/ring-states'
import { PLAN_STATES } from '@/lib/plans/states'
import { updateCheck } from '@/lib/updates/dto'
import { UPDATE_REASONS, UPDATE_STATES } from '@/lib/updates/states'
import { UPDATE_WAY } from './words'

const instant = z.string().describe('ISO 8601, UTC')
const named = z.object({ id: z.uuid(), name: z.string() })

export const runJob = z.object({
  id: z.uuid(),
  firewall: named.extend({ timeZone: z.string() }),
  state: z.enum(UPDATE_STATES),
  stateSince: instant,
  reason: z.enum(UPDATE_REASONS).nullable(),
  message: z.string().nullable(),
  startsAt: instant.nullable(),
  soakUntil: instant.nullable(),
  finishedAt: instant.nullable(),
  /** The furthest step of its way that it was in; null = it has not begun. */
  reached: z.enum(UPDATE_WAY).nullable(),
  /** Another job tries this firewall again. */
  retried: z.boolean(),
})
export type RunJob = z.infer<typeof runJob>

/** Starts of one night, by the date at the firewalls. */
const night = z.object({ day: z.string().describe('YYYY-MM-DD'), count: z.number(), firstStartAt: instant, lastStartAt: instant, timeZone: z.string().nullable().describe('null: of several') })
export type RunNight = z.infer<typeof night>

const ringCounts = z.object({ all: z.number(), waiting: z.number(), active: z.number(), stopped: z.number(), soaking: z.number(), succeeded: z.number(), failed: z.number(), leftOut: z.number() })
export type RingCounts = z.infer<typeof ringCounts>

const runRing = z.object({
  id: z.uuid(),
  position: z.number(),
  name: z.string(),
  state: z.enum(RING_STATES),
  openedAt: instant.nullable(),
  endedAt: instant.nullable(),
  /** Why it halted; without figures for who does not see all customers of the plan. */
  reason: z.string().nullable(),
  counts: ringCounts,
  /** Of those that wait for their start: different sites; a firewall without one counts as one. */
  sites: z.number(),
  /** Null for who does not see all customers of the plan: the figures of the gate are of the whole ring. */
  gate: z
    .object({
      rule: ringGate,
      /** Of those that count: left out, accepted and retried ones do not. */
      counted: z.number(),
      ended: z.number(),
      succeeded: z.number(),
      /** So many have to succeed at least: of all that the ring had, those that were left out too. */
      needed: z.number(),
      /** How many more may fail before it halts; negative: it is past that. */
      failuresLeft: z.number(),
    })
    .nullable(),
  firstStartAt: instant.nullable(),
  lastStartAt: instant.nullable(),
  /** When the last soak that runs now is over. */
  soakUntil: instant.nullable(),
  /** The worst first. */
  jobs: z.array(runJob),
  nights: z.array(night),
  /** Jobs that are in neither. */
  more: z.number(),
})
export type RunRing = z.infer<typeof runRing>
export const planRun = z.object({ id: z.uuid(), rings: z.array(runRing) })
export type PlanRun = z.infer<typeof planRun>

const reportJob = z.object({
  id: z.uuid(),
  firewall: named.extend({ family, familyLabel: z.string() }),
  /** Where it is now; of one that was moved since to a customer that the report does not show, whose it was in the plan. */
  customer: named,
  /** Null also for one that was moved so. */
  site: named.nullable(),
  ring: z.string(),
  state: z.enum(UPDATE_STATES),
  fromVersion: z.string().nullable(),
  toVersion: z.string().nullable(),
  /** When its update was started; null = it never was. */
  startedAt: instant.nullable(),
  finishedAt: instant.nullable(),
  message: z.string().nullable(),
  decidedBy: z.string().nullable(),
  decision: z.string().nullable(),
  retried: z.boolean(),
  verification: z.array(updateCheck),
})
export type ReportJob = z.infer<typeof reportJob>

export const planReport = z.object({
  id: z.uuid(),
  name: z.string(),
  state: z.enum(PLAN_STATES),
  kind: z.enum(UPDATE_KINDS),
  partial: z.boolean(),
  customer: named.nullable().describe('whose part it is; null = of all that one may see'),
  customers: z.array(named),
  createdBy: z.string(),
  createdAt: instant,
  approvedAt: instant.nullable(),
  approvals: z.array(z.object({ name: z.string(), at: instant })).nullable().describe('null for who does not see the whole plan'),
  finishedAt: instant.nullable(),
  /** Without figures in a report that is not of all customers of the plan, as are those of its rings. */
  haltedReason: z.string().nullable(),
  madeAt: instant,
  provider: z.object({ name: z.string(), logo: z.string().nullable() }),
  counts: ringCounts,
  rings: z.array(z.object({ name: z.string(), state: z.enum(RING_STATES), counts: ringCounts, openedAt: instant.nullable(), endedAt: instant.nullable(), reason: z.string().nullable() })),
  /** By ring and name, at most so many as words.ts says; `counts.all` tells of all. */
  jobs: z.array(reportJob),
})
export type PlanReport = z.infer<typeof planReport>
