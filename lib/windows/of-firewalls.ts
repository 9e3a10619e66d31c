import 'server-only'
import { db, type Tx } from '@/lib/db/client'
import type { BlackoutDays, WindowTimes } from './occurrences'

/** What decides when something may start on a firewall. */
export type FirewallWindows = {
  /** Whose windows count: the narrowest that there are. Null: it has none, and nothing starts by itself. */
  level: 'firewall' | 'site' | 'customer' | null
  windows: readonly WindowTimes[]
  blackouts: readonly BlackoutDays[]
}

const times = { id: true, timeZone: true, weekdays: true, dates: true, earliestStart: true, latestStart: true, hardEnd: true, enabled: true } as const
const place = { customerId: true, siteId: true } as const

/**
 * The windows and blackouts of many firewalls, by their ids, in three statements. A window that is switched off does not count,
 * and neither does one of a customer whose the firewall no longer is. An unknown id is not in the answer.
 */
export async function windowsOf(firewallIds: readonly string[], tx: Tx = db()): Promise<Map<string, FirewallWindows>> {
  const firewalls = await tx.firewall.findMany({ where: { id: { in: [...firewallIds] } }, select: { id: true, ...place } })
  const customerIds = [...new Set(firewalls.map(({ customerId }) => customerId))]
  const [windows, blackouts] = await Promise.all([
    tx.maintenanceWindow.findMany({ where: { customerId: { in: customerIds }, enabled: true }, select: { ...times, ...place, firewallId: true }, orderBy: { id: 'asc' } }),
    tx.blackout.findMany({ where: { OR: [{ customerId: { in: customerIds } }, { customerId: null }] }, select: { name: true, firstDay: true, lastDay: true, ...place }, orderBy: [{ firstDay: 'asc' }, { id: 'asc' }] }),
  ])
  const ofCustomer = new Map(customerIds.map((id) => [id, windows.filter(({ customerId }) => customerId === id)]))
  return new Map(
    firewalls.map(({ id, customerId, siteId }) => {
      const all = ofCustomer.get(customerId) ?? []
      const own = all.filter(({ firewallId }) => firewallId === id)
      const ofSite = all.filter((window) => window.firewallId === null && window.siteId !== null && window.siteId === siteId)
      const broad = all.filter((window) => window.firewallId === null && window.siteId === null)
      const level = own.length > 0 ? 'firewall' : ofSite.length > 0 ? 'site' : broad.length > 0 ? 'customer' : null
      const holding = blackouts.filter((blackout) => (blackout.customerId === null || blackout.customerId === customerId) && (blackout.siteId === null || blackout.siteId === siteId))
      return [id, { level, windows: level === 'firewall' ? own : level === 'site' ? ofSite : broad, blackouts: holding }]
    }),
  )
}
