import { reasonWithout } from '@/components/firewalls/detail/permissions'
import { Empty } from '@/components/ui/empty'
import { leastRoleFor, type Permission, type Role } from '@/lib/auth/roles'

const WHO = { viewer: 'everyone', operator: 'operators', admin: 'admins', owner: 'owners' } as const satisfies Record<Role, string>

/** A page that this role may not open, in words instead of a blank. */
export function NeedsRole({ shows, role, permission }: { shows: string; role: Role; permission: Permission }) {
  return (
    <Empty title={`This page is for ${WHO[leastRoleFor(permission)]}`}>
      It shows {shows}. {reasonWithout(role, permission)} An owner can change your role.
    </Empty>
  )
}
