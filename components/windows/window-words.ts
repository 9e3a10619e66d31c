// Words of the dialogs of windows and blackouts. Pure, so that they can be tested.
import { reasonWithout, roleAt } from '@/components/firewalls/detail/permissions'
import type { MeDto } from '@/lib/auth/input'
import { roleMay } from '@/lib/auth/roles'

/** What follows when it is removed. */
export const REMOVING = {
  window: 'Jobs planned in it move to another window, or are held if there is none.',
  blackout: 'Windows open on these days again, and jobs that wait may start in them.',
} as const

/** Why this person may not change windows and blackouts of a customer, or, with null, of all customers at once; null when they may. */
export function reasonNotToManage(me: Pick<MeDto, 'scopes'> | undefined, customerId: string | null): string | null {
  if (me === undefined) return null
  if (customerId !== null) return reasonWithout(roleAt(me, customerId), 'window:manage')
  return me.scopes.some((scope) => scope.customerId === null && roleMay(scope.role, 'window:manage')) ? null : 'This needs an admin of all customers.'
}
