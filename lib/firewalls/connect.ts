import 'server-only'
import type { FirewallAdapter, FamilyMemory } from '@/lib/adapters/adapter'
import { familyModule, isFamily } from '@/lib/adapters/registry'
import type { Actor } from '@/lib/auth/actor'
import { authorise, authoriseScope, notFound } from '@/lib/auth/authorise'
import type { Permission } from '@/lib/auth/roles'
import { AppError, firewallError } from '@/lib/core/errors'
import { environment } from '@/lib/core/env'
import { findConnection, rememberFact, type ConnectionRow } from '@/lib/db/sql'
import { parseNetworks } from '@/lib/outbound/address-policy'
import type { FirstReply } from '@/lib/outbound/first-reply'
import type { Authentications, Gate } from '@/lib/outbound/limits'
import { openTransport, type Trust } from '@/lib/outbound/send'
import type { Transport } from '@/lib/outbound/transport'
import { databaseGate } from './gate'
import { noteRejectedCredential } from './note-failure'
import { storedTokens } from './tokens'
import { noteFailure } from './tries'
import { openCredential } from './vault'

/** A stored firewall within the actor's scope; throws not-found outside it, forbidden without the permission. */
export async function findCallable(actor: Actor, id: string, permission: Permission): Promise<ConnectionRow> {
  const scope = authoriseScope(actor, 'firewall:read')
  const row = await findConnection(id, scope.customerIds)
  if (!row) throw notFound()
  authorise(actor, permission, { customerId: row.customerId })
  return row
}

export const allowedNetworks = () => parseNetworks(environment().PALISADE_ALLOWED_NETWORKS)

export function trustOf(row: Pick<ConnectionRow, 'trustMode' | 'pinSha256' | 'pinSpkiSha256'>): Trust {
  if (row.trustMode === 'public-ca') return { mode: 'public-ca' }
  if (row.trustMode === 'plain-http') return { mode: 'plain-http' }
  if (row.pinSha256 === null) throw new AppError('internal', 'The firewall has no pinned certificate.')
  return { mode: 'pin', sha256: row.pinSha256, spkiSha256: row.pinSpkiSha256 }
}

/** Throws when a person has to decide first: another certificate, a rejected credential, none stored. Sends nothing. */
export function requireCallable(row: ConnectionRow): void {
  if (row.certificateSeenAt) throw firewallError('firewall-certificate-changed')
  if (row.credentialSealed === null) throw firewallError('firewall-calls-stopped', { message: 'No credential is stored for this firewall.', details: { nextStep: 'Enter one in the settings of the firewall.' } })
  if (row.rejectedAt) throw firewallError('firewall-credential-rejected', { details: { nextStep: 'Palisade does not try it again. Enter a new credential in the settings of the firewall.' } })
}

function memoryOf(row: ConnectionRow): FamilyMemory {
  const facts = new Map(Object.entries(typeof row.memory === 'object' && row.memory !== null ? row.memory : {}))
  return {
    get: (name) => {
      const value: unknown = facts.get(name)
      return Promise.resolve(typeof value === 'string' ? value : null)
    },
    set: async (name, value) => {
      if (facts.get(name) === value) return
      facts.set(name, value)
      await rememberFact(row.id, name, value)
    },
  }
}

/** The first 401 stops all automation for this firewall (decision 11); a visit makes it once; a reading that a person asked for beside it may add a second. */
function authenticationsOf(row: ConnectionRow, whileStarting: boolean): Authentications {
  return {
    beforeSend: () => Promise.resolve(),
    succeeded: () => Promise.resolve(),
    failed: async () => {
      await noteFailure(row.origin, new Date())
      if (!whileStarting) await noteRejectedCredential(row)
    },
  }
}

/** `gate` unless told asks the database for each request. */
type Way = {
  /** Whose connections; the firewall's own unless told. */
  key?: string
  gate?: Gate
  onFirstReply?: (seen: FirstReply) => void
  /** It restarts after an update, when a 401 may pass: counted as a try, and no reason to stop all calls (decision 30). */
  whileStarting?: boolean
  /** The clock that the family counts by; this machine's unless told, as in simulated time. */
  now?: () => Date
}

export function transportTo(row: ConnectionRow, { key = row.id, gate = databaseGate(row.origin), onFirstReply, whileStarting = false }: Way = {}): Transport {
  return openTransport({ firewallKey: key, origin: row.origin, trust: trustOf(row), allowedNetworks: allowedNetworks(), gate, authentications: authenticationsOf(row, whileStarting), ...(onFirstReply && { onFirstReply }) })
}

/** Opens the stored credential and gives an adapter that speaks with this firewall. The only caller of the vault for calls. */
export async function connectTo(row: ConnectionRow, signal: AbortSignal, way: Way = {}): Promise<FirewallAdapter> {
  requireCallable(row)
  if (!isFamily(row.family) || row.credentialSealed === null) throw new AppError('internal', 'The firewall has no known family.')
  return familyModule(row.family).connect({
    transport: transportTo(row, way),
    credential: await openCredential(row.credentialSealed, row.id, row.origin),
    memory: memoryOf(row),
    tokens: storedTokens(row.id, row.origin, signal),
    commandsAllowed: row.commandsAllowed,
    updateByEndpoint: row.updateByEndpoint,
    now: way.now ?? (() => new Date()),
  })
}
