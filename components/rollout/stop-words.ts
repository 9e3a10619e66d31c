// What pages say about the emergency stop. Pure.
import { roleMay, ROLES, type Permission } from '@/lib/auth/roles'
import type { MeDto } from '@/lib/auth/input'
import type { EmergencyStopDto } from '@/lib/emergency-stop/dto'
import { formatCount, plural } from '@/lib/format/numbers'
import type { PlanSummary } from '@/lib/plans/dto'

/** It concerns all customers, so the role must be over all of them. */
export function reasonWithoutEverywhere(me: MeDto | undefined, permission: Permission, who: string): string | null {
  if (me === undefined) return null
  const role = ROLES.findLast((each) => me.scopes.some((scope) => scope.role === each && scope.customerId === null))
  return role !== undefined && roleMay(role, permission) ? null : `It concerns all customers, so it takes ${who} of all of them.`
}

/** What goes on in spite of it, and what waits for it; of the customers that one may see. */
export function stopSentence({ finishing, waiting }: Pick<EmergencyStopDto, 'finishing' | 'waiting'>): string {
  const still = finishing === 0 ? 'No update is under way.' : `${plural(finishing, 'update')} that had begun still ${finishing === 1 ? 'finishes' : 'finish'}: nothing stops an installation.`
  return `${still} ${waiting === 0 ? 'Nothing waits.' : `${formatCount(waiting)} ${waiting === 1 ? 'waits' : 'wait'} for it to be lifted.`}`
}

/** The first words of a run while all firmware work is stopped: no gate and no start that is planned counts then. Lifting it leaves a plan paused or halted. */
export function stoppedRunSentence({ state, jobs, haltedReason }: Pick<PlanSummary, 'state' | 'jobs' | 'haltedReason'>, ringName: string | null): { head: string; text: string } {
  const still = jobs.active === 0 ? '' : `${plural(jobs.active, 'firewall')} still ${jobs.active === 1 ? 'finishes' : 'finish'}.`
  const waits = jobs.waiting === 0 ? 'Nothing of it starts until the emergency stop is lifted.' : `${plural(jobs.waiting, 'firewall')} ${jobs.waiting === 1 ? 'waits' : 'wait'} for the emergency stop to be lifted.`
  const after = state === 'paused' ? 'It stays paused then, until somebody resumes it.' : state === 'halted' ? 'It stays halted then: look at what failed, then resume or cancel.' : ''
  const head = state === 'paused' ? 'Paused, and stopped with all firmware work.' : state === 'halted' ? `Halted${ringName === null ? '' : ` in ${ringName}`}, and stopped with all firmware work.` : 'Stopped with all firmware work.'
  return { head, text: [state === 'halted' ? (haltedReason ?? '') : '', still, waits, after].filter((text) => text !== '').join(' ') }
}
