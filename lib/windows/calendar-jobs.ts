import 'server-only'
import { isActive, updateStateOf, type UpdateState } from '@/lib/updates/states'
import type { CalendarItem, CalendarJobs, CalendarMisfit } from './dto'
import { isKnownZone, localDay } from './local-time'

export type CalendarJob = { windowId: string | null; startsAt: Date | null; endsAt: Date | null; state: string; plan: { id: string; name: string }; firewall: { timeZone: string } }
type Named = { id: string; name: string }

const GROUPS = { scheduled: 'waiting', succeeded: 'succeeded', soaking: 'succeeded', failed: 'failed', held: 'needsPerson', blocked: 'needsPerson', 'package-missing': 'needsPerson', unknown: 'needsPerson', skipped: 'leftOut', cancelled: 'leftOut' } as const satisfies Partial<Record<UpdateState, keyof CalendarJobs>>
const isGrouped = (state: string): state is keyof typeof GROUPS => Object.hasOwn(GROUPS, state)

function groupOf(word: string): keyof CalendarJobs | null {
  const state = updateStateOf(word)
  if (state === null) return null
  return isGrouped(state) ? GROUPS[state] : isActive(state) ? 'underWay' : null
}

/** How many there are of each kind, and of which plans. */
export function calendarJobsOf(jobs: readonly CalendarJob[]): { plans: Named[]; jobs: CalendarJobs } {
  const counts: CalendarJobs = { total: jobs.length, waiting: 0, underWay: 0, succeeded: 0, failed: 0, needsPerson: 0, leftOut: 0 }
  for (const { state } of jobs) {
    const group = groupOf(state)
    if (group !== null) counts[group] += 1
  }
  return { plans: [...new Map(jobs.map(({ plan }) => [plan.id, plan])).values()], jobs: counts }
}

/** The day on which it starts where its firewall stands. */
const dayThere = (startsAt: Date, { firewall: { timeZone } }: CalendarJob): string => localDay(isKnownZone(timeZone) ? timeZone : 'UTC', startsAt)

/** Jobs that lie in no stored window, one item for each plan and day there: from the first start to the last end. */
export function planItems(jobs: readonly CalendarJob[]): CalendarItem[] {
  const groups = new Map<string, { day: string; of: CalendarJob[] }>()
  for (const job of jobs) {
    if (!job.startsAt) continue
    const day = dayThere(job.startsAt, job)
    const id = `${job.plan.id}:${day}`
    groups.set(id, { day, of: [...(groups.get(id)?.of ?? []), job] })
  }
  return [...groups].flatMap(([id, { day, of }]) => {
    const starts = of.flatMap(({ startsAt }) => startsAt?.toISOString() ?? []).sort()
    const ends = of.flatMap(({ startsAt, endsAt }) => (endsAt ?? startsAt)?.toISOString() ?? []).sort()
    const [opensAt, endsAt] = [starts[0], ends.at(-1)]
    return opensAt === undefined || endsAt === undefined ? [] : [{ id, day, opensAt, startsUntil: endsAt, endsAt, skipped: null, window: null, place: null, ...calendarJobsOf(of) }]
  })
}

/** What does not fit in one window: jobs that wait for a person, and jobs that wait for an opening that is none any more. */
export function misfitOf(customer: Named, { id, name }: Named, items: readonly CalendarItem[], outside: readonly CalendarJob[]): CalendarMisfit[] {
  const window = { id, name }
  const held = items.filter(({ jobs }) => jobs.needsPerson > 0).map(({ day, jobs, plans }): CalendarMisfit => ({ kind: 'held', customer, window, plan: plans[0] ?? null, day, jobs: jobs.needsPerson }))
  const shut = planItems(outside.filter(({ state }) => state === 'scheduled')).map(({ day, plans, jobs }): CalendarMisfit => ({ kind: 'shut', customer, window, plan: plans[0] ?? null, day, jobs: jobs.total }))
  return [...shut, ...held]
}
