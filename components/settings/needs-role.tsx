import { reasonWithout } from '@/components/firewalls/detail/permissions'
import { Empty } from '@/components/ui/empty'
import { leastRoleFor, type Permission, type Role } from '@/lib/auth/roles'

/** A page that this role may not open, in words instead of a blank. */
export function NeedsRole({ what, role, permission }: { what: string; role: Role; permission: Permission }) {
  return (
    <Empty title={`${what} is for ${leastRoleFor(permission) === 'owner' ? 'owners' : 'admins'}`}>
      {reasonWithout(role, permission)} Ask one if you need to look, or to have your role changed.
    </Empty>
  )
}
