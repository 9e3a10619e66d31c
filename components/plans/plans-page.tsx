'use client'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { CalendarPlus } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useUrlParam } from '@/components/firewalls/detail/use-url-param'
import { useCustomerScope } from '@/components/layout/customer-scope'
import { PageHeader } from '@/components/layout/page-header'
import { StopButton } from '@/components/rollout/stop-button'
import { Button } from '@/components/ui/button'
import { ButtonLink } from '@/components/ui/button-link'
import { Empty } from '@/components/ui/empty'
import { FilterSelect } from '@/components/ui/filter-select'
import { LoadMore } from '@/components/ui/load-more'
import { ProblemNotice } from '@/components/ui/problem'
import { SkeletonRows } from '@/components/ui/skeleton'
import { VirtualTable } from '@/components/ui/virtual-table'
import { PLAN_STATES } from '@/lib/plans/states'
import { planQueries } from '@/lib/queries/plans'
import { FirmwareTabs } from './firmware-tabs'
import { PLAN_LOOKS } from './plan-looks'
import { planHref, plansSentence } from './plan-words'
import { PlanCard, planRail, plansColumns } from './plans-columns'

const STATE_CHOICES = PLAN_STATES.map((state) => ({ value: state, label: PLAN_LOOKS[state].word }))

/** Plans of updates, what waits for somebody first. */
export function PlansPage() {
  const router = useRouter()
  const { customerId, within } = useCustomerScope()
  const [stateText, setState] = useUrlParam('state')
  const state = PLAN_STATES.find((each) => each === stateText)
  const list = useInfiniteQuery({ ...planQueries.list({ customerId, ...(state !== undefined && { state }) }), placeholderData: keepPreviousData })
  const plans = list.data?.pages.flatMap((page) => page.items)
  const none = plans?.length === 0
  return (
    <>
      <PageHeader title="Plans" crumbs={[{ label: 'Firmware', href: within('/firmware/plans') }]}>
        {/* Whatever the list holds, and before it is there: it concerns plans that are not in it too. */}
        <StopButton compact />
        <ButtonLink href={within('/firmware/plans/new')} variant={none ? 'secondary' : 'primary'} icon={CalendarPlus} className="max-md:w-11 max-md:px-0">
          <span className="max-md:sr-only">New plan</span>
        </ButtonLink>
      </PageHeader>
      <FirmwareTabs />
      {plans && !(none && state === undefined) && (
        <div className="flex flex-wrap items-center gap-x-6 gap-y-2 px-5 py-3 max-md:px-4">
          <p role="status" className="min-w-0 flex-1 text-lg font-semibold">
            {state === undefined ? plansSentence(plans, list.hasNextPage) : `${PLAN_LOOKS[state].word}: ${none ? 'none' : plans.length}${list.hasNextPage ? ' and more' : ''}.`}
          </p>
          <FilterSelect label="State" value={state ?? ''} choices={STATE_CHOICES} onChange={setState} />
        </div>
      )}
      <ProblemNotice error={list.error} retry={() => void list.refetch()} className="mx-5 my-3 max-md:mx-4" />
      {list.isPending && <SkeletonRows rows={8} columns={5} rowHeight={40} />}
      {none && (state === undefined ? <NoPlan href={within('/firmware/plans/new')} /> : <Empty title="No plan is in this state." action={<Button onClick={() => setState('')}>Show plans in every state</Button>} />)}
      {plans && !none && (
        <VirtualTable
          rows={plans}
          columns={plansColumns(within)}
          rowKey={({ id }) => id}
          caption="Plans, what waits for somebody first"
          rowHeight={40}
          rail={planRail}
          card={(plan) => <PlanCard plan={plan} within={within} />}
          onOpen={(plan) => router.push(within(planHref(plan)))}
        />
      )}
      <LoadMore more={list.hasNextPage} busy={list.isFetchingNextPage} onMore={() => void list.fetchNextPage()} what="plans" />
    </>
  )
}

function NoPlan({ href }: { href: string }) {
  return (
    <Empty
      title="There is no plan yet."
      action={
        <ButtonLink href={href} variant="primary" icon={CalendarPlus}>
          Plan an update
        </ButtonLink>
      }
    >
      A plan says which firewalls are updated, in which order, and in which windows. Nothing starts before it is approved, and it halts by itself when something is wrong.
    </Empty>
  )
}
