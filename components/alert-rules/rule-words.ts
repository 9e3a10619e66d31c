// What a rule says, in words. Pure, so that it can be tested.
import type { AlertRuleDto } from '@/lib/alert-rules/input'
import { formatCount } from '@/lib/format/numbers'
import { SEVERITY_WORDS } from '@/lib/notices/words'

type Effective = AlertRuleDto['effective']
const UNITS = { minutes: 'min', percent: '%', days: 'd' } as const

/** `90 %`, `5 min`, `3 d`; nothing for a kind without a threshold. */
export const thresholdWord = ({ threshold }: Pick<AlertRuleDto, 'threshold'>, value: number | null): string => (threshold === null || value === null ? '' : `${formatCount(value)} ${UNITS[threshold.unit]}`)

/** `Warning from 90 %`, `Critical for at least 5 min`, `Not looked for`. */
export function ruleWords(rule: AlertRuleDto, { enabled, severity, threshold }: Effective): string {
  if (!enabled) return 'Not looked for'
  const value = thresholdWord(rule, threshold)
  if (value === '' || rule.threshold === null) return SEVERITY_WORDS[severity]
  return rule.threshold.unit === 'days' ? `${SEVERITY_WORDS[severity]}, ${rule.threshold.label.toLowerCase()}: ${formatCount(threshold ?? 0)}` : `${SEVERITY_WORDS[severity]}, ${rule.threshold.label.toLowerCase()} ${value}`
}

export const isDecided = ({ own }: AlertRuleDto): boolean => own.enabled !== null || own.severity !== null || own.threshold !== null
