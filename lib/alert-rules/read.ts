import 'server-only'
import { effectiveRule, ruleOf } from '@/lib/alerts/rules'
import { ALERT_KINDS, type AlertKind } from '@/lib/alerts/words'
import type { Actor } from '@/lib/auth/actor'
import { authoriseScope, notFound } from '@/lib/auth/authorise'
import { db } from '@/lib/db/client'
import type { AlertRule } from '@/lib/db/generated/client'
import { SEVERITIES } from '@/lib/notices/kinds'
import type { AlertRuleDto, AlertRules } from './input'

type Stored = Pick<AlertRule, 'kind' | 'customerId' | 'enabled' | 'severity' | 'threshold' | 'revision'>
type Effective = AlertRuleDto['effective']

const severityOf = (text: string | null) => SEVERITIES.find((word) => word === text) ?? null

function effectiveOf(kind: AlertKind, ofCustomer: Stored | undefined, ofInstallation: Stored | undefined): Effective {
  const rule = ruleOf(kind)
  const { enabled, severity, threshold } = effectiveRule(kind, ofCustomer, ofInstallation)
  return { enabled, severity: severity ?? rule.severity, threshold: rule.threshold === null ? null : threshold }
}

type Levels = { own: Stored | undefined; above: Stored | undefined; ofCustomer: boolean; customers: AlertRuleDto['customers'] }

function toRule(kind: AlertKind, { own, above, ofCustomer, customers }: Levels): AlertRuleDto {
  const { title, threshold } = ruleOf(kind)
  return {
    kind,
    title,
    threshold: threshold && { unit: threshold.unit, label: threshold.label, min: threshold.min, max: threshold.max },
    default: effectiveOf(kind, undefined, undefined),
    inherited: effectiveOf(kind, undefined, above),
    own: { enabled: own?.enabled ?? null, severity: severityOf(own?.severity ?? null), threshold: own?.threshold ?? null },
    effective: ofCustomer ? effectiveOf(kind, own, above) : effectiveOf(kind, undefined, own),
    customers,
    etag: `"${own?.revision ?? 0}"`,
  }
}

/** A decision that was taken back leaves its row, so that nobody overwrites what came after it. */
const decides = { OR: [{ enabled: { not: null } }, { severity: { not: null } }, { threshold: { not: null } }] }

/** What is looked for everywhere, unless a customer decides otherwise. Everyone who sees a firewall may know. */
export async function readAlertRules(actor: Actor): Promise<AlertRules> {
  const { customerIds } = authoriseScope(actor, 'firewall:read')
  const [rows, others] = await Promise.all([
    db().alertRule.findMany({ where: { customerId: null } }),
    db().alertRule.findMany({ where: { ...decides, customerId: customerIds === 'all' ? { not: null } : { in: [...customerIds] } }, select: { kind: true, customer: { select: { id: true, name: true } } }, orderBy: { customer: { name: 'asc' } } }),
  ])
  return {
    items: ALERT_KINDS.map((kind) =>
      toRule(kind, { own: rows.find((row) => row.kind === kind), above: undefined, ofCustomer: false, customers: others.flatMap((other) => (other.kind === kind && other.customer ? [other.customer] : [])) }),
    ),
  }
}

/** What is looked for at the firewalls of one customer. Throws not-found outside the scope. */
export async function readCustomerAlertRules(actor: Actor, { id }: { id: string }): Promise<AlertRules> {
  const { customerIds } = authoriseScope(actor, 'firewall:read')
  const customer = customerIds === 'all' || customerIds.includes(id) ? await db().customer.findUnique({ where: { id }, select: { id: true } }) : null
  if (!customer) throw notFound('customer')
  const rows = await db().alertRule.findMany({ where: { OR: [{ customerId: null }, { customerId: id }] } })
  const at = (kind: AlertKind, customerId: string | null) => rows.find((row) => row.kind === kind && row.customerId === customerId)
  return { items: ALERT_KINDS.map((kind) => toRule(kind, { own: at(kind, id), above: at(kind, null), ofCustomer: true, customers: [] })) }
}
