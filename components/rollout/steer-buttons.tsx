'use client'
import { useMutation } from '@tanstack/react-query'
import { CircleSlash, CirclePause, Play } from 'lucide-react'
import { useState } from 'react'
import { reasonWithout, roleAt } from '@/components/firewalls/detail/permissions'
import { useSingleKey } from '@/components/firewalls/detail/use-single-key'
import { arriving } from '@/components/ui/arriving'
import { Button } from '@/components/ui/button'
import { Kbd } from '@/components/ui/kbd'
import { toast } from '@/components/ui/toast'
import { rankOf, type Permission } from '@/lib/auth/roles'
import { cn } from '@/lib/core/cn'
import type { PlanDto } from '@/lib/plans/dto'
import { nextPlanState } from '@/lib/plans/states'
import { rolloutMutations } from '@/lib/queries/rollout'
import { useMe } from '@/lib/queries/use-me'
import { steerWords, type Steering } from './steer-words'

const NoteDialog = arriving(() => import('@/components/alerts/note-dialog').then((module) => module.NoteDialog), { leave: ({ onClose }) => onClose() })

/** Pause, resume and cancel, as the table of lib/plans/states.ts allows; a plan is steered by who may do so in all of its customers. */
export function SteerButtons({ plan }: { plan: PlanDto }) {
  const me = useMe()
  const [asked, setAsked] = useState<Steering | null>(null)
  const pause = useMutation(rolloutMutations.pause())
  const steer = useMutation(rolloutMutations.steer())
  const reason = (permission: Permission): string | null => {
    if (plan.partial) return 'This plan has firewalls of customers that you do not see.'
    const least = me && plan.customers.map(({ id }) => roleAt(me, id)).sort((one, other) => rankOf(one) - rankOf(other))[0]
    return least === undefined ? null : reasonWithout(least, permission)
  }
  const may = { pause: nextPlanState(plan.state, 'paused') !== null, resume: nextPlanState(plan.state, 'resumed') !== null, cancel: nextPlanState(plan.state, 'cancelled') !== null }
  const runPause = (): void => pause.mutate(plan.id, { onSuccess: () => toast.good('The plan is paused. What is under way finishes.'), onError: (error) => toast.bad(`The plan is not paused: ${error.message}`) })
  useSingleKey('p', () => {
    if (may.pause && reason('update:stop') === null && !pause.isPending) runPause()
  })
  const close = (): void => {
    setAsked(null)
    steer.reset()
  }
  return (
    <>
      {may.resume && (
        <Button variant="primary" icon={Play} disabledReason={reason('update:approve')} onClick={() => setAsked('resume')}>
          Resume
        </Button>
      )}
      {may.pause && (
        <Button icon={CirclePause} busy={pause.isPending} disabledReason={reason('update:stop')} onClick={runPause} className={cn(may.resume && 'max-md:hidden')}>
          <span className="max-md:hidden">Pause after the running</span>
          <span className="md:hidden">Pause</span>
          <Kbd>p</Kbd>
        </Button>
      )}
      {may.cancel && (
        <Button icon={CircleSlash} disabledReason={reason('update:stop')} onClick={() => setAsked('cancel')}>
          <span className="max-md:sr-only">Cancel the plan</span>
        </Button>
      )}
      {asked !== null && (
        <NoteDialog
          {...steerWords(plan)[asked]}
          help="Kept with the plan and in the audit log."
          required
          danger={asked === 'cancel'}
          busy={steer.isPending}
          error={steer.error}
          onClose={close}
          onSave={(because) => steer.mutate({ id: plan.id, act: asked, because }, { onSuccess: () => { close(); toast.good(asked === 'resume' ? 'The plan goes on.' : 'The plan is cancelled.') } })}
        />
      )}
    </>
  )
}
