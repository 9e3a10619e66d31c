import { Archive, Bell, BrickWallShield, Building2, CircleArrowUp, FileText, LayoutDashboard, ScrollText, Search, Settings, type LucideIcon } from 'lucide-react'

/**
 * `first`: what people open all day; on a phone these stand in the bar at the bottom, the others behind its last place. `area`:
 * beginning of the pages that belong to it, where that is not its own address. `pages` stand below it while there is room.
 */
type NavItem = { href: string; label: string; icon: LucideIcon; first?: true; area?: string; pages?: readonly { href: string; label: string }[] }

export const NAV_ITEMS: readonly NavItem[] = [
  { href: '/', label: 'Overview', icon: LayoutDashboard, first: true },
  { href: '/firewalls', label: 'Firewalls', icon: BrickWallShield, first: true },
  {
    href: '/firmware/plans',
    label: 'Firmware',
    icon: CircleArrowUp,
    area: '/firmware',
    pages: [
      { href: '/firmware/plans', label: 'Plans' },
      { href: '/firmware/calendar', label: 'Calendar' },
      { href: '/firmware/versions', label: 'Versions' },
    ],
  },
  { href: '/search', label: 'Search', icon: Search, first: true },
  { href: '/backups', label: 'Backups', icon: Archive },
  { href: '/alerts', label: 'Alerts', icon: Bell, first: true },
  { href: '/customers', label: 'Customers', icon: Building2 },
  { href: '/reports', label: 'Reports', icon: FileText },
  { href: '/audit', label: 'Audit', icon: ScrollText },
  { href: '/settings', label: 'Settings', icon: Settings },
]
export const FIRST_ITEMS = NAV_ITEMS.filter(({ first }) => first === true)
export const MORE_ITEMS = NAV_ITEMS.filter(({ first }) => first !== true)

/** Whether a page lies at or below an entry of the navigation. */
export const isWithin = (path: string, href: string): boolean => path === href || (href !== '/' && path.startsWith(`${href}/`))
