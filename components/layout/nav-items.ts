import { BrickWallShield, Building2, LayoutDashboard, ScrollText, Search, Settings, type LucideIcon } from 'lucide-react'

type NavItem = { href: string; label: string; icon: LucideIcon }

/** What people open all day; on a phone these stand in the bar at the bottom, the others behind its last place. */
export const FIRST_ITEMS = [
  { href: '/', label: 'Overview', icon: LayoutDashboard },
  { href: '/firewalls', label: 'Firewalls', icon: BrickWallShield },
  { href: '/search', label: 'Search', icon: Search },
  { href: '/customers', label: 'Customers', icon: Building2 },
] as const satisfies readonly NavItem[]
export const MORE_ITEMS = [
  { href: '/audit', label: 'Audit', icon: ScrollText },
  { href: '/settings', label: 'Settings', icon: Settings },
] as const satisfies readonly NavItem[]
export const NAV_ITEMS: readonly NavItem[] = [...FIRST_ITEMS, ...MORE_ITEMS]

/** Whether a page lies at or below an entry of the navigation. */
export const isWithin = (path: string, href: string): boolean => path === href || (href !== '/' && path.startsWith(`${href}/`))
