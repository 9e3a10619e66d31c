// What the API tells about update jobs. Browser-safe.
import { z } from 'zod'
import { family, firmwarePackage } from '@/lib/adapters/model'
import { UPDATE_KINDS } from '@/lib/adapters/words'
import { listOf } from '@/lib/lists/list'
import { UPDATE_ACT_NAMES, UPDATE_REASONS, UPDATE_STATES } from './states'

const instant = z.string().describe('ISO 8601, UTC')

/** What would be installed, as it was approved. null = this family or version does not report it. */
export const approvedOffer = z.object({ version: z.string().nullable(), packages: z.array(firmwarePackage).nullable(), downloadBytes: z.number().nullable(), rebootRequired: z.boolean().nullable() })
export type ApprovedOffer = z.infer<typeof approvedOffer>

/** One check before or after an update. `not-knowable` is never a pass. */
export const updateCheck = z.object({
  id: z.string(),
  label: z.string(),
  result: z.enum(['pass', 'fail', 'not-knowable']),
  /** What was seen, in a few words, before and now; null = not looked at. */
  before: z.string().nullable(),
  now: z.string().nullable(),
  /** Where it was read. */
  source: z.string(),
  /** What is wrong, or why it cannot be known, as a sentence; null when it is well. */
  finding: z.string().nullable(),
})
export type UpdateCheck = z.infer<typeof updateCheck>

const named = z.object({ id: z.uuid(), name: z.string() })
export const updateJobDto = z.object({
  id: z.uuid(),
  plan: named,
  ring: named.extend({ position: z.number() }),
  firewall: named.extend({ family, familyLabel: z.string(), state: z.string() }),
  customer: named,
  site: named.nullable(),
  state: z.enum(UPDATE_STATES),
  stateSince: instant,
  kind: z.enum(UPDATE_KINDS),
  fromVersion: z.string().nullable(),
  toVersion: z.string().nullable(),
  startsAt: instant.nullable(),
  /** When its window closes. */
  endsAt: instant.nullable(),
  /** When Palisade looks again; null once it is over. */
  nextStepAt: instant.nullable(),
  backupId: z.uuid().nullable(),
  /** From here on the update counts as started. */
  intentAt: instant.nullable(),
  rebootDue: z.boolean().nullable(),
  reason: z.enum(UPDATE_REASONS).nullable(),
  message: z.string().nullable(),
  soakUntil: instant.nullable(),
  finishedAt: instant.nullable(),
  decidedBy: z.string().nullable(),
  decision: z.string().nullable(),
  retryOfId: z.uuid().nullable(),
  /** What its state allows, whoever asks. */
  acts: z.array(z.enum(UPDATE_ACT_NAMES)),
})
export type UpdateJobDto = z.infer<typeof updateJobDto>
export const updateJobList = listOf(updateJobDto)

export const updateEventDto = z.object({ at: instant, what: z.string(), state: z.enum(UPDATE_STATES), detail: z.string().nullable() })
export type UpdateEventDto = z.infer<typeof updateEventDto>

/** The same with all that is known of it. */
export const updateJobDetail = updateJobDto.extend({
  offer: approvedOffer,
  preflight: z.array(updateCheck),
  verification: z.array(updateCheck),
  events: z.array(updateEventDto),
  /** The end of the firewall's own log of this update; null = none was seen. */
  logTail: z.string().nullable(),
  /** What a person runs on the firewall while the API package is missing; null otherwise. */
  reinstall: z.object({ command: z.string().nullable(), note: z.string() }).nullable(),
  /** What can be gone back to and how, by hand. */
  rollback: z.array(z.string()),
})
export type UpdateJobDetail = z.infer<typeof updateJobDetail>
