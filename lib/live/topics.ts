import type { RoleGrant } from '@/lib/auth/actor'
import { roleMay, type Permission } from '@/lib/auth/roles'
import type { StoredChange } from '@/lib/db/live-sql'
import { LIVE_TOPICS, type LiveTopic } from './dto'

/** `place`: who has the permission where it belongs, or over all customers when it belongs to none. `operator`: the one it names, or everyone when it names none. */
type Audience = { to: 'place'; permission: Permission } | { to: 'operator' }

/** Who is told that something of a topic changed: whoever may read what changed, and nobody else. */
export const TOPICS = {
  firewall: { to: 'place', permission: 'firewall:read' },
  reading: { to: 'place', permission: 'firewall:read' },
  check: { to: 'place', permission: 'firewall:read' },
  backup: { to: 'place', permission: 'backup:read' },
  revert: { to: 'place', permission: 'backup:read' },
  drift: { to: 'place', permission: 'backup:read' },
  alert: { to: 'place', permission: 'firewall:read' },
  'alert-rule': { to: 'place', permission: 'firewall:read' },
  silence: { to: 'place', permission: 'firewall:read' },
  'update-job': { to: 'place', permission: 'firewall:read' },
  plan: { to: 'place', permission: 'update:plan' },
  window: { to: 'place', permission: 'firewall:read' },
  customer: { to: 'place', permission: 'customer:read' },
  site: { to: 'place', permission: 'customer:read' },
  operator: { to: 'place', permission: 'operator:manage' },
  settings: { to: 'place', permission: 'installation:manage' },
  session: { to: 'operator' },
  token: { to: 'operator' },
  view: { to: 'operator' },
  channel: { to: 'place', permission: 'channel:manage' },
  bulk: { to: 'operator' },
  enrolment: { to: 'operator' },
} as const satisfies Record<LiveTopic, Audience>

/** After these, what a listener may see is looked up again before anything more is told. */
const DECIDES_RIGHTS: readonly LiveTopic[] = ['operator', 'session', 'token', 'settings']

/** Who listens: the operator, or the one of a token, with the grants of this moment. */
export type Listener = { operatorId: string; grants: readonly RoleGrant[] }

/** A topic of a newer version is none: processes of two versions may run side by side for a while. */
export const topicOf = ({ topic }: StoredChange): LiveTopic | undefined => LIVE_TOPICS.find((known) => known === topic)

export function mayBeTold({ operatorId, grants }: Listener, change: StoredChange): boolean {
  const topic = topicOf(change)
  if (topic === undefined) return false
  const audience: Audience = TOPICS[topic]
  if (audience.to === 'operator') return change.detail === null || change.detail === operatorId
  return grants.some((grant) => (grant.customerId === null || grant.customerId === change.customerId) && roleMay(grant.role, audience.permission))
}

export const decidesRights = (change: StoredChange): boolean => DECIDES_RIGHTS.some((topic) => topic === change.topic)
