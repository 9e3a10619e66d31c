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

function toReportJob(row: JobRow, retried: ReadonlySet<string>): ReportJob {
  const { firewall, ring } = row
  return {
    id: row.id,
    firewall: { id: firewall.id, name: firewall.name, family: family.parse(firewall.family), familyLabel: moduleOf(firewall).label },
    customer: firewall.customer,
    site: firewall.site,
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
const seenBy = ({ scope }: FoundPlan, customerId: string | undefined): 'all' | readonly string[] => (customerId === undefined ? scope.customerIds : [customerId])

/**
 * How a plan went, for paper: who asked and approved, each ring, each firewall with what was compared before and after. Throws
 * not-found for a plan or a customer outside the actor's scope.
 */
export async function readPlanReport(actor: Actor, { id, customerId }: PlanReportInput, now = new Date()): Promise<PlanReport> {
  const found = await findPlan(actor, id)
  const customer = customerId === undefined ? null : await readCustomer(actor, { id: customerId })
  const { row, partial } = found
  const seen = seenBy(found, customerId)
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
    haltedReason: row.haltedReason,
    madeAt: now.toISOString(),
    provider: { name: brand.name, logo: brand.logo?.path ?? null },
    counts: countsOf(counts.map(standingOf)),
    rings: rings.map((ring) => ({ name: ring.name, state: ringStateOf(ring.state) ?? 'waiting', counts: countsOf(counts.filter(({ ringId }) => ringId === ring.id).map(standingOf)), openedAt: iso(ring.openedAt), endedAt: iso(ring.endedAt), reason: ring.reason })),
    jobs: jobs.map((job) => toReportJob(job, retried)),
  }
}
