'use client'
import { useMutation } from '@tanstack/react-query'
import { useCustomerScope } from '@/components/layout/customer-scope'
import { Button } from '@/components/ui/button'
import { ButtonLink } from '@/components/ui/button-link'
import { Facts } from '@/components/ui/facts'
import { Notice } from '@/components/ui/notice'
import { ProblemNotice } from '@/components/ui/problem'
import { formatDateTime } from '@/lib/format/dates'
import type { PlanDto } from '@/lib/plans/dto'
import { isDraft, nextPlanState } from '@/lib/plans/states'
import type { PlanDesign } from '@/lib/plans/words'
import { planMutations } from '@/lib/queries/plans'
import { approvedWords, limitsWords, ringsWords, startsWords, windowsWords } from './design-words'
import { conditionsOf } from './plan-draft'
import { KIND_WORDS, PLAN_LOOKS } from './plan-looks'
import { namesInShort, planHref } from './plan-words'
import { NextStart, PlanProgress } from './plans-columns'

/** A plan that cannot be changed here: it was approved, or has firewalls of customers that one does not see. */
export function FixedPlan({ plan }: { plan: PlanDto }) {
  const { within } = useCustomerScope()
  const withdraw = useMutation(planMutations.withdraw())
  const untouched = plan.jobs.all > 0 && plan.jobs.waiting === plan.jobs.all && nextPlanState(plan.state, 'withdrawn') !== null && !plan.partial
  return (
    <div className="flex max-w-3xl flex-col gap-4 px-5 py-4 max-md:px-4">
      <Notice
        tone={plan.state === 'halted' ? 'you' : 'plain'}
        title={plan.partial ? 'This plan has firewalls of customers that you do not see.' : isDraft(plan.state) ? 'This plan cannot be shown.' : 'This plan was approved, so it is fixed.'}
        actions={
          <>
            {!isDraft(plan.state) && <ButtonLink href={within(planHref(plan))}>Show how it runs</ButtonLink>}
            {untouched && (
              <Button busy={withdraw.isPending} onClick={() => withdraw.mutate({ id: plan.id, etag: plan.etag })}>
                Take the approval back
              </Button>
            )}
          </>
        }
      >
        {plan.haltedReason ?? (plan.partial ? 'You see how far the firewalls of your customers are. Someone who plans updates for all of its customers can change it.' : untouched ? 'Nothing has begun yet, so it can become a draft again.' : 'Make a copy to plan the same again.')}
      </Notice>
      <ProblemNotice error={withdraw.error} />
      <Facts
        items={[
          ['State', PLAN_LOOKS[plan.state].word],
          ['Firewalls', <PlanProgress key="progress" plan={plan} />],
          ['Next start', <NextStart key="next" plan={plan} />],
          ['Installs', KIND_WORDS[plan.kind]],
          ['Customers', namesInShort(plan.customers.map(({ name }) => name), 5)],
          ...(plan.query === null ? [] : [['Which', <span key="which" className="font-mono text-xs">{conditionsOf(plan.query).map((pair) => pair.join('=')).join(' ') || 'all firewalls'}</span>] as const]),
          ...(plan.design === null ? [] : designFacts(plan.design)),
          ...(plan.holdIfReboot ? [['Restarts', 'What would need one is held.'] as const] : []),
          ['Approved', approvedWords(plan)],
          ['Made by', `${plan.createdBy}, ${formatDateTime(plan.createdAt)}`],
        ]}
      />
    </div>
  )
}

/** What was approved beside the firewalls: in which order, when, and with how many at once. */
const designFacts = (design: PlanDesign) =>
  [
    [
      'Rings',
      <ol key="rings" className="flex flex-col gap-1">
        {ringsWords(design).map((ring, position) => (
          <li key={position}>{ring}</li>
        ))}
      </ol>,
    ],
    ['Windows', windowsWords(design)],
    ['Starts', startsWords(design)],
    ['At once', limitsWords(design)],
  ] as const
