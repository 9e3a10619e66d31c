import 'server-only'
import { createHash } from 'node:crypto'
import type { UpdateKind } from '@/lib/adapters/model'
import { canonicalJson } from '@/lib/core/canonical-json'
import type { ApprovedOffer } from '@/lib/updates/dto'

const sha256 = (value: unknown) => createHash('sha256').update(canonicalJson(value)).digest('hex')
const byName = (a: { name: string; change: string }, b: { name: string; change: string }) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.change < b.change ? -1 : a.change > b.change ? 1 : 0)

/**
 * SHA-256, in hex, over what an update would install: the version, whether it restarts, and each package with what becomes of it
 * where the family reports packages. Sizes, mirrors and the order of the list do not count. A new series is its version alone: it
 * always restarts, and its packages are told only once no minor update hides it. Preflight hashes what the firewall says then with
 * the same function, so that anything else than what was approved is held.
 */
export function offerHash(kind: UpdateKind, offer: Pick<ApprovedOffer, 'version' | 'packages' | 'rebootRequired'>): string {
  if (kind === 'reboot') return sha256({ kind })
  if (kind === 'major') return sha256({ kind, version: offer.version })
  const packages = offer.packages?.toSorted(byName).map(({ name, change, from, to }) => ({ name, change, from, to })) ?? null
  return sha256({ kind, version: offer.version, rebootRequired: offer.rebootRequired, packages })
}

/** SHA-256 over who installs what in which ring: what an approval is of. In any order. */
export const setHash = (entries: readonly { firewallId: string; position: number; offerHash: string }[], plan: unknown): string =>
  sha256({ plan, entries: entries.map(({ firewallId, position, offerHash: hash }) => `${firewallId} ${position} ${hash}`).sort() })
