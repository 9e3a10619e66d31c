// Browser-safe: the form and the routes parse with the same schema.
import { z } from 'zod'
import { ALERT_KINDS } from '@/lib/alerts/words'

/** Who wants quiet for longer pauses the firewall, or switches the rule off. */
export const SILENCE_DAYS_MAX = 30
/** So many are under way or to come at most; more could not be overlooked any more. */
export const SILENCES_MAX = 500

/** `now` holds at this moment, `coming` begins later, `past` is over or was ended. */
export const SILENCE_TIMES = ['now', 'coming', 'past'] as const
export type SilenceTime = (typeof SILENCE_TIMES)[number]

const instant = z.iso.datetime({ offset: true, error: 'Not a time.' })
export const silenceNote = z.string().trim().min(1, 'Say why, in a few words.').max(500, 'At most 500 characters.')

/** Whose alerts are meant: all of the installation, or those of a customer, a site or a firewall; of one kind, or all. */
export const createSilenceInput = z.strictObject({
  customerId: z.uuid().nullable().default(null).describe('null: the whole installation, unless a site or a firewall is named'),
  siteId: z.uuid().nullable().default(null),
  firewallId: z.uuid().nullable().default(null),
  kind: z.enum(ALERT_KINDS).nullable().default(null).describe('null: alerts of every kind'),
  startsAt: instant.optional().describe('now when it is not given'),
  endsAt: instant.describe(`at most ${SILENCE_DAYS_MAX} days after its start`),
  note: silenceNote,
})
export type CreateSilence = z.output<typeof createSilenceInput>
export const silenceId = z.strictObject({ id: z.uuid() })
export const listSilencesInput = z.strictObject({
  time: z.enum(SILENCE_TIMES).optional().describe('now, coming or past; all of them when it is not given'),
  customerId: z.uuid().optional().describe('those that hold for this customer alone'),
  limit: z.coerce.number().int().min(1).max(200).default(100),
  cursor: z.string().max(200).optional(),
})
export type ListSilencesInput = z.output<typeof listSilencesInput>

const named = z.object({ id: z.uuid(), name: z.string() })
export const silenceDto = z.object({
  id: z.uuid(),
  /** Null: the whole installation. */
  customer: named.nullable(),
  site: named.nullable(),
  firewall: named.nullable(),
  kind: z.enum(ALERT_KINDS).nullable(),
  time: z.enum(SILENCE_TIMES),
  startsAt: z.string(),
  /** When it is over, or when it was ended before that. */
  endsAt: z.string(),
  /** Whether a person ended it before its time. */
  endedEarly: z.boolean(),
  note: z.string(),
  createdAt: z.string(),
  createdBy: z.string(),
  /** Alerts that are open and tell nobody because of it. */
  alerts: z.number(),
})
export type SilenceDto = z.infer<typeof silenceDto>
