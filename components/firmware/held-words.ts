// What pages say about versions that are held. Pure, so that it can be tested.
import { reasonWithout, roleAt } from '@/components/firewalls/detail/permissions'
import type { MeDto } from '@/lib/auth/input'
import { roleMay } from '@/lib/auth/roles'
import { shortVersion } from '@/lib/format/versions'
import type { VersionHoldDto } from '@/lib/plans/dto'

/** From which ring of its plan on; of a hold without a plan, for whom. */
export function placeWords({ plan, customer, fromPosition, fromRing }: Pick<VersionHoldDto, 'plan' | 'customer' | 'fromPosition' | 'fromRing'>): string {
  if (plan === null) return customer === null ? 'the whole fleet' : customer.name
  return `from ${fromRing ?? `ring ${(fromPosition ?? 0) + 1}`} outward`
}

/** Why it cannot be lifted here; null when it can. */
export function reasonNotToLift({ mayLift, plan, customer }: Pick<VersionHoldDto, 'mayLift' | 'plan' | 'customer'>): string | null {
  if (mayLift) return null
  return `This needs an admin of ${plan !== null ? `all customers of ${plan.name}` : customer === null ? 'all customers' : customer.name}.`
}

/** Why nothing can be held for this customer, or for the fleet where none is chosen; null when it can. */
export function reasonNotToHold(me: MeDto, customerId: string | null): string | null {
  if (customerId !== null) return reasonWithout(roleAt(me, customerId), 'update:plan')
  if (me.scopes.some((scope) => scope.customerId === null && roleMay(scope.role, 'update:plan'))) return null
  return reasonWithout(me.role, 'update:plan') ?? 'This needs an operator of all customers. Choose a customer to hold it for that one alone.'
}

/** The hold that keeps a version from the whole fleet, or from the customer that the page is about. */
export const holdOf = (holds: readonly VersionHoldDto[], family: string, version: string, customerId: string | null): VersionHoldDto | undefined =>
  holds.find((hold) => hold.plan === null && hold.family === family && shortVersion(hold.version) === shortVersion(version) && (hold.customer === null || hold.customer.id === customerId))
