import 'server-only'
import type { Actor } from '@/lib/auth/actor'
import { family } from '@/lib/adapters/model'
import { readBrand } from '@/lib/brand/read'
import { readCustomer } from '@/lib/customers/list'
import { boundedRead } from '@/lib/db/bounded-read'
import { db } from '@/lib/db/client'
import { countRun } from '@/lib/db/plan-run-sql'
import { moduleOf } from '@/lib/firewalls/dto-of'
import { findPlan, type FoundPlan } from '@/lib/plans/find'
import { haltedReason, ringReason } from '@/lib/plans/halt-words'
import { ringStateOf } from '@/lib/plans/ring-states'
import { kindOf } from '@/lib/plans/shape'
import { planStateOf } from '@/lib/plans/states'
import { jobInclude, type JobRow } from '@/lib/updates/dto-of'
import { updateStateOf } from '@/lib/updates/states'
import { storedChecks } from '@/lib/updates/stored-checks'
import { countsOf } from './counts'
import type { PlanReport, ReportJob } from './dto'
import type { PlanReportInput } from './input'
import { standingOf } from './read'
import { REPORT_FIREWALLS_MAX } from './words'

const iso = (date: Date | null): string | null => date?.toISOString() ?? null

type Seen = 'all' | readonly string[]
type Named = { id: string; name: string }

/** Whose a firewall is and where, or whose it was in the plan: one that was moved since is in a place that the report may not show. */
function placeOf({ firewall, customerId }: JobRow, seen: Seen, customers: readonly Named[]): Pick<ReportJob, 'customer' | 'site'> {
  const { customer, site } = firewall
  if (seen === 'all' || seen.includes(customer.id)) return { customer, site }
  // A customer that was removed since has no name any more.
  return { customer: customers.find(({ id }) => id === customerId) ?? { id: customerId, name: '' }, site: null }
}

function toReportJob(row: JobRow, retried: ReadonlySet<string>, seen: Seen, customers: readonly Named[]): ReportJob {
  const { firewall, ring } = row
  return {
    id: row.id,
    firewall: { id: firewall.id, name: firewall.name, family: family.parse(firewall.family), familyLabel: moduleOf(firewall).label },
    ...placeOf(row, seen, customers),
    ring: ring.name,
    state: updateStateOf(row.state) ?? 'unknown',
    fromVersion: row.fromVersion,
    toVersion: row.toVersion,
    startedAt: iso(row.intentAt),
    finishedAt: iso(row.finishedAt),
    message: row.message,
    decidedBy: row.decidedBy,
    decision: row.decision,
    retried: retried.has(row.id),
    verification: storedChecks(row.checks).verification,
  }
}

/** Customers of the report: one that was asked for, or all that the actor sees. */
const seenBy = ({ scope }: FoundPlan, customerId: string | undefined): Seen => (customerId === undefined ? scope.customerIds : [customerId])

/**
 * How a plan went, for paper: who asked and approved, each ring, each firewall with what was compared before and after. Throws
 * not-found for a plan or a customer outside the actor's scope.
 */
export async function readPlanReport(actor: Actor, { id, customerId }: PlanReportInput, now = new Date()): Promise<PlanReport> {
  const found = await findPlan(actor, id)
  const customer = customerId === undefined ? null : await readCustomer(actor, { id: customerId })
  const { row, partial } = found
  const seen = seenBy(found, customerId)
  const whole = seen === 'all' || row.customerIds.every((one) => seen.includes(one))
  const where = { planId: id, ...(seen !== 'all' && { customerId: { in: [...seen] } }) }
  const [brand, rings, approvals, customers, jobs, counts, retries] = await Promise.all([
    readBrand(actor),
    db().planRing.findMany({ where: { planId: id }, orderBy: { position: 'asc' } }),
    db().planApproval.findMany({ where: { planId: id }, orderBy: { at: 'asc' } }),
    db().customer.findMany({ where: { id: { in: row.customerIds.filter((one) => seen === 'all' || seen.includes(one)) } }, select: { id: true, name: true }, orderBy: { name: 'asc' } }),
    db().updateJob.findMany({ where, orderBy: [{ ring: { position: 'asc' } }, { firewall: { name: 'asc' } }, { id: 'asc' }], take: REPORT_FIREWALLS_MAX, include: jobInclude }),
    boundedRead((run) => countRun(run, id, seen)),
    db().updateJob.findMany({ where: { ...where, retryOfId: { not: null } }, select: { retryOfId: true } }),
  ])
  const retried = new Set(retries.flatMap(({ retryOfId }) => retryOfId ?? []))
  return {
    id,
    name: row.name,
    state: planStateOf(row.state) ?? 'draft',
    kind: kindOf(row.kind),
    partial,
    customer: customer && { id: customer.id, name: customer.name },
    customers,
    createdBy: row.createdByName,
    createdAt: row.createdAt.toISOString(),
    approvedAt: iso(row.approvedAt),
    approvals: partial ? null : approvals.map(({ name, at }) => ({ name, at: at.toISOString() })),
    finishedAt: iso(row.finishedAt),
    haltedReason: haltedReason(row.haltedReason, whole),
    madeAt: now.toISOString(),
    provider: { name: brand.name, logo: brand.logo?.path ?? null },
    counts: countsOf(counts.map(standingOf)),
    rings: rings.map((ring) => ({ name: ring.name, state: ringStateOf(ring.state) ?? 'waiting', counts: countsOf(counts.filter(({ ringId }) => ringId === ring.id).map(standingOf)), openedAt: iso(ring.openedAt), endedAt: iso(ring.endedAt), reason: ringReason(ring.reason, whole) })),
    jobs: jobs.map((job) => toReportJob(job, retried, seen, customers)),
  }
}
