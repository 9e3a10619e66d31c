// Browser-safe: the pages and the routes parse with the same schema.
import { z } from 'zod'
import { SEVERITIES } from '@/lib/notices/kinds'
import { ALERT_KINDS } from './words'
import { ALERT_STATES } from './states'

/** So many are acted on with one call at most. */
export const ALERTS_AT_ONCE_MAX = 500

/** A comma list of words out of a closed list, without repeats; the fault names the word. */
const someOf = <const W extends string>(words: readonly [W, ...W[]] | readonly W[]) =>
  z
    .string()
    .max(500)
    .transform((text, context): W[] => {
      const found = text.split(',').map((part) => words.find((word) => word === part) ?? part)
      const known = found.filter((part): part is W => words.some((word) => word === part))
      if (known.length === found.length) return [...new Set(known)]
      context.addIssue({ code: 'custom', message: `Any of ${words.join(', ')}, with commas between them.` })
      return z.NEVER
    })

const note = z.string().trim().max(500, 'At most 500 characters.')

export const listAlertsInput = z.strictObject({
  state: someOf(ALERT_STATES).optional().describe('states with commas between them; open when it is not given'),
  severity: someOf(SEVERITIES).optional(),
  kind: someOf(ALERT_KINDS).optional(),
  customerId: z.uuid().optional(),
  siteId: z.uuid().optional(),
  firewallId: z.uuid().optional(),
  since: z.iso.datetime({ offset: true }).optional().describe('opened at this time or later'),
  causeId: z.uuid().optional().describe('those that follow from this alert; without it, those that follow from another are folded into it'),
  effects: z.enum(['true', 'false']).default('false').describe('true: also those that follow from another'),
  sort: z.enum(['worst', '-opened']).default('worst').describe('worst: by severity, the newest of each first'),
  limit: z.coerce.number().int().min(1).max(500).default(100),
  cursor: z.string().max(200).optional(),
})
export type ListAlertsInput = z.output<typeof listAlertsInput>

export const countAlertsInput = z.strictObject({ customerId: z.uuid().optional() })
export const alertId = z.strictObject({ id: z.uuid() })
export const acknowledgeInput = z.strictObject({ id: z.uuid(), note: note.default('') })
export const annotateInput = z.strictObject({ id: z.uuid(), note: note.min(1, 'Write something.') })
const ids = z.array(z.uuid()).min(1, 'Name at least one.').max(ALERTS_AT_ONCE_MAX, `At most ${ALERTS_AT_ONCE_MAX} at once.`)
export const acknowledgeManyInput = z.strictObject({ ids, note: note.default('') })
export const unacknowledgeManyInput = z.strictObject({ ids })
