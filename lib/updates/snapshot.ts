import 'server-only'
import { z } from 'zod'
import type { FirewallAdapter } from '@/lib/adapters/adapter'
import type { Fact, FirmwareFacts } from '@/lib/adapters/firmware-port'
import type { ReadKind, Readings } from '@/lib/adapters/model'
import { AppError, type ErrorCode } from '@/lib/core/errors'

const named = z.array(z.object({ name: z.string(), state: z.string(), well: z.boolean() }))
/** A part that was read with its source, or why it could not be. */
const part = <T extends z.ZodType>(value: T) => z.union([z.object({ known: z.literal(true), value, source: z.string() }), z.object({ known: z.literal(false), reason: z.string() })])

/** How a firewall stood: stored before an update and after it, and compared in judge.ts. */
export const snapshot = z.object({
  version: part(z.string()),
  bootedAt: part(z.string()),
  rulesLoaded: part(z.boolean()),
  gateways: part(named),
  services: part(named),
  interfaces: part(named),
  tunnels: part(named),
  carp: part(named),
})
export type Snapshot = z.infer<typeof snapshot>
type Named = z.infer<typeof named>

/** Stored by us; null when nothing was, or by another version. */
export function storedSnapshot(stored: unknown): Snapshot | null {
  const parsed = snapshot.safeParse(stored)
  return parsed.success ? parsed.data : null
}

/** A firewall that answers and has not, or may not show, this one reading. */
const GAPS: readonly ErrorCode[] = ['firewall-privilege-missing', 'firewall-not-reported', 'firewall-command-permission-needed', 'firewall-read-only', 'firewall-reply-not-understood', 'firewall-reply-too-large']

async function readPart<K extends ReadKind>(adapter: FirewallAdapter, kind: K, signal: AbortSignal, map: (reading: Readings[K]) => Named): Promise<Fact<Named>> {
  try {
    return { known: true, value: map(await adapter.reads[kind](signal)), source: SOURCES[kind] ?? kind }
  } catch (error) {
    if (error instanceof AppError && GAPS.includes(error.code)) return { known: false, reason: error.message }
    throw error
  }
}
const SOURCES: Partial<Record<ReadKind, string>> = { gateways: 'Reading of gateways', services: 'Reading of services', interfaces: 'Reading of interfaces', vpn: 'Reading of VPN', carp: 'Reading of CARP' }

/** Tunnels that stand by themselves; a person's connection, or a peer on the road, comes and goes as it likes. */
const isSteady = ({ role, user }: Readings['vpn']['items'][number]) => user === null && role !== 'peer'

/**
 * Reads all that an update must not make worse, one after the other. Throws what says that the firewall does not answer; what it
 * only does not report is a gap.
 */
export async function takeSnapshot(adapter: FirewallAdapter, facts: FirmwareFacts, signal: AbortSignal): Promise<Snapshot> {
  return {
    version: facts.version,
    bootedAt: facts.bootedAt,
    rulesLoaded: facts.rulesLoaded,
    gateways: await readPart(adapter, 'gateways', signal, ({ items }) => items.map(({ name, state }) => ({ name, state, well: state === 'online' || state === 'degraded' }))),
    services: await readPart(adapter, 'services', signal, ({ items }) => items.filter(({ running }) => running !== null).map(({ name, running }) => ({ name, state: running === true ? 'running' : 'stopped', well: running === true }))),
    interfaces: await readPart(adapter, 'interfaces', signal, ({ items }) => items.map(({ id, description, state }) => ({ name: description || id, state, well: state === 'up' }))),
    tunnels: await readPart(adapter, 'vpn', signal, ({ items }) => items.filter(isSteady).map(({ name, kind, state }) => ({ name: `${kind} ${name}`, state, well: state === 'up' }))),
    carp: await readPart(adapter, 'carp', signal, ({ items }) => items.map(({ interface: place, vhid, state }) => ({ name: `${place} ${vhid ?? '?'}`, state, well: state === 'master' || state === 'backup' }))),
  }
}
