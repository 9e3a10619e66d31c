// Roles and what they may do. Browser-safe: pages read the same table to say why a control is disabled.

export const ROLES = ['viewer', 'operator', 'admin', 'owner'] as const
export type Role = (typeof ROLES)[number]
/** Who has the higher rank may do everything that the lower may. */
export const rankOf = (role: Role): number => ROLES.indexOf(role)

export const PERMISSIONS = [
  'firewall:read',
  'firewall:ask',
  'firewall:manage',
  'firewall:raw',
  'customer:read',
  'customer:manage',
  'site:manage',
  'audit:read',
  'backup:read',
  'backup:download',
  'alert:act',
  'alert:manage',
  'channel:manage',
  'update:plan',
  'update:stop',
  'update:approve',
  'window:manage',
  'operator:manage',
  'installation:manage',
] as const
export type Permission = (typeof PERMISSIONS)[number]

const viewer = ['firewall:read', 'customer:read', 'audit:read'] as const satisfies Permission[]
const operator = [...viewer, 'firewall:ask', 'backup:read', 'alert:act', 'update:plan', 'update:stop'] as const satisfies Permission[]
const admin = [...operator, 'firewall:manage', 'firewall:raw', 'customer:manage', 'site:manage', 'backup:download', 'alert:manage', 'channel:manage', 'update:approve', 'window:manage', 'operator:manage'] as const satisfies Permission[]

/**
 * A viewer reads stored state; an operator also asks firewalls, reads what their configurations say and answers alerts; an
 * admin manages all of that; the owner manages the installation.
 */
export const ROLE_PERMISSIONS = {
  viewer,
  operator,
  admin,
  owner: [...admin, 'installation:manage'],
} as const satisfies Record<Role, readonly Permission[]>

export function roleMay(role: Role, permission: Permission): boolean {
  const granted: readonly Permission[] = ROLE_PERMISSIONS[role]
  return granted.includes(permission)
}

/** The least role that has a permission, for the sentence beside a disabled control. */
export const leastRoleFor = (permission: Permission): Role => ROLES.find((role) => roleMay(role, permission)) ?? 'owner'
