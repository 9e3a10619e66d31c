import 'server-only'
import type { z } from 'zod'
import { ruleOf } from '@/lib/alerts/rules'
import type { AlertKind } from '@/lib/alerts/words'
import { record } from '@/lib/audit/record'
import type { Actor } from '@/lib/auth/actor'
import { authorise } from '@/lib/auth/authorise'
import { AppError } from '@/lib/core/errors'
import { db, type Tx } from '@/lib/db/client'
import { Prisma } from '@/lib/db/generated/client'
import { faultOfThreshold, type AlertRuleDto, type AlertRules, type editCustomerRuleInput, type editRuleInput, type RuleDecisionInput } from './input'
import { readAlertRules, readCustomerAlertRules } from './read'

const stale = () => new AppError('stale', 'Someone changed this rule since you looked at it.', { nextStep: 'Look again, then save.' })

function requireUsable(kind: AlertKind, { threshold }: RuleDecisionInput): void {
  const fault = faultOfThreshold(kind, threshold)
  if (fault !== null) throw new AppError('invalid-input', 'This rule cannot be saved.', { issues: [{ field: 'threshold', message: fault }] })
}

/** Revision 0 is a rule about which nothing was ever decided. */
async function write(tx: Tx, where: { kind: AlertKind; customerId: string | null }, decision: RuleDecisionInput, expectedRevision: number): Promise<void> {
  if (expectedRevision === 0) {
    await tx.alertRule.create({ data: { ...where, ...decision, changedAt: new Date() } })
    return
  }
  const { count } = await tx.alertRule.updateMany({ where: { ...where, revision: expectedRevision }, data: { ...decision, revision: { increment: 1 }, changedAt: new Date() } })
  if (count === 0) throw stale()
}

async function save(actor: Actor, kind: AlertKind, customer: { id: string; name: string } | null, decision: RuleDecisionInput, expectedRevision: number): Promise<void> {
  requireUsable(kind, decision)
  const where = { kind, customerId: customer?.id ?? null }
  const before = await db().alertRule.findFirst({ where, select: { enabled: true, severity: true, threshold: true } })
  await db()
    .$transaction(async (tx) => {
      await write(tx, where, decision, expectedRevision)
      const target = customer ? { kind: 'customer', ...customer } : { kind: 'installation', id: null, name: 'alert rules' }
      await record(tx, actor, { action: 'alert-rule.edit', target, ...(customer && { customer }), details: { kind, title: ruleOf(kind).title }, before, after: decision })
    })
    .catch((error: unknown) => {
      // Somebody decided it first at the same moment.
      throw error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002' ? stale() : error
    })
}

function only(kind: AlertKind, { items }: AlertRules): AlertRuleDto {
  const rule = items.find((item) => item.kind === kind)
  if (!rule) throw new AppError('internal', 'This rule is not in the table.')
  return rule
}

/** Decides what is looked for everywhere; null leaves the default. Throws forbidden, invalid-input naming the field, stale. */
export async function editAlertRule(actor: Actor, { kind, ...decision }: z.output<typeof editRuleInput>, expectedRevision: number): Promise<AlertRuleDto> {
  authorise(actor, 'alert:manage', { customerId: null })
  await save(actor, kind, null, decision, expectedRevision)
  return only(kind, await readAlertRules(actor))
}

/** Decides it for the firewalls of one customer; null leaves what the installation decided. */
export async function editCustomerAlertRule(actor: Actor, { id, kind, ...decision }: z.output<typeof editCustomerRuleInput>, expectedRevision: number): Promise<AlertRuleDto> {
  await readCustomerAlertRules(actor, { id })
  authorise(actor, 'alert:manage', { customerId: id })
  const customer = await db().customer.findUniqueOrThrow({ where: { id }, select: { id: true, name: true } })
  await save(actor, kind, customer, decision, expectedRevision)
  return only(kind, await readCustomerAlertRules(actor, { id }))
}
