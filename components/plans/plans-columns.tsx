import Link from 'next/link'
import { LookWord, lookRail } from '@/components/firewalls/detail/looks'
import { Age } from '@/components/ui/age'
import type { Column } from '@/components/ui/columns'
import type { Tone } from '@/components/ui/tone'
import { formatExactBoth } from '@/lib/format/dates'
import { plural } from '@/lib/format/numbers'
import type { PlanSummary } from '@/lib/plans/dto'
import { KIND_WORDS, PLAN_LOOKS } from './plan-looks'
import { namesInShort, planHref, progressWords, startWords } from './plan-words'

/** A plan whose firewalls wait for a person is not quiet, whatever its own state. */
export const planRail = ({ state, jobs }: PlanSummary): Tone | null => lookRail(PLAN_LOOKS[state]) ?? (state === 'running' && jobs.failed > 0 ? 'bad' : jobs.stopped > 0 ? 'you' : null)

const customersOf = ({ customers, partial }: PlanSummary): string => `${customers.length === 0 ? 'no firewall yet' : namesInShort(customers.map(({ name }) => name))}${partial ? ' and others' : ''}`

function NameLink({ plan, within }: { plan: PlanSummary; within: (href: string) => string }) {
  return (
    <Link href={within(planHref(plan))} className="font-medium hover:underline" title={plan.name}>
      {plan.name}
    </Link>
  )
}

/** Done, failed, waiting for a person, under way; what is left is the ground. The words beside it say the same. */
export function PlanProgress({ plan }: { plan: PlanSummary }) {
  const { jobs } = plan
  const words = progressWords(plan)
  if (words === null) return <span className="text-text-3">not approved</span>
  const part = (count: number): string => `${(100 * count) / jobs.all}%`
  return (
    <span className="flex min-w-0 items-center gap-2">
      <span aria-hidden className="flex h-1.5 w-16 shrink-0 gap-px overflow-hidden bg-line forced-colors:border">
        <span className="bg-text-2" style={{ width: part(jobs.succeeded) }} />
        <span className="bg-bad-mark" style={{ width: part(jobs.failed) }} />
        <span className="bg-you-mark" style={{ width: part(jobs.stopped) }} />
        <span className="bg-text-3" style={{ width: part(jobs.active) }} />
      </span>
      <span className="truncate tabular-nums" title={words}>
        {words}
      </span>
    </span>
  )
}

export function NextStart({ plan: { nextStartAt, nextStartZone, finishedAt } }: { plan: PlanSummary }) {
  if (nextStartAt === null) return finishedAt === null ? <span className="text-text-3">none</span> : <span className="text-text-3">ended <Age at={finishedAt} className="text-inherit" /></span>
  const { own, site } = startWords(nextStartAt, nextStartZone)
  return (
    <span title={formatExactBoth(nextStartAt, nextStartZone ?? undefined)} className="block min-w-0 leading-4 tabular-nums">
      <span className="block truncate">{own}</span>
      {site !== null && <span className="block truncate text-xs text-text-3">{site}</span>}
    </span>
  )
}

export const plansColumns = (within: (href: string) => string): Column<PlanSummary>[] => [
  { id: 'name', head: 'Plan', cell: (plan) => <NameLink plan={plan} within={within} /> },
  { id: 'state', head: 'State', width: '148px', cell: (plan) => <span title={plan.haltedReason ?? undefined}><LookWord look={PLAN_LOOKS[plan.state]} /></span> },
  { id: 'kind', head: 'Installs', width: '88px', hideBelow: 'lg', cell: (plan) => KIND_WORDS[plan.kind] },
  { id: 'customers', head: 'Customers', width: '18%', cell: (plan) => <span title={plan.customers.map(({ name }) => name).join(', ')}>{customersOf(plan)}</span> },
  { id: 'progress', head: 'Firewalls', width: '18%', cell: (plan) => <PlanProgress plan={plan} /> },
  { id: 'next', head: 'Next start', width: '172px', cell: (plan) => <NextStart plan={plan} /> },
  { id: 'by', head: 'Made by', width: '124px', hideBelow: 'lg', cell: ({ createdBy, createdAt }) => <span title={createdBy}>{createdBy}, <Age at={createdAt} /></span> },
]

export function PlanCard({ plan, within }: { plan: PlanSummary; within: (href: string) => string }) {
  return (
    <>
      <span className="flex min-w-0 items-center justify-between gap-3">
        <span className="min-w-0 truncate"><NameLink plan={plan} within={within} /></span>
        <span className="shrink-0"><LookWord look={PLAN_LOOKS[plan.state]} /></span>
      </span>
      <span className="flex min-w-0 items-center justify-between gap-3 text-xs text-text-2">
        <span className="min-w-0 truncate">{progressWords(plan) ?? customersOf(plan)}</span>
        <span className="shrink-0 tabular-nums">{plan.nextStartAt === null ? (plan.jobs.all > 0 ? plural(plan.jobs.all, 'firewall') : KIND_WORDS[plan.kind]) : startWords(plan.nextStartAt, null).own}</span>
      </span>
    </>
  )
}
