'use client'
import { useQuery } from '@tanstack/react-query'
import { ArrowUp, ChevronsUp, TriangleAlert, type LucideIcon } from 'lucide-react'
import { LinkTabs, type TabItem } from '@/components/ui/tabs'
import type { FirmwareStateName } from '@/lib/adapters/model'
import type { FirewallDetail } from '@/lib/firewalls/dto'
import { formatCount } from '@/lib/format/numbers'
import { firewallQueries } from '@/lib/queries/firewalls'

const FIRMWARE_ICONS: Partial<Record<FirmwareStateName, LucideIcon>> = {
  offered: ArrowUp,
  'major-offered': ChevronsUp,
  'reboot-pending': TriangleAlert,
  'check-failed': TriangleAlert,
}

const figure = (count: number | null | undefined): string | null => (count === null || count === undefined ? null : formatCount(count))

function tabsOf({ id, counts, firmware, rawReads }: FirewallDetail, hasPackage: boolean): TabItem[] {
  const at = (tab: string): string => `/firewalls/${id}${tab}`
  const tabs: (TabItem & { shown?: boolean })[] = [
    { href: at(''), label: 'Overview' },
    { href: at('/history'), label: 'History' },
    { href: at('/rules'), label: 'Rules', count: figure(counts.rules) },
    { href: at('/nat'), label: 'NAT', count: figure(counts.nat) },
    { href: at('/aliases'), label: 'Aliases', count: figure(counts.aliases) },
    { href: at('/neighbours'), label: 'ARP and leases', count: figure(counts.arp) },
    { href: at('/gateways'), label: 'Gateways', count: figure(counts.gateways) },
    { href: at('/interfaces'), label: 'Interfaces', count: figure(counts.interfaces) },
    { href: at('/carp'), label: 'CARP', count: figure(counts.carp) },
    { href: at('/vpn'), label: 'VPN', count: figure(counts.vpn) },
    { href: at('/services'), label: 'Services', count: figure(counts.services) },
    { href: at('/firmware'), label: 'Firmware', icon: FIRMWARE_ICONS[firmware.state] },
    { href: at('/backups'), label: 'Backups' },
    { href: at('/package'), label: 'API package', shown: hasPackage },
    { href: at('/changes'), label: 'Changes' },
    { href: at('/raw'), label: 'Raw', shown: rawReads.length > 0 },
    { href: at('/settings'), label: 'Settings' },
    { href: at('/audit'), label: 'Audit' },
  ]
  return tabs.filter(({ shown }) => shown !== false).map(({ shown: _shown, ...tab }) => tab)
}

/** Pages of one firewall with how many rows each holds; nothing where it was never read. */
export function FirewallTabs({ firewall }: { firewall: FirewallDetail }) {
  const { data } = useQuery(firewallQueries.reading('posture', firewall.id))
  return (
    <LinkTabs
      label="Pages of this firewall"
      items={tabsOf(firewall, firewall.state === 'api-package-missing' || (data?.value?.packageCommands ?? null) !== null)}
    />
  )
}
