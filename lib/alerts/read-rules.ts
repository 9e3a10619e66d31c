import 'server-only'
import type { LowestBounds } from '@/lib/db/alert-facts-sql'
import type { Tx } from '@/lib/db/client'
import { effectiveRule, ruleOf, type EffectiveRule, type RuleDecision } from './rules'
import type { AlertKind } from './words'

export type Rules = { ruleFor: (customerId: string, kind: AlertKind) => EffectiveRule; lowest: LowestBounds; version: string }

const keyOf = (kind: string, customerId: string | null): string => `${kind} ${customerId ?? ''}`

/** Of all that anybody set for a kind, the default included: the bound from which on somebody wants to know. */
function lowestBounds(decisions: readonly RuleDecision[]): LowestBounds {
  const allOf = (kind: AlertKind): number[] => [undefined, ...decisions.filter((decision) => decision.kind === kind)].map((decision) => effectiveRule(kind, decision, undefined).threshold)
  // What lies a little below keeps an open alert open.
  const lowest = (kind: AlertKind) => Math.min(...allOf(kind)) - ruleOf(kind).clearsBelow
  return {
    cpu: lowest('cpu-high'),
    memory: lowest('memory-high'),
    disk: lowest('disk-full'),
    states: lowest('states-high'),
    loss: lowest('gateway-lossy'),
    clockSeconds: lowest('clock-off') * 60,
    certificateDays: Math.max(...allOf('certificate-ends')),
    backupDays: lowest('no-backup'),
    updateDays: lowest('updates-waiting'),
  }
}

/** All rules as they hold for each customer; the most specific decision wins, column by column. */
export async function readRules(tx: Tx): Promise<Rules> {
  const rows = await tx.alertRule.findMany({ select: { id: true, kind: true, customerId: true, enabled: true, severity: true, threshold: true, revision: true }, orderBy: { id: 'asc' } })
  const decisions = new Map<string, RuleDecision>(rows.map((row) => [keyOf(row.kind, row.customerId), row]))
  const known = new Map<string, EffectiveRule>()
  const ruleFor = (customerId: string, kind: AlertKind): EffectiveRule => {
    const key = keyOf(kind, customerId)
    const rule = known.get(key) ?? effectiveRule(kind, decisions.get(key), decisions.get(keyOf(kind, null)))
    known.set(key, rule)
    return rule
  }
  return { ruleFor, lowest: lowestBounds(rows), version: JSON.stringify(rows.map(({ id, revision }) => [id, revision])) }
}
