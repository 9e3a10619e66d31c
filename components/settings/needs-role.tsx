import { reasonWithout } from '@/components/firewalls/detail/permissions'
import { Empty } from '@/components/ui/empty'
import { leastRoleFor, type Permission, type Role } from '@/lib/auth/roles'

/** A page that this role may not open, in words instead of a blank. */
export function NeedsRole({ shows, role, permission }: { shows: string; role: Role; permission: Permission }) {
  return (
    <Empty title={`This page is for ${leastRoleFor(permission) === 'owner' ? 'owners' : 'admins'}`}>
      It shows {shows}. {reasonWithout(role, permission)} An owner can change your role.
    </Empty>
  )
}
