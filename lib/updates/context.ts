import 'server-only'
import type { FirewallAdapter } from '@/lib/adapters/adapter'
import type { UpdateAbility } from '@/lib/adapters/firmware-port'
import { workerActor, type Actor } from '@/lib/auth/actor'
import type { UpdateJob } from '@/lib/db/generated/client'
import type { ConnectionRow } from '@/lib/db/sql'
import { connectTo } from '@/lib/firewalls/connect'
import { moduleOf } from '@/lib/firewalls/dto-of'
import { approverOf as approverOfPlan } from '@/lib/plans/approvals'
import type { Admit } from './admission'
import { advance, type UpdateMove } from './machine'
import type { UpdateEvent } from './states'

/** What a step works with. `signal` ends with the lease: what is under way then is cut off, because another worker has the job. */
export type Work = {
  job: UpdateJob
  row: ConnectionRow
  ability: UpdateAbility
  workerId: string
  admit: Admit
  /** When the step began. */
  now: Date
  /** The time of this moment: firewalls that answer slowly make a step last minutes. */
  clock: () => Date
  signal: AbortSignal
}

export const abilityOf = (row: ConnectionRow): UpdateAbility => moduleOf(row).updateAbility
/** Once the update call was made the firewall restarts by our doing: a 401 may pass then, so it stops nothing (decision 30). */
export const adapterOf = ({ job, row, clock, signal }: Work): Promise<FirewallAdapter> => connectTo(row, signal, { now: clock, whileStarting: job.intentAt !== null })
export const inSeconds = (now: Date, seconds: number): Date => new Date(now.getTime() + seconds * 1000)
export const inMinutes = (now: Date, minutes: number): Date => inSeconds(now, minutes * 60)

export const stepOf = ({ job, workerId, now }: Pick<Work, 'job' | 'workerId' | 'now'>) => ({ job, actor: workerActor(workerId), now, byWorker: true }) as const
/** Moves the job as the worker that holds it. Returns whether it was moved; after false nothing more may be done. */
export async function move(work: Work, event: UpdateEvent, change: UpdateMove = {}): Promise<boolean> {
  const moved = await advance(stepOf(work), event, change)
  if (moved) work.job = moved
  return moved !== null
}

/** Someone who approved the plan as it is and may still do so for this firewall, at this moment; null when nobody is left. */
export const approverOf = ({ job, row }: Pick<Work, 'job' | 'row'>): Promise<Actor | null> => approverOfPlan(job.planId, row.customerId)
