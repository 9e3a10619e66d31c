// What was approved for a firewall, and what it would install now. Pure.
import type { FirmwareOffer } from '@/lib/adapters/firmware-port'
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
