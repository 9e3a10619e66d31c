// Browser-safe: the editor and the routes parse with the same schemas.
import { z } from 'zod'
import { FAMILIES, UPDATE_KINDS } from '@/lib/adapters/words'
import { windowTimes } from '@/lib/windows/input'
import { PLAN_STATES } from './states'
import { PLAN_FIREWALLS_MAX, PREVIEW_GROUPS, PREVIEW_ROWS, RINGS_MAX, type PlanDesign } from './words'

const whole = (least: number, most: number) => z.number('Not a number.').int('A whole number.').min(least, `At least ${least}.`).max(most, `At most ${most}.`)
const name = z.string().trim().min(1, 'Give it a name.').max(80, 'At most 80 characters.')
const query = z.string().max(8_000, 'At most 8,000 characters.').regex(/^(?!\?)/, 'Without the question mark.')
const localDay = z.iso.date('A day like 2026-12-01.')

const who = z.discriminatedUnion('by', [
  z.strictObject({ by: z.literal('query'), query: query.min(1, 'Say which firewalls belong to it.') }),
  z.strictObject({ by: z.literal('spread'), percent: whole(1, 100) }),
  z.strictObject({ by: z.literal('hand'), firewallIds: z.array(z.uuid()).min(1, 'Choose at least one firewall.').max(2_000, 'At most 2,000 chosen by hand.') }),
  z.strictObject({ by: z.literal('rest') }),
])
export const ringGate = z.strictObject({ successPercent: whole(0, 100), minimumCount: whole(0, PLAN_FIREWALLS_MAX), soakHours: whole(0, 720), noNewCriticalAlert: z.boolean() })
const ring = z.strictObject({ name: name.max(40, 'At most 40 characters.'), who, gate: ringGate })
export const planDesign = z.strictObject({
  rings: z.array(ring).min(1, 'A plan has at least one ring.').max(RINGS_MAX, `At most ${RINGS_MAX} rings.`),
  windows: z.discriminatedUnion('by', [z.strictObject({ by: z.literal('own') }), z.strictObject({ by: z.literal('plan'), window: windowTimes })]),
  firstDay: localDay.nullable(),
  latestStartMarginMinutes: whole(0, 720),
  randomStartMinutes: whole(0, 240),
  concurrency: z.strictObject({ perSite: whole(1, 100), perCustomer: whole(1, 1_000), fleet: whole(1, 1_000) }),
  haGapMinutes: whole(0, 1_440),
  supersedesId: z.uuid().nullable().default(null),
}) satisfies z.ZodType<PlanDesign>

const kind = z.enum(UPDATE_KINDS)
const plan = { name, kind, query: query.describe('query string of GET /firewalls: all that match it, until it is approved'), holdIfReboot: z.boolean(), fourEyes: z.boolean(), design: planDesign }
export const createPlanInput = z.strictObject({ ...plan, holdIfReboot: plan.holdIfReboot.default(false), fourEyes: plan.fourEyes.default(false) })
export type CreatePlan = z.output<typeof createPlanInput>
export const planId = z.strictObject({ id: z.uuid() })
export const editPlanInput = z.strictObject({ id: z.uuid(), name: name.optional(), kind: kind.optional(), query: query.optional(), holdIfReboot: z.boolean().optional(), fourEyes: z.boolean().optional(), design: planDesign.optional() })
export type EditPlan = z.output<typeof editPlanInput>
export const duplicatePlanInput = z.strictObject({ id: z.uuid(), name: name.optional(), supersede: z.boolean().default(false).describe('the copy ends the other plan when it is approved') })
export const listPlansInput = z.strictObject({
  state: z.string().max(200).optional().describe(`one or more of ${PLAN_STATES.join(', ')}, by comma; all when it is not given`),
  customerId: z.uuid().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(200).optional(),
})
export type ListPlans = z.output<typeof listPlansInput>

const rows = { group: z.enum(PREVIEW_GROUPS).optional().describe('rows of this group alone'), rows: z.coerce.number().int().min(1).max(PLAN_FIREWALLS_MAX).default(PREVIEW_ROWS).describe('rows of each group at most') }
/** What is on the editor, saved or not. `id`: the plan that it is, so that it does not stand in its own way. */
export const previewInput = z.strictObject({ id: z.uuid().optional(), kind, query, holdIfReboot: z.boolean().default(false), design: planDesign, ...rows })
export const previewPlanInput = z.strictObject({ id: z.uuid(), ...rows })
/** `setHash`: of the preview that was looked at. */
export const approvePlanInput = z.strictObject({ id: z.uuid(), setHash: z.string().regex(/^[0-9a-f]{64}$/, 'Not a hash of a preview.') })
export const offerInput = z.strictObject({ id: z.uuid(), kind: kind.default('minor') })

const version = z.string().trim().min(1, 'Name the version.').max(60, 'At most 60 characters.')
/** Null = nowhere is it installed. With a plan, from a ring of it outward. */
export const createVersionHoldInput = z.strictObject({
  family: z.enum(FAMILIES),
  version,
  customerId: z.uuid().nullable().default(null),
  planId: z.uuid().nullable().default(null),
  fromPosition: whole(0, RINGS_MAX).nullable().default(null).describe('position of the first ring that it is held from, counted from 0'),
  note: z.string().trim().min(1, 'Say why, in a few words.').max(500, 'At most 500 characters.'),
})
export type CreateVersionHold = z.output<typeof createVersionHoldInput>
export const versionHoldId = z.strictObject({ id: z.uuid() })
export const listVersionHoldsInput = z.strictObject({
  planId: z.uuid().optional().describe('those of this plan alone'),
  concerning: z.uuid().optional().describe('those of this plan, and those of the fleet or a customer that keep a firewall of it from what it would install'),
  customerId: z.uuid().optional().describe('those that hold for this customer'),
  lifted: z.enum(['true', 'false']).default('false').transform((word) => word === 'true').describe('also those that were lifted, or whose plan is over'),
})
export type ListVersionHolds = z.output<typeof listVersionHoldsInput>
