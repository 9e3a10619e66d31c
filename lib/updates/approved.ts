// What was approved for a firewall, and whether it is still what the firewall would install. Pure.
import type { FirmwareOffer } from '@/lib/adapters/firmware-port'
import { canonicalJson } from '@/lib/core/canonical-json'
import { approvedOffer, type ApprovedOffer } from './dto'

/** What a start of this kind would install now; null = nothing is on offer. */
export function offerOf(kind: string, offer: FirmwareOffer): ApprovedOffer | null {
  const update = kind === 'major' ? offer.major : kind === 'minor' ? offer.minor : null
  return update && { version: update.version, packages: update.packages, downloadBytes: update.downloadBytes, rebootRequired: update.rebootRequired }
}

/** As stored with the job; one that is not understood equals nothing. */
export function storedOffer(stored: unknown): ApprovedOffer | null {
  const parsed = approvedOffer.safeParse(stored)
  return parsed.success ? parsed.data : null
}

/** Version, restart and each package with its versions count; sizes and the order of the list do not. */
const comparable = ({ version, packages, rebootRequired }: ApprovedOffer): string =>
  canonicalJson({ version, rebootRequired, packages: packages?.map(({ name, change, from, to }) => canonicalJson({ name, change, from, to })).sort() ?? null })
export const isSameOffer = (approved: ApprovedOffer, now: ApprovedOffer): boolean => comparable(approved) === comparable(now)
