import type { Carp, Readings } from '@/lib/adapters/model'
import type { VisitColumns } from '@/lib/db/visits-sql'

const share = (part: number | null, whole: number | null): number | null => (part === null || whole === null || whole <= 0 ? null : (part / whole) * 100)
const dateOf = (text: string | null): Date | null => (text === null || Number.isNaN(Date.parse(text)) ? null : new Date(text))

/** What it is to its peer over all shared addresses; null where none is in force. */
function haRoleOf({ items, enabled }: Carp): string | null {
  const states = new Set(items.map(({ state }) => state).filter((state) => state === 'master' || state === 'backup'))
  if (enabled === false || states.size === 0) return null
  return states.size > 1 ? 'mixed' : ([...states][0] ?? null)
}

function ofStatus({ hostname, version, bootedAt, cpuPercent, memoryPercent, diskPercent, statesCurrent, statesLimit }: Readings['status']): VisitColumns {
  // A family that does not say its version here says it in the firmware reading, which may not be part of this visit.
  return { hostname, ...(version !== null && { version }), bootedAt: dateOf(bootedAt), cpuPercent, memoryPercent, diskPercent, statesPercent: share(statesCurrent, statesLimit) }
}

function ofFirmware({ installedVersion, state, offeredVersion, majorVersion, packages, downloadBytes, rebootRequired, checkedAt }: Readings['firmware']): VisitColumns {
  return {
    ...(installedVersion !== null && { version: installedVersion }),
    firmwareState: state,
    offeredVersion,
    majorVersion,
    packageCount: packages?.length ?? null,
    downloadBytes: downloadBytes === null ? null : Math.round(downloadBytes),
    rebootRequired,
    firmwareCheckedAt: dateOf(checkedAt),
  }
}

function ofGateways({ items }: Readings['gateways']): VisitColumns {
  const count = (...states: string[]) => items.filter(({ state }) => states.includes(state)).length
  return { gatewaysTotal: items.length, gatewaysUp: count('online', 'degraded', 'not-monitored'), gatewaysDown: count('offline'), gatewaysDegraded: count('degraded') }
}

/** Stale is a peer that has nothing to say, as a notebook that is off; only what the firewall calls down is down. */
const ofVpn = ({ items }: Readings['vpn']): VisitColumns => ({ tunnelsUp: items.filter(({ state }) => state === 'up').length, tunnelsDown: items.filter(({ state }) => state === 'down').length })

/** Columns of the fleet table that readings bring; those of kinds that were not read are absent. */
export function columnsOf({ status, firmware, gateways, carp, vpn }: Partial<Readings>): VisitColumns {
  return {
    ...(status && ofStatus(status)),
    ...(firmware && ofFirmware(firmware)),
    ...(gateways && ofGateways(gateways)),
    ...(carp && { haRole: haRoleOf(carp) }),
    ...(vpn && ofVpn(vpn)),
  }
}
