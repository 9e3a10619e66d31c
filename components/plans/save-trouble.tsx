import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { ProblemNotice } from '@/components/ui/problem'
import { ApiError } from '@/lib/core/api-error'
import { formatClock } from '@/lib/format/dates'
import type { PlanDto } from '@/lib/plans/dto'
import type { PlanFormState } from './use-plan-form'

const stale = (error: unknown): boolean => error instanceof ApiError && error.code === 'stale'

/** Why a plan was not saved, beside the buttons. `marked`: every fault stands at its field. */
export function SaveTrouble({ form: { conflict, error, takeStored }, marked }: { form: PlanFormState; marked: boolean }) {
  if (conflict !== null) return <Conflict plan={conflict} onTake={takeStored} />
  if (marked) return <Notice role="alert" tone="warn" title="Nothing was saved. Correct what is marked." className="mx-5 mt-3 max-md:mx-4" />
  return stale(error) ? null : <ProblemNotice error={error} className="mx-5 mt-3 max-md:mx-4" />
}

function Conflict({ plan, onTake }: { plan: PlanDto; onTake: () => void }) {
  return (
    <Notice
      role="alert"
      tone="warn"
      className="mx-5 mt-3 max-md:mx-4"
      title={`Someone changed this plan at ${formatClock(plan.changedAt)}. Look again, then save.`}
      actions={
        <Button size="sm" onClick={onTake}>
          Show what is stored now
        </Button>
      }
    >
      {plan.changedBy} saved another version of it. What you changed here is not saved, and is gone when you look.
    </Notice>
  )
}
