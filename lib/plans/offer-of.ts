import 'server-only'
import { z } from 'zod'
import { firmwarePackage, type Firmware, type UpdateKind } from '@/lib/adapters/model'
import { familyModule, isFamily } from '@/lib/adapters/registry'
import type { PlanFirewallRow } from '@/lib/db/plans-sql'
import type { ApprovedOffer } from '@/lib/updates/dto'
import { offerHash } from './offer-hash'

type Packages = ApprovedOffer['packages']
export type StoredOffer = { offer: ApprovedOffer; hash: string }
type Offered = Pick<PlanFirewallRow, 'family' | 'firmwareState' | 'offeredVersion' | 'majorVersion' | 'downloadBytes' | 'rebootRequired' | 'packages'>

const packageList = z.array(firmwarePackage)
const NOTHING: ApprovedOffer = { version: null, packages: null, downloadBytes: null, rebootRequired: true }

/** Many firewalls are offered the same packages: each list is read and hashed once. */
export function packageReader(): (text: string | null) => Packages {
  const read = new Map<string, Packages>()
  return (text) => {
    if (text === null) return null
    const known = read.get(text)
    if (known !== undefined) return known
    const packages = packageList.safeParse(JSON.parse(text)).data ?? null
    read.set(text, packages)
    return packages
  }
}

/**
 * Packages of the update itself. A family that does not report those still lists add-ons that have something newer of their own;
 * they are no part of what is approved, as they are none of what the firewall is asked for before its start.
 */
const packagesOf = ({ family, packages }: Offered): string | null => (isFamily(family) && familyModule(family).updateAbility.reportsPackages ? packages : null)

/** What the last stored check of a firewall offers, in the words of lib/adapters/firmware-port; null = nothing of this kind. */
export function storedOffer(row: Offered, kind: UpdateKind, packages: (text: string | null) => Packages): ApprovedOffer | null {
  const state = row.firmwareState
  if (kind === 'reboot') return NOTHING
  if (kind === 'minor') return state === 'offered' ? { version: row.offeredVersion, packages: packages(packagesOf(row)), downloadBytes: row.downloadBytes, rebootRequired: row.rebootRequired } : null
  if (row.majorVersion === null || (state !== 'offered' && state !== 'major-offered')) return null
  // While a minor update hides it, only the version is told; a new series always restarts.
  const isOpen = state === 'major-offered'
  return { version: row.majorVersion, packages: isOpen ? packages(packagesOf(row)) : null, downloadBytes: isOpen ? row.downloadBytes : null, rebootRequired: isOpen ? (row.rebootRequired ?? true) : true }
}

/** The same with its hash, worked out once for each list of packages. */
export function offerReader(kind: UpdateKind): (row: Offered) => StoredOffer | null {
  const packages = packageReader()
  const hashes = new Map<string, string>()
  return (row) => {
    const offer = storedOffer(row, kind, packages)
    if (!offer) return null
    const key = `${offer.version ?? ''}\n${String(offer.rebootRequired)}\n${kind === 'minor' ? (packagesOf(row) ?? '') : ''}`
    const hash = hashes.get(key) ?? offerHash(kind, offer)
    hashes.set(key, hash)
    return { offer, hash }
  }
}

const REASONS = {
  'up-to-date': 'The last check found nothing newer.',
  'never-checked': 'It never looked for updates. Let it check now.',
  'check-failed': 'Its last check for updates failed. Open it to see why, then let it check again.',
  'not-reported': 'It does not report whether there are updates.',
  'reboot-pending': 'An update is installed and waits for a restart.',
  offered: 'A minor update is on offer, and no new series.',
  'major-offered': 'Only a new series is on offer.',
} as const satisfies Record<Firmware['state'], string>
const WORDS = { 'up-to-date': 'Nothing on offer', 'never-checked': 'Never checked', 'check-failed': 'Last check failed', 'not-reported': 'Offers not reported', 'reboot-pending': 'Restart pending', offered: 'No new series on offer', 'major-offered': 'Only a new series' } as const satisfies Record<Firmware['state'], string>
const isState = (text: string): text is Firmware['state'] => Object.hasOwn(REASONS, text)

/** Why nothing is on offer, in a few words and as a sentence. */
export function whyNoOffer(firmwareState: string): { word: string; sentence: string } {
  const state = isState(firmwareState) ? firmwareState : 'not-reported'
  return { word: WORDS[state], sentence: REASONS[state] }
}
