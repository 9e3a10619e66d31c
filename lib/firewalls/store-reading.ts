import 'server-only'
import { createHash } from 'node:crypto'
import type { Firmware, Readings, ReadKind } from '@/lib/adapters/model'
import { canonicalJson } from '@/lib/core/canonical-json'
import { db, type Tx } from '@/lib/db/client'
import { saveReading } from '@/lib/db/sql'
import { STATE_RULES, type FirewallState } from './states'

const DISK_PERCENT_MAX = 90

/** A family that cannot say without a command whether updates exist keeps what the last check said about this version. */
function withLastCheck(firmware: Firmware, before: Firmware | null): Firmware {
  const knowsNothing = firmware.state === 'not-reported' && firmware.checkedAt === null
  if (!knowsNothing || !before || before.checkedAt === null || before.installedVersion !== firmware.installedVersion) return firmware
  return before
}

async function firmwareBefore(tx: Tx, firewallId: string): Promise<Firmware | null> {
  const row = await tx.reading.findUnique({ where: { firewallId_kind: { firewallId, kind: 'firmware' } }, select: { body: true } })
  // Our own row, written from the same type.
  return row ? (row.body as unknown as Firmware) : null
}

const itemCount = (reading: Readings[ReadKind]): number | null => ('items' in reading ? reading.items.length : null)

/** Stores one reading; unchanged, only its time moves. Returns what is stored now (firmware may keep its last check). */
export async function storeReading<K extends ReadKind>(tx: Tx, firewallId: string, kind: K, reading: Readings[K], observedAt: Date): Promise<Readings[K]> {
  let body: Readings[K] = reading
  if (kind === 'firmware') body = withLastCheck(reading as Firmware, await firmwareBefore(tx, firewallId)) as Readings[K]
  const digest = createHash('sha256').update(canonicalJson(body)).digest('hex')
  await saveReading(tx, { firewallId, kind, observedAt, digest, itemCount: itemCount(body), body: JSON.parse(JSON.stringify(body)) as object })
  return body
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

/** After readings by a visit or a refresh: columns, state and time of the visit in one statement. */
export async function storeVisit(firewallId: string, read: Partial<Readings>, problem: { code: string; message: string; nextStep: string | null } | null, now: Date, isPaused: boolean): Promise<void> {
  const reason = degradedReason(read)
  const state: FirewallState = isPaused ? 'paused' : reason === null ? 'reachable' : 'degraded'
  await db().firewall.updateMany({
    where: { id: firewallId, certificateSeenAt: null },
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
