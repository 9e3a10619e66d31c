// Browser-safe: the form and the routes parse with the same schema.
import { z } from 'zod'
import { ruleOf } from '@/lib/alerts/rules'
import { ALERT_KINDS, type AlertKind } from '@/lib/alerts/words'
import { formatCount } from '@/lib/format/numbers'
import { SEVERITIES } from '@/lib/notices/kinds'

/** Null leaves it to the level above; null everywhere is a reset. */
const decision = { enabled: z.boolean().nullable(), severity: z.enum(SEVERITIES).nullable(), threshold: z.number('Not a number.').nullable() }
export const ruleDecision = z.strictObject(decision)
export type RuleDecisionInput = z.output<typeof ruleDecision>

const kind = z.enum(ALERT_KINDS)
export const customerId = z.strictObject({ id: z.uuid() })
export const editRuleInput = z.strictObject({ kind, ...decision })
export const editCustomerRuleInput = z.strictObject({ id: z.uuid(), kind, ...decision })

/** What is wrong with a threshold of this kind, as the sentence beside its field; null when it can be used. */
export function faultOfThreshold(kind: AlertKind, threshold: number | null): string | null {
  const { threshold: bounds } = ruleOf(kind)
  if (threshold === null) return null
  if (bounds === null) return 'This kind has no threshold.'
  if (!Number.isInteger(threshold)) return `Whole ${bounds.unit === 'percent' ? 'per cent' : bounds.unit}.`
  if (threshold < bounds.min || threshold > bounds.max) return `Between ${bounds.min} and ${formatCount(bounds.max)} ${bounds.unit === 'percent' ? '%' : bounds.unit}.`
  return null
}

const effective = z.object({
  enabled: z.boolean(),
  /** As the table says; some kinds are worse in some cases (the last gateway, a certificate that ends in days). */
  severity: z.enum(SEVERITIES),
  /** Null for a kind that is so or is not. */
  threshold: z.number().nullable(),
})
export const alertRuleDto = z.object({
  kind,
  title: z.string(),
  threshold: z.object({ unit: z.enum(['minutes', 'percent', 'days']), label: z.string(), min: z.number(), max: z.number() }).nullable(),
  /** Without any decision. */
  default: effective,
  /** What the levels above decide together: for the installation the default, for a customer the installation's. */
  inherited: effective,
  /** What is decided here; null is inherited. */
  own: z.object(decision),
  /** What holds. */
  effective,
  /** Customers that decide otherwise; only over the installation's rules, of those that one may see. */
  customers: z.array(z.object({ id: z.uuid(), name: z.string() })),
  etag: z.string(),
})
export type AlertRuleDto = z.infer<typeof alertRuleDto>
export const alertRules = z.object({ items: z.array(alertRuleDto) })
export type AlertRules = z.infer<typeof alertRules>
