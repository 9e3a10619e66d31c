import 'server-only'
import { READINGS, type ReadKind, type Readings } from '@/lib/adapters/model'
import { storedBodies } from '@/lib/db/visits-sql'

const DISK_PERCENT_MAX = 90
const KINDS = ['gateways', 'status', 'services'] as const satisfies readonly ReadKind[]
type Known = { [K in (typeof KINDS)[number]]: Readings[K] | undefined }

/** Works, will break: the first reason that a person would want to hear. */
function firstReason({ gateways, status, services }: Known): string | null {
  const down = gateways?.items.filter((gateway) => gateway.state === 'offline') ?? []
  if (down[0]) return down.length === 1 ? `${down[0].name} is down` : `${down.length} gateways are down`
  const lossy = gateways?.items.find((gateway) => gateway.state === 'degraded')
  if (lossy) return lossy.lossPercent ? `${lossy.name} loses ${Math.round(lossy.lossPercent)} %` : `${lossy.name}: ${lossy.reason ?? 'degraded'}`
  if (status?.diskPercent && status.diskPercent >= DISK_PERCENT_MAX) return `disk ${Math.round(status.diskPercent)} % full`
  const notice = status?.notices.find(({ severity }) => severity === 'error')
  if (notice) return notice.title
  const stopped = services?.items.filter((service) => service.running === false && service.enabled === true) ?? []
  return stopped[0] ? (stopped.length === 1 ? `${stopped[0].name} is stopped` : `${stopped.length} services are stopped`) : null
}

/** Why a firewall that answers is degraded, null when it is not. What this visit did not read is as it was read last. */
export async function degradedReason(firewallId: string, read: Partial<Readings>): Promise<string | null> {
  const missing = KINDS.filter((kind) => read[kind] === undefined)
  const stored = missing.length === 0 ? new Map<string, unknown>() : await storedBodies(firewallId, missing)
  return firstReason({
    gateways: read.gateways ?? READINGS.gateways.safeParse(stored.get('gateways')).data,
    status: read.status ?? READINGS.status.safeParse(stored.get('status')).data,
    services: read.services ?? READINGS.services.safeParse(stored.get('services')).data,
  })
}
