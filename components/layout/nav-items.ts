import { BrickWallShield, Building2, ScrollText, Settings, type LucideIcon } from 'lucide-react'

export const NAV_ITEMS = [
  { href: '/firewalls', label: 'Firewalls', icon: BrickWallShield },
  { href: '/customers', label: 'Customers', icon: Building2 },
  { href: '/audit', label: 'Audit', icon: ScrollText },
  { href: '/settings', label: 'Settings', icon: Settings },
] as const satisfies readonly { href: string; label: string; icon: LucideIcon }[]

/** Whether a page lies at or below an entry of the navigation. */
export const isWithin = (path: string, href: string): boolean => path === href || path.startsWith(`${href}/`)
