import 'server-only'
import type { Scope } from '@/lib/auth/authorise'
import { db } from '@/lib/db/client'
import type { UpdatePlan } from '@/lib/db/generated/client'
import { countPlanJobs, type PlanJobCount } from '@/lib/db/plans-sql'
import { isActive, updateStateOf, type UpdateState } from '@/lib/updates/states'
import type { PlanSummary } from './dto'
import { haltedReason } from './halt-words'
import { kindOf } from './shape'
import { planStateOf } from './states'

type Column = Exclude<keyof PlanSummary['jobs'], 'all'>
const STOPPED: readonly UpdateState[] = ['held', 'blocked', 'package-missing', 'unknown']
const LEFT_OUT: readonly UpdateState[] = ['skipped', 'cancelled']

function columnOf(text: string): Column {
  const state = updateStateOf(text)
  if (state === null || state === 'scheduled') return 'waiting'
  if (STOPPED.includes(state)) return 'stopped'
  if (LEFT_OUT.includes(state)) return 'leftOut'
  if (state === 'succeeded' || state === 'soaking') return 'succeeded'
  return isActive(state) ? 'active' : 'failed'
}

function jobsOf(counts: readonly PlanJobCount[]): PlanSummary['jobs'] {
  const sum = (column: Column) => counts.reduce((total, { state, count }) => total + (columnOf(state) === column ? count : 0), 0)
  return { all: counts.reduce((total, { count }) => total + count, 0), waiting: sum('waiting'), active: sum('active'), stopped: sum('stopped'), succeeded: sum('succeeded'), failed: sum('failed'), leftOut: sum('leftOut') }
}

const iso = (date: Date | null | undefined): string | null => date?.toISOString() ?? null

/** Plans as lists show them, in two statements: customers and jobs that the reader does not see are in no figure. */
export async function summariesOf(rows: readonly UpdatePlan[], { customerIds }: Scope<'update:plan'>): Promise<PlanSummary[]> {
  const [counts, customers] = await Promise.all([
    countPlanJobs(rows.map(({ id }) => id), customerIds),
    db().customer.findMany({ where: { id: { in: [...new Set(rows.flatMap((row) => row.customerIds))] } }, select: { id: true, name: true }, orderBy: { name: 'asc' } }),
  ])
  return rows.map((row) => {
    const own = counts.filter(({ planId }) => planId === row.id)
    const waiting = own.find(({ state }) => state === 'scheduled')
    const seen = customers.filter(({ id }) => row.customerIds.includes(id) && (customerIds === 'all' || customerIds.includes(id)))
    const partial = customerIds !== 'all' && row.customerIds.some((id) => !customerIds.includes(id))
    const starts = own.flatMap(({ lastStartAt }) => (lastStartAt === null ? [] : [lastStartAt.getTime()]))
    return {
      id: row.id,
      name: row.name,
      state: planStateOf(row.state) ?? 'draft',
      kind: kindOf(row.kind),
      customers: seen,
      partial,
      fourEyes: row.fourEyes,
      createdAt: row.createdAt.toISOString(),
      createdBy: row.createdByName,
      approvedAt: iso(row.approvedAt),
      pausedAt: iso(row.pausedAt),
      haltedReason: haltedReason(row.haltedReason, !partial),
      finishedAt: iso(row.finishedAt),
      jobs: jobsOf(own),
      nextStartAt: iso(waiting?.nextStartAt),
      nextStartZone: waiting?.nextStartZone ?? null,
      lastStartAt: starts.length === 0 ? null : new Date(Math.max(...starts)).toISOString(),
    }
  })
}
