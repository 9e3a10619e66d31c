// One simulated firewall as a test or the control server holds it.
import type { Counts } from './counts'
import type { RecordedRequest } from './exchange'
import type { FirewallInfo } from './firewall'
import type { PatchOptions } from './options'

export type FleetFirewall = {
  readonly info: FirewallInfo
  counts(): Counts
  /** Requests since `record` was switched on. */
  recorded(): RecordedRequest[]
  resetCounts(): void
  clearLockout(): void
  /** Resolves when the change is in force (a closed port is closed, a new certificate is shown). */
  patch(options: PatchOptions): Promise<FirewallInfo>
}
