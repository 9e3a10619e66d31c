'use client'
import { LinkTabs, type TabItem } from '@/components/ui/tabs'
import { roleMay, type Permission, type Role } from '@/lib/auth/roles'

/** One's own pages first; the others for who may open them. */
const TABS: readonly (TabItem & { needs?: Permission })[] = [
  { href: '/settings/account', label: 'Account' },
  { href: '/settings/sessions', label: 'Sessions' },
  { href: '/settings/tokens', label: 'Tokens' },
  { href: '/settings/operators', label: 'Operators', needs: 'operator:manage', within: true },
  { href: '/settings/alert-rules', label: 'Alert rules', needs: 'alert:manage' },
  { href: '/settings/channels', label: 'Channels', needs: 'channel:manage', within: true },
  { href: '/settings/visits', label: 'Visits', needs: 'installation:manage' },
  { href: '/settings/security', label: 'Security', needs: 'installation:manage' },
  { href: '/settings/audit-log', label: 'Audit log', needs: 'installation:manage' },
  { href: '/settings/audit-copies', label: 'Audit copies', needs: 'installation:manage' },
  { href: '/settings/brand', label: 'Brand', needs: 'installation:manage' },
  { href: '/settings/installation', label: 'Installation', needs: 'installation:manage' },
]

export function SettingsTabs({ role }: { role: Role }) {
  const items = TABS.filter(({ needs }) => needs === undefined || roleMay(role, needs)).map(({ needs: _needs, ...tab }) => tab)
  return <LinkTabs label="Settings" items={items} />
}
