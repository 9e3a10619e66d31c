'use client'
import { useMutation } from '@tanstack/react-query'
import { CircleSlash, Hand, PackageOpen, Play, RotateCcw, ScanSearch, SkipForward, UserCheck, type LucideIcon } from 'lucide-react'
import { useState } from 'react'
import { reasonWithout, roleAt } from '@/components/firewalls/detail/permissions'
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
import type { UpdateState } from '@/lib/updates/states'

const NoteDialog = arriving(() => import('@/components/alerts/note-dialog').then((module) => module.NoteDialog), { leave: ({ onClose }) => onClose() })

type Decision = 'look-again' | 'verify-by-hand' | 'release' | 'without-backup' | 'retry' | 'skip' | 'cancel'
type Act = { word: string; icon: LucideIcon; permission: Permission; effect: string; done: string }
const ACTS: Record<Decision, Act> = {
  'look-again': { word: 'Verify again', icon: ScanSearch, permission: 'update:plan', effect: 'What runs now is compared with what ran before. Nothing is started.', done: 'It is being verified.' },
  'verify-by-hand': { word: 'Record as verified by hand', icon: UserCheck, permission: 'update:approve', effect: 'You looked at the firewall and answer for it: it counts as updated well. Say what you looked at.', done: 'Recorded as verified by hand.' },
  release: { word: 'Release it', icon: Play, permission: 'update:approve', effect: 'It takes its turn again in its window. Everything is looked at anew.', done: 'It takes its turn again.' },
  'without-backup': { word: 'Install without a backup', icon: PackageOpen, permission: 'update:approve', effect: 'No backup can be taken. If the update fails, its configuration can be lost. Say why it is worth that.', done: 'It takes its turn without a backup.' },
  retry: { word: 'Try again', icon: RotateCcw, permission: 'update:approve', effect: 'A new job updates it in its next window. This one stays as it ended.', done: 'It is tried again in its next window.' },
  skip: { word: 'Skip it', icon: SkipForward, permission: 'update:stop', effect: 'It is left out of this plan. Nothing was changed on the firewall.', done: 'It is left out.' },
  cancel: { word: 'Cancel it', icon: CircleSlash, permission: 'update:stop', effect: 'Its job ends before anything is changed on the firewall.', done: 'It is cancelled.' },
}
const ENDED_BADLY: readonly UpdateState[] = ['failed', 'skipped', 'cancelled']

/** What its state and its plan allow; the table of lib/updates/states.ts says the first. */
function decisionsOf({ acts, state, reason }: UpdateJobDetail, planState: PlanState | null, retried: boolean): Decision[] {
  const goesOn = planState !== null && !isFinalPlan(planState)
  return [
    ...acts.filter((act) => act === 'look-again' || act === 'verify-by-hand' || act === 'release'),
    ...(state === 'blocked' && reason === 'backup' ? (['without-backup'] as const) : []),
    ...(ENDED_BADLY.includes(state) && goesOn && !retried ? (['retry'] as const) : []),
    ...acts.filter((act) => act === 'skip' || act === 'cancel'),
  ]
}

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
      {canHold && (
        <Button icon={Hand} disabledReason={reason('update:plan')} onClick={() => setAsked('hold')}>
          Hold {toVersion} from here outward
        </Button>
      )}
      {asked !== null && asked !== 'hold' && (
        <NoteDialog
          title={`${ACTS[asked].word}: ${job.firewall.name}`}
          description={ACTS[asked].effect}
          help="Kept with the job and in the audit log."
          act={ACTS[asked].word}
          required
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
