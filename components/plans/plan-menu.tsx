'use client'
import { useMutation } from '@tanstack/react-query'
import { Copy, CopyPlus, Ellipsis, Trash2 } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { useCustomerScope } from '@/components/layout/customer-scope'
import { ConfirmDialog } from '@/components/settings/confirm-dialog'
import { Button } from '@/components/ui/button'
import { Menu } from '@/components/ui/menu'
import { toast } from '@/components/ui/toast'
import type { PlanDto } from '@/lib/plans/dto'
import { isDraft, isFinalPlan } from '@/lib/plans/states'
import { planMutations } from '@/lib/queries/plans'
import { useCopyPlan } from './use-copy-plan'

/** What is done with a plan as a whole. `onDiscard`: before its page has to show that it is gone. */
export function PlanMenu({ plan, onDiscard }: { plan: PlanDto; onDiscard?: () => void }) {
  const router = useRouter()
  const { within } = useCustomerScope()
  const [asking, setAsking] = useState(false)
  const { copy, busy } = useCopyPlan(plan.id)
  const discard = useMutation(planMutations.discard())
  const whole = plan.partial ? 'It has firewalls of customers that you do not see.' : null
  const leave = (): void => {
    onDiscard?.()
    toast.good(`${plan.name} is discarded.`)
    router.push(within('/firmware/plans'))
  }
  return (
    <>
      <Menu
        label="More acts on this plan"
        trigger={<Button variant="quiet" icon={Ellipsis} aria-label="More acts on this plan" busy={busy} className="px-2 text-text-2" />}
        items={[
          { label: 'Make a copy', icon: Copy, disabledReason: whole, onSelect: () => copy(false) },
          ...(isDraft(plan.state) || isFinalPlan(plan.state) ? [] : [{ label: 'Make a copy that ends this one', icon: CopyPlus, disabledReason: whole, onSelect: () => copy(true) }]),
          ...(isDraft(plan.state) ? [{ label: 'Discard the draft', icon: Trash2, danger: true, disabledReason: whole, onSelect: () => setAsking(true) }] : []),
        ]}
      />
      {asking && (
        <ConfirmDialog
          title={`Discard ${plan.name}?`}
          effect="The draft is gone for good. No firewall was touched by it."
          safe="Keep it"
          act="Discard the draft"
          danger
          busy={discard.isPending}
          error={discard.error}
          onClose={() => setAsking(false)}
          onAct={() => discard.mutate({ id: plan.id, etag: plan.etag }, { onSuccess: leave })}
        />
      )}
    </>
  )
}
