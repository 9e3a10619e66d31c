'use client'
import { useMutation } from '@tanstack/react-query'
import { CopyPlus, Hand } from 'lucide-react'
import { useState } from 'react'
import { reasonWithout, roleAt } from '@/components/firewalls/detail/permissions'
import { useCopyPlan } from '@/components/plans/use-copy-plan'
import { arriving } from '@/components/ui/arriving'
import { Button } from '@/components/ui/button'
import { toast } from '@/components/ui/toast'
import type { Permission } from '@/lib/auth/roles'
import { isFinalPlan, type PlanState } from '@/lib/plans/states'
import { planMutations } from '@/lib/queries/plans'
import { rolloutMutations } from '@/lib/queries/rollout'
import { updateMutations } from '@/lib/queries/updates'
import { useMe } from '@/lib/queries/use-me'
import type { UpdateJobDetail } from '@/lib/updates/dto'
import { ACTS, decisionsOf, effectOf, wantsCopy, type Decision } from './job-decisions'

const NoteDialog = arriving(() => import('@/components/alerts/note-dialog').then((module) => module.NoteDialog), { leave: ({ onClose }) => onClose() })

type JobActsProps = { job: UpdateJobDetail; /** null: not known here, so nothing is offered that depends on it. */ planState: PlanState | null; retried: boolean }

/** What a person may do with one job; each with a reason that is kept. */
export function JobActs({ job, planState, retried }: JobActsProps) {
  const me = useMe()
  const [asked, setAsked] = useState<Decision | 'hold' | null>(null)
  const decide = useMutation(updateMutations.decide())
  const steer = useMutation(rolloutMutations.job())
  const { toVersion, kind, customer } = job
  const reason = (permission: Permission): string | null => (me === undefined ? null : reasonWithout(roleAt(me, customer.id), permission))
  const ended = (words: string) => ({ onSuccess: () => { setAsked(null); toast.good(`${job.firewall.name}: ${words}`) } })
  const send = (act: Decision, because: string): void => {
    const target = { id: job.id, because }
    if (act === 'skip' || act === 'cancel' || act === 'retry') steer.mutate({ ...target, act }, ended(ACTS[act].done))
    else decide.mutate({ ...target, act }, ended(ACTS[act].done))
  }
  const close = (): void => {
    setAsked(null)
    decide.reset()
    steer.reset()
  }
  const canHold = toVersion !== null && kind !== 'reboot' && planState !== null && !isFinalPlan(planState)
  return (
    <div className="flex flex-wrap gap-2">
      {decisionsOf(job, planState, retried).map((act) => (
        <Button key={act} icon={ACTS[act].icon} disabledReason={reason(ACTS[act].permission)} onClick={() => setAsked(act)}>
          {ACTS[act].word}
        </Button>
      ))}
      {wantsCopy(job, planState) && <CopyButton planId={job.plan.id} disabledReason={reason('update:plan')} />}
      {canHold && (
        <Button icon={Hand} disabledReason={reason('update:plan')} onClick={() => setAsked('hold')}>
          Hold {toVersion} from here outward
        </Button>
      )}
      {asked !== null && asked !== 'hold' && (
        <NoteDialog
          title={`${ACTS[asked].word}: ${job.firewall.name}`}
          description={effectOf(asked, job)}
          help="Kept with the job and in the audit log."
          act={ACTS[asked].word}
          required
          danger={ACTS[asked].danger === true}
          busy={decide.isPending || steer.isPending}
          error={decide.error ?? steer.error}
          onClose={close}
          onSave={(note) => send(asked, note)}
        />
      )}
      {asked === 'hold' && toVersion !== null && <HoldDialog job={job} version={toVersion} onClose={() => setAsked(null)} />}
    </div>
  )
}

/** Beside "Release it": what the firewall offers now is installed by a plan that was approved with it. */
function CopyButton({ planId, disabledReason }: { planId: string; disabledReason: string | null }) {
  const { copy, busy } = useCopyPlan(planId)
  return (
    <Button icon={CopyPlus} busy={busy} disabledReason={disabledReason} onClick={() => copy(true)}>
      Make a copy that ends this plan
    </Button>
  )
}

function HoldDialog({ job: { plan, ring, firewall }, version, onClose }: { job: UpdateJobDetail; version: string; onClose: () => void }) {
  const [key] = useState(() => crypto.randomUUID())
  const hold = useMutation(planMutations.hold(key))
  return (
    <NoteDialog
      title={`Hold ${version} from here outward?`}
      description={`In ${plan.name}, from ring ${ring.name} on, no firewall of ${firewall.familyLabel} that has not begun installs ${version} until the hold is lifted. What has begun goes on.`}
      help="Told to everybody whose firewall is held."
      act={`Hold ${version}`}
      required
      busy={hold.isPending}
      error={hold.error}
      onClose={onClose}
      onSave={(note) => hold.mutate({ family: firewall.family, version, planId: plan.id, fromPosition: ring.position, note }, { onSuccess: () => { onClose(); toast.good(`${version} is held.`) } })}
    />
  )
}
