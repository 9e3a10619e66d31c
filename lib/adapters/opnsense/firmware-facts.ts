// What is looked at before and after an update (contract sections 2 and 3): each part by itself, so that a missing privilege
// costs that part alone.
import type { Fact, FirmwareFacts } from '@/lib/adapters/firmware-port'
import type { Session } from './call'
import { toBytes, toInstant, toUptimeSeconds } from './map-text'
import { ENDPOINTS, type Endpoint } from './read-endpoints'
import { part, type Part } from './read-parts'
import { versionOfProductLine } from './read-version'
import { firmwareRunning, packetFilterInformation, systemDisk, systemInformation, systemStatus, systemTime } from './replies'
import type { z } from 'zod'

const PENDING = 'This API does not tell whether changes were saved and not applied.'
const NO_PACKAGE = 'The API of this family is part of the system and has no package.'
const NOT_TOLD = 'The firewall did not tell it.'

const unknown = (reason: string) => ({ known: false, reason }) as const
const sourceOf = (endpoint: Endpoint): string => endpoint.path.replace('/api/', '')

/** `read` gives null for what the reply does not hold. */
function fact<T, R>(read: Part<T>, endpoint: Endpoint, take: (value: T) => R | null): Fact<R> {
  if (read.gap !== null) return unknown(read.gap.reason)
  const value = take(read.value)
  return value === null ? unknown(NOT_TOLD) : { known: true, value, source: sourceOf(endpoint) }
}

export async function readFacts(session: Session, signal: AbortSignal): Promise<FirmwareFacts> {
  const ask = <T>(name: string, endpoint: Endpoint, reply: z.ZodType<T>) => part(name, session.ask({ endpoint, reply, signal }))
  // Two at a time is the contract's limit per firewall (section 13, item 19).
  const [information, time] = await Promise.all([
    ask('Version', ENDPOINTS.systemInformation, systemInformation),
    ask('Start', ENDPOINTS.systemTime, systemTime),
  ])
  const [disk, status] = await Promise.all([ask('Disks', ENDPOINTS.systemDisk, systemDisk), ask('Health notices', ENDPOINTS.systemStatus, systemStatus)])
  const [packetFilter, running] = await Promise.all([
    ask('Packet filter', ENDPOINTS.packetFilterInformation, packetFilterInformation),
    ask('Firmware job', ENDPOINTS.firmwareRunning, firmwareRunning),
  ])
  const root = (devices: z.infer<typeof systemDisk>['devices']) => devices.find((device) => device.mountpoint === '/')
  return {
    version: fact(information, ENDPOINTS.systemInformation, ({ versions }) => versionOfProductLine(versions[0] ?? '')),
    bootedAt: fact(time, ENDPOINTS.systemTime, ({ uptime }) => bootedAt(uptime, session.now())),
    diskFreeBytes: fact(disk, ENDPOINTS.systemDisk, ({ devices }) => toBytes(root(devices)?.available ?? '')),
    diskUsedPercent: fact(disk, ENDPOINTS.systemDisk, ({ devices }) => root(devices)?.used_pct ?? null),
    rulesLoaded: rulesLoaded(status, packetFilter),
    updateRunning: fact(running, ENDPOINTS.firmwareRunning, (reply) => reply.status === 'busy'),
    // The lock of this family is held by the job itself and goes with it (launcher.sh, section 3.1).
    lockLeft: fact(running, ENDPOINTS.firmwareRunning, () => false),
    booting: fact(status, ENDPOINTS.systemStatus, (subsystems) => (subsystems['systembooting']?.statusCode ?? 2) < 2),
    pendingChanges: unknown(PENDING),
    apiPackageVersion: unknown(NO_PACKAGE),
    apiPackageKeepsSettings: unknown(NO_PACKAGE),
  }
}

/** The text of the boot time is in the firewall's zone; the uptime is not, and counts full seconds. */
function bootedAt(uptime: string, now: Date): string | null {
  const seconds = toUptimeSeconds(uptime)
  return seconds === null ? null : toInstant(Math.floor(now.getTime() / 1000) - seconds)
}

/** Both have to say so: the packet filter can run with the rules of before, or with none, while the new ones have an error. */
function rulesLoaded(status: Part<z.infer<typeof systemStatus>>, packetFilter: Part<z.infer<typeof packetFilterInformation>>): Fact<boolean> {
  const source = `${sourceOf(ENDPOINTS.systemStatus)} and ${sourceOf(ENDPOINTS.packetFilterInformation)}`
  // Up to 25.1.0 the names of the parts begin with a capital.
  const firewall = status.gap === null ? (status.value['firewall'] ?? status.value['Firewall']) : undefined
  if (firewall?.statusCode === -1) return { known: true, value: false, source: sourceOf(ENDPOINTS.systemStatus) }
  const isEnabled = packetFilter.gap === null && packetFilter.value.info.uptime.startsWith('Enabled')
  if (packetFilter.gap === null && !isEnabled) return { known: true, value: false, source: sourceOf(ENDPOINTS.packetFilterInformation) }
  const gap = status.gap ?? packetFilter.gap
  return gap === null ? { known: true, value: true, source } : unknown(gap.reason)
}
