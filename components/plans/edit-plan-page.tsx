'use client'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { LookWord } from '@/components/firewalls/detail/looks'
import { useCustomerScope } from '@/components/layout/customer-scope'
import { PageHeader } from '@/components/layout/page-header'
import { ButtonLink } from '@/components/ui/button-link'
import { Empty } from '@/components/ui/empty'
import { ProblemNotice } from '@/components/ui/problem'
import { SkeletonRows } from '@/components/ui/skeleton'
import { ApiError } from '@/lib/core/api-error'
import type { PlanDto } from '@/lib/plans/dto'
import { isDraft } from '@/lib/plans/states'
import { planQueries } from '@/lib/queries/plans'
import { FixedPlan } from './fixed-plan'
import { draftOf } from './plan-draft'
import { PlanEditor } from './plan-editor'
import { PLAN_LOOKS } from './plan-looks'
import { PlanMenu } from './plan-menu'

/** A saved plan: to be changed while it is a draft, or to be looked at. */
export function EditPlanPage({ id }: { id: string }) {
  const { within } = useCustomerScope()
  const [gone, setGone] = useState(false)
  const { data: plan, error, isPending, refetch } = useQuery({ ...planQueries.one(id), enabled: !gone })
  const unknown = error instanceof ApiError && error.code === 'not-found'
  const crumbs = [
    { label: 'Firmware', href: within('/firmware/plans') },
    { label: 'Plans', href: within('/firmware/plans') },
  ]
  if (gone) return null
  return (
    <>
      <PageHeader title={plan && !unknown ? plan.name : 'Plan'} crumbs={crumbs}>
        {plan && !unknown && (
          <>
            <span className="max-md:hidden">
              <LookWord look={PLAN_LOOKS[plan.state]} />
            </span>
            <PlanMenu plan={plan} onDiscard={() => setGone(true)} />
          </>
        )}
      </PageHeader>
      {unknown ? (
        <Empty title="There is no such plan." action={<ButtonLink href={within('/firmware/plans')}>Show all plans</ButtonLink>}>
          It was discarded, or has no firewall of a customer that you see.
        </Empty>
      ) : (
        <ProblemNotice error={error} retry={() => void refetch()} className="mx-5 my-3 max-md:mx-4" />
      )}
      {isPending && <SkeletonRows rows={12} columns={3} rowHeight={40} />}
      {plan && !unknown && <Body plan={plan} />}
    </>
  )
}

function Body({ plan }: { plan: PlanDto }) {
  const start = draftOf(plan)
  return start === null || !isDraft(plan.state) ? <FixedPlan plan={plan} /> : <PlanEditor stored={plan} start={start} />
}
