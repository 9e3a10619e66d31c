// The check: `version/upgrade?use_cache=false` runs `pfSense-upgrade -c` and answers when it is done (contract section 7).
import type { CheckStep, FamilyMemory, FirmwareCheckPort } from '@/lib/adapters/adapter'
import type { Caller } from './call'
import { toFirmware } from './map-firmware'
import { Asker, firmwareParts } from './reads'
import { ENDPOINTS } from './read-endpoints'
import { upgradeReply } from './replies'

export function firmwareCheck(caller: Caller, memory: FamilyMemory, now: () => Date): FirmwareCheckPort {
  /** A firewall that is busy with another package operation says so and is asked again; looking changes nothing on it. */
  async function step(signal: AbortSignal): Promise<CheckStep> {
    const ask = new Asker(caller, memory, now, signal)
    const upgrade = await ask.main(ENDPOINTS.upgradeCheck, upgradeReply)
    if (upgrade.pkg_version_error !== '')
      return { phase: 'failed', reason: `The firewall could not find out whether there are updates. It says: ${upgrade.pkg_version_error}.` }
    if (upgrade.pkg_version_compare === '')
      return upgrade.pkg_busy ? { phase: 'running' } : { phase: 'failed', reason: 'The firewall answered the check without a result.' }
    const checkedAt = now()
    return { phase: 'done', firmware: toFirmware({ upgrade, ...(await firmwareParts(ask)), checkedAt }) }
  }
  return { begin: step, progress: step }
}
