import {
  Archive,
  Bell,
  BellOff,
  BrickWallShield,
  Building2,
  FileSpreadsheet,
  GitCompareArrows,
  KeyRound,
  LayoutDashboard,
  Monitor,
  Plus,
  Router,
  ScrollText,
  Search,
  Send,
  Settings,
  Tag,
  Timer,
  User,
  Users,
  type LucideIcon,
} from 'lucide-react'
import { roleMay, type Permission, type Role } from '@/lib/auth/roles'

export type Destination = { title: string; href: string; icon: LucideIcon; kind: 'page' | 'act'; also?: string; needs?: Permission }

const DESTINATIONS: readonly Destination[] = [
  { title: 'Overview', href: '/', icon: LayoutDashboard, kind: 'page', also: 'home start' },
  { title: 'Firewalls', href: '/firewalls', icon: BrickWallShield, kind: 'page', also: 'fleet list' },
  { title: 'Search', href: '/search', icon: Search, kind: 'page', also: 'who has it find duplicate moved new devices' },
  { title: 'Rules of all firewalls', href: '/search/rules', icon: BrickWallShield, kind: 'page' },
  { title: 'Aliases of all firewalls', href: '/search/aliases', icon: Tag, kind: 'page' },
  { title: 'ARP and NDP of all firewalls', href: '/search/arp', icon: Router, kind: 'page', also: 'neighbours' },
  { title: 'Leases of all firewalls', href: '/search/leases', icon: Router, kind: 'page', also: 'dhcp' },
  { title: 'Backups', href: '/backups', icon: Archive, kind: 'page', also: 'configurations restore download', needs: 'backup:read' },
  { title: 'Drift', href: '/backups/drift', icon: GitCompareArrows, kind: 'page', also: 'backups changed configurations accept diff', needs: 'backup:read' },
  { title: 'Alerts', href: '/alerts', icon: Bell, kind: 'page', also: 'incidents trouble inbox acknowledge' },
  { title: 'Silences', href: '/alerts/silences', icon: BellOff, kind: 'page', also: 'mute maintenance quiet' },
  { title: 'Customers', href: '/customers', icon: Building2, kind: 'page', also: 'sites' },
  { title: 'Audit', href: '/audit', icon: ScrollText, kind: 'page', also: 'log who did what' },
  { title: 'Enrol a firewall', href: '/firewalls/new', icon: Plus, kind: 'act', also: 'add new', needs: 'firewall:manage' },
  { title: 'Enrol from a file', href: '/firewalls/import', icon: FileSpreadsheet, kind: 'act', also: 'csv import many', needs: 'firewall:manage' },
  { title: 'Your account', href: '/settings/account', icon: User, kind: 'page', also: 'settings password second factor' },
  { title: 'Your sessions', href: '/settings/sessions', icon: Monitor, kind: 'page', also: 'settings' },
  { title: 'API tokens', href: '/settings/tokens', icon: KeyRound, kind: 'page', also: 'settings' },
  { title: 'Operators', href: '/settings/operators', icon: Users, kind: 'page', also: 'settings invite team people', needs: 'operator:manage' },
  { title: 'Alert rules', href: '/settings/alert-rules', icon: Bell, kind: 'page', also: 'settings thresholds severity', needs: 'alert:manage' },
  { title: 'Channels', href: '/settings/channels', icon: Send, kind: 'page', also: 'settings e-mail mail webhook slack teams ntfy notify', needs: 'channel:manage' },
  { title: 'Add a channel', href: '/settings/channels/new', icon: Plus, kind: 'act', also: 'notify mail webhook', needs: 'channel:manage' },
  { title: 'Visits', href: '/settings/visits', icon: Timer, kind: 'page', also: 'settings intervals polling', needs: 'installation:manage' },
  { title: 'Security', href: '/settings/security', icon: KeyRound, kind: 'page', also: 'settings', needs: 'installation:manage' },
  { title: 'Audit log settings', href: '/settings/audit-log', icon: ScrollText, kind: 'page', needs: 'installation:manage' },
  { title: 'Audit copies', href: '/settings/audit-copies', icon: ScrollText, kind: 'page', also: 'settings syslog siem file export', needs: 'installation:manage' },
  { title: 'Installation', href: '/settings/installation', icon: Settings, kind: 'page', also: 'settings', needs: 'installation:manage' },
]

/** Pages and acts that this role may open. */
export const destinationsFor = (role: Role): Destination[] => DESTINATIONS.filter(({ needs }) => needs === undefined || roleMay(role, needs))
