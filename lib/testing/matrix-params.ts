// What stands in the address of a request of the authorisation matrix.
import type { Operation } from '@/lib/http/operation'
import type { Rule, Situation } from './matrix-rule'

/** An entry that no firewall has. */
const REVISION = 'config-1.xml'

/** Undefined for an address without a part to fill. */
export function paramsOf({ path }: Operation, rule: Rule, situation: Situation): Record<string, string> | undefined {
  const { at } = situation
  const named = rule.names === 'body' || rule.names === 'filter' || rule.names === 'nothing' ? 'firewallId' : rule.names
  const known: Record<string, string> = { id: rule.id?.(situation) ?? at[named], customerId: at.customerId, backupId: at.backupId, revertId: at.revertId, revision: REVISION }
  const parts = [...path.matchAll(/\{(\w+)\}/g)].flatMap(([, name]) => (name !== undefined && Object.hasOwn(known, name) ? [[name, known[name] ?? ''] as const] : []))
  return parts.length === 0 ? undefined : Object.fromEntries(parts)
}
