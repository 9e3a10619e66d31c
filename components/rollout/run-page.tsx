'use client'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { FileText, Info, ScrollText } from 'lucide-react'
import { useState } from 'react'
import { useUrlParam } from '@/components/firewalls/detail/use-url-param'
import { useCustomerScope } from '@/components/layout/customer-scope'
import { PageHeader } from '@/components/layout/page-header'
import { PlanMenu } from '@/components/plans/plan-menu'
import { arriving } from '@/components/ui/arriving'
import { ButtonLink } from '@/components/ui/button-link'
import { Empty } from '@/components/ui/empty'
import { ProblemNotice } from '@/components/ui/problem'
import { SkeletonRows } from '@/components/ui/skeleton'
import { ApiError } from '@/lib/core/api-error'
import { planQueries } from '@/lib/queries/plans'
import { rolloutQueries } from '@/lib/queries/rollout'
import { RUN_ROWS, RUN_ROWS_MAX } from '@/lib/plan-runs/words'
import type { PlanRun } from '@/lib/plan-runs/dto'
import type { PlanDto } from '@/lib/plans/dto'
import { isDraft, isFinalPlan } from '@/lib/plans/states'
import { RunView } from './run-view'
import { footSentence, runSentence } from './run-words'
import { SteerButtons } from './steer-buttons'
import { StopButton } from './stop-button'

const HeldVersions = arriving(() => import('@/components/firmware/held-versions').then((module) => module.HeldVersions))

/** A plan while it runs and after it ended: a sentence, its rings, the firewall that is selected. */
export function RunPage({ id }: { id: string }) {
  const { within } = useCustomerScope()
  const [job, setJob] = useUrlParam('job')
  const [rows, setRows] = useState(RUN_ROWS)
  const [each, setEach] = useState(false)
  const plan = useQuery(planQueries.one(id))
  const run = useQuery({ ...rolloutQueries.run(id, { ...(rows !== RUN_ROWS && { rows }), ...(each && { each }) }), placeholderData: keepPreviousData })
  const isStopped = useQuery(rolloutQueries.stop()).data?.stop != null
  const error = plan.error ?? run.error
  const gone = plan.error instanceof ApiError && plan.error.code === 'not-found'
  const again = (): void => void Promise.all([plan.refetch(), run.refetch()])
  return (
    <div className="flex flex-col md:min-h-dvh">
      <PageHeader title={plan.data?.name ?? 'Plan'} crumbs={[{ label: 'Firmware', href: within('/firmware/plans') }, { label: 'Plans', href: within('/firmware/plans') }]}>
        {plan.data && !gone && !isDraft(plan.data.state) && (
          <>
            <ButtonLink href={within(`/firmware/plans/${id}/edit`)} icon={ScrollText} className="max-md:w-11 max-md:px-0">
              <span className="max-md:sr-only">The plan</span>
            </ButtonLink>
            <PlanMenu plan={plan.data} />
          </>
        )}
      </PageHeader>
      {gone ? (
        <Empty title="There is no such plan" action={<ButtonLink href={within('/firmware/plans')}>To all plans</ButtonLink>}>
          It may be removed, or have only firewalls of customers that you may not see.
        </Empty>
      ) : (
        <ProblemNotice error={error} retry={again} className="mx-5 my-3 max-md:mx-4" />
      )}
      {plan.data && isDraft(plan.data.state) && <Draft href={within(`/firmware/plans/${id}/edit`)} />}
      {plan.data && run.data && !isDraft(plan.data.state) && (
        <>
          <Head plan={plan.data} run={run.data} isStopped={isStopped} />
          {!isFinalPlan(plan.data.state) && <Held planId={id} />}
          <RunView run={run.data} planState={plan.data.state} isStopped={isStopped && !isFinalPlan(plan.data.state)} selected={job === '' ? null : job} onSelect={setJob} onMore={rows < RUN_ROWS_MAX ? () => setRows(rows === RUN_ROWS ? 200 : RUN_ROWS_MAX) : null} onEach={each ? null : () => setEach(true)} />
          <p className="mt-auto flex items-start gap-2 border-t border-line bg-sunken px-5 py-2 text-xs text-text-2 max-md:px-4 max-md:pb-20">
            <Info aria-hidden size={14} className="mt-px shrink-0" />
            {footSentence(run.data, isStopped)}
          </p>
        </>
      )}
      {!error && (plan.isPending || run.isPending) && <SkeletonRows rows={14} columns={3} />}
    </div>
  )
}

function Draft({ href }: { href: string }) {
  return (
    <Empty title="This plan was not approved yet." action={<ButtonLink href={href}>Open the draft</ButtonLink>}>
      Nothing of it starts before it is approved. What it would do stands beside it.
    </Empty>
  )
}

/** Versions that its firewalls would install and that are held. */
function Held({ planId }: { planId: string }) {
  const items = useQuery(planQueries.holds({ concerning: planId })).data?.items ?? []
  return items.length === 0 ? null : <HeldVersions items={items} planId={planId} className="border-b border-line-2 py-3" />
}

function Head({ plan, run, isStopped }: { plan: PlanDto; run: PlanRun; isStopped: boolean }) {
  const { within } = useCustomerScope()
  const { head, text } = runSentence(plan, run, isStopped)
  return (
    <div className="flex flex-wrap items-center gap-x-6 gap-y-3 border-b border-line-2 px-5 py-3 max-md:px-4">
      <div role="status" className="min-w-0 flex-1 basis-96">
        <p className="text-lg font-semibold">{head}</p>
        <p className="text-text-2">{text}</p>
      </div>
      <div className="flex flex-wrap items-center gap-2 max-md:fixed max-md:inset-x-0 max-md:bottom-[calc(56px+env(safe-area-inset-bottom))] max-md:z-20 max-md:flex-nowrap max-md:border-t max-md:border-line-2 max-md:bg-surface max-md:px-4 max-md:py-2">
        <ButtonLink href={within(`/firmware/plans/${plan.id}/report`)} icon={FileText} className="max-md:w-11 max-md:px-0">
          <span className="max-md:sr-only">Report</span>
        </ButtonLink>
        <SteerButtons plan={plan} />
        {plan.finishedAt === null && <StopButton className="max-md:flex-1" />}
      </div>
    </div>
  )
}
