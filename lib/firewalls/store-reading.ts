import 'server-only'
import { firmware, type Firmware, type Readings, type ReadKind } from '@/lib/adapters/model'
import { db } from '@/lib/db/client'
import { STATE_RULES, STATES_THAT_STAY, type FirewallState } from './states'

const DISK_PERCENT_MAX = 90

/**
 * A family that cannot say without a command whether updates exist keeps what the last check said about this version.
 * Returns the fields to keep; none when the reading knows for itself.
 */
async function lastCheck(firewallId: string, reading: unknown): Promise<Partial<Firmware>> {
  const now = firmware.parse(reading)
  if (now.state !== 'not-reported' || now.checkedAt !== null) return {}
  const row = await db().reading.findUnique({ where: { firewallId_kind: { firewallId, kind: 'firmware' } }, select: { body: true } })
  const before = firmware.safeParse(row?.body)
  return before.success && before.data.checkedAt !== null && before.data.installedVersion === now.installedVersion ? before.data : {}
}

/** What is stored of a reading: itself, but firmware may keep its last check. */
export async function keepingCheck<K extends ReadKind>(firewallId: string, kind: K, reading: Readings[K]): Promise<Readings[K]> {
  return kind === 'firmware' ? { ...reading, ...(await lastCheck(firewallId, reading)) } : reading
}

/** Columns of the fleet table that a reading brings; nothing for kinds it does not show. */
function columnsOf(read: Partial<Readings>) {
  const { status, firmware, gateways } = read
  return {
    ...(status && { hostname: status.hostname, version: status.version ?? firmware?.installedVersion ?? null }),
    ...(firmware && {
      ...(firmware.installedVersion !== null && { version: firmware.installedVersion }),
      firmwareState: firmware.state,
      offeredVersion: firmware.offeredVersion,
      majorVersion: firmware.majorVersion,
      packageCount: firmware.packages?.length ?? null,
      downloadBytes: firmware.downloadBytes === null ? null : BigInt(Math.round(firmware.downloadBytes)),
      rebootRequired: firmware.rebootRequired,
      firmwareCheckedAt: firmware.checkedAt === null ? null : new Date(firmware.checkedAt),
    }),
    ...(gateways && { gatewaysTotal: gateways.items.length, gatewaysUp: gateways.items.filter((gateway) => gateway.state === 'online' || gateway.state === 'degraded' || gateway.state === 'not-monitored').length }),
  }
}

/** Works, will break: the first reason that a person would want to hear. */
function degradedReason({ gateways, status, services }: Partial<Readings>): string | null {
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

/**
 * After readings by a visit or a refresh: columns, state and time of the visit in one statement. Where calls were stopped or
 * visits were paused meanwhile, nothing: another call may have been refused while this one was under way.
 */
export async function storeVisit(firewallId: string, read: Partial<Readings>, problem: { code: string; message: string; nextStep: string | null } | null, now: Date, isPaused: boolean): Promise<void> {
  const reason = degradedReason(read)
  const state: FirewallState = isPaused ? 'paused' : reason === null ? 'reachable' : 'degraded'
  await db().firewall.updateMany({
    where: { id: firewallId, certificateSeenAt: null, pausedAt: isPaused ? { not: null } : null, state: { notIn: [...STATES_THAT_STAY] } },
    data: {
      ...columnsOf(read),
      // Whatever answered proves that the firewall is there, also when the status itself may not be read.
      state,
      stateRank: STATE_RULES[state].rank,
      ...(isPaused ? {} : { stateReason: reason }),
      visitedAt: now,
      lastErrorCode: problem?.code ?? null,
      lastErrorMessage: problem?.message ?? null,
      lastErrorNextStep: problem?.nextStep ?? null,
      lastErrorAt: problem ? now : null,
    },
  })
}

/** After one fresh reading: only the columns that it brings. */
export async function storeColumns(firewallId: string, read: Partial<Readings>): Promise<void> {
  const data = columnsOf(read)
  if (Object.keys(data).length > 0) await db().firewall.updateMany({ where: { id: firewallId }, data })
}
