// What pages say about the emergency stop. Pure.
import { roleMay, ROLES, type Permission } from '@/lib/auth/roles'
import type { MeDto } from '@/lib/auth/input'
import type { EmergencyStopDto } from '@/lib/emergency-stop/dto'
import { formatCount, plural } from '@/lib/format/numbers'

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
