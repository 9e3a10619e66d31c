// What a person may decide about one job, and what each decision does. Pure, so that it can be tested.
import { CircleSlash, PackageOpen, Play, RotateCcw, ScanSearch, SkipForward, UserCheck, type LucideIcon } from 'lucide-react'
import type { Permission } from '@/lib/auth/roles'
import { isFinalPlan, type PlanState } from '@/lib/plans/states'
import type { UpdateJobDetail } from '@/lib/updates/dto'
import type { UpdateState } from '@/lib/updates/states'

export type Decision = 'look-again' | 'verify-by-hand' | 'release' | 'without-backup' | 'retry' | 'skip' | 'cancel'
type Act = { word: string; icon: LucideIcon; permission: Permission; effect: string; done: string; /** It cannot be taken back. */ danger?: boolean }
export const ACTS: Record<Decision, Act> = {
  'look-again': { word: 'Verify again', icon: ScanSearch, permission: 'update:plan', effect: 'What runs now is compared with what ran before. Nothing is started.', done: 'It is being verified.' },
  'verify-by-hand': { word: 'Record as verified by hand', icon: UserCheck, permission: 'update:approve', effect: 'You looked at the firewall and answer for it: it counts as updated well. Say what you looked at.', done: 'Recorded as verified by hand.' },
  release: { word: 'Release it', icon: Play, permission: 'update:approve', effect: 'It takes its turn again in its window. Everything is looked at anew.', done: 'It takes its turn again.' },
  'without-backup': { word: 'Install without a backup', icon: PackageOpen, permission: 'update:approve', effect: 'No backup can be taken. If the update fails, its configuration can be lost. Say why it is worth that.', done: 'It takes its turn without a backup.', danger: true },
  retry: { word: 'Try again', icon: RotateCcw, permission: 'update:approve', effect: 'A new job updates it in its next window. This one stays as it ended.', done: 'It is tried again in its next window.' },
  skip: { word: 'Skip it', icon: SkipForward, permission: 'update:stop', effect: 'It is left out of this plan. Nothing was changed on the firewall.', done: 'It is left out.' },
  cancel: { word: 'Cancel it', icon: CircleSlash, permission: 'update:stop', effect: 'Its job ends before anything is changed on the firewall.', done: 'It is cancelled.', danger: true },
}
const ENDED_BADLY: readonly UpdateState[] = ['failed', 'skipped', 'cancelled']

/** What its state and its plan allow; the table of lib/updates/states.ts says the first. */
export function decisionsOf({ acts, state, reason }: Pick<UpdateJobDetail, 'acts' | 'state' | 'reason'>, planState: PlanState | null, retried: boolean): Decision[] {
  const goesOn = planState !== null && !isFinalPlan(planState)
  return [
    ...acts.filter((act) => act === 'look-again' || act === 'verify-by-hand' || act === 'release'),
    ...(state === 'blocked' && reason === 'backup' ? (['without-backup'] as const) : []),
    ...(ENDED_BADLY.includes(state) && goesOn && !retried ? (['retry'] as const) : []),
    ...acts.filter((act) => act === 'skip' || act === 'cancel'),
  ]
}

/** Approved is what was shown then: what the firewall offers instead takes another approval. */
const SET_CHANGED = 'Everything is looked at anew in its window, and it is held again unless the firewall offers by then what was approved. To install what it offers now, make a copy of the plan that ends this one, and have that approved.'
const isOtherOffer = ({ state, reason }: Pick<UpdateJobDetail, 'state' | 'reason'>): boolean => state === 'held' && reason === 'offer-changed'

export const effectOf = (act: Decision, job: Pick<UpdateJobDetail, 'state' | 'reason'>): string => (act === 'release' && isOtherOffer(job) ? SET_CHANGED : ACTS[act].effect)

/** Whether a copy that ends its plan is the way to install what it offers now. */
export const wantsCopy = (job: Pick<UpdateJobDetail, 'state' | 'reason'>, planState: PlanState | null): boolean => isOtherOffer(job) && planState !== null && !isFinalPlan(planState)
