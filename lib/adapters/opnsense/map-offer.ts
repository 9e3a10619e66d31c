import type { FirmwareOffer } from '@/lib/adapters/firmware-port'
import { toFirmware, toSetPackages } from './map-firmware'
import { toBytes } from './map-text'
import type { FirmwareStatus } from './replies'

/**
 * Both updates that may be on offer, section 3.2: `status` tells of a major upgrade only when no minor update hides it, so it is
 * read by itself. Nothing is offered by a `none` without a check.
 */
export function toOffer(reply: FirmwareStatus, isRebootPending: boolean): FirmwareOffer {
  const firmware = toFirmware(reply, isRebootPending)
  const { installedVersion, state, checkedAt, reason } = firmware
  const isMinor = state === 'offered'
  const sets = toSetPackages(reply)
  const setBytes = sets.reduce((sum, entry) => sum + (entry.sizeBytes ?? 0), 0)
  return {
    installedVersion,
    state,
    minor: isMinor ? { version: firmware.offeredVersion, packages: firmware.packages, downloadBytes: firmware.downloadBytes, rebootRequired: firmware.rebootRequired } : null,
    major:
      (isMinor || state === 'major-offered') && firmware.majorVersion !== null
        ? {
            version: firmware.majorVersion,
            packages: sets.length === 0 ? null : sets,
            downloadBytes: isMinor ? setBytes || null : (firmware.downloadBytes ?? toBytes(reply.download_size)),
            // A new series brings another kernel and base system: it always restarts, also where the flag is missing.
            rebootRequired: reply.upgrade_needs_reboot ?? true,
          }
        : null,
    checkedAt,
    reason,
  }
}
