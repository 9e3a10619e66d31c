// Update of the base system: install, reboot, back with the new version and without the API package.
import type { Offer } from '../options'

export type UpgradePhase = 'idle' | 'installing' | 'rebooting'
export type Durations = { install: number; reboot: number }

export class BaseUpgrade {
  /** Without suffix, `2.8.1`. */
  version: string
  offer: Offer | null
  packageInstalled = true
  durationsMs: Durations = { install: 60_000, reboot: 90_000 }
  #startedAtMs: number | null = null
  #log: string[] = []

  constructor(version: string, offer: Offer | null) {
    this.version = version
    this.offer = offer
  }

  /** Where it is at `nowMs`; finishes what time has finished. */
  phase(nowMs: number): UpgradePhase {
    if (this.#startedAtMs === null) return 'idle'
    const elapsedMs = nowMs - this.#startedAtMs
    if (elapsedMs < this.durationsMs.install) return 'installing'
    if (this.offer !== null && elapsedMs < this.durationsMs.install + this.durationsMs.reboot) return 'rebooting'
    this.#finish()
    return 'idle'
  }

  /** False when one is running already. */
  start(nowMs: number): boolean {
    if (this.phase(nowMs) !== 'idle') return false
    this.#startedAtMs = nowMs
    this.#log = ['>>> Updating repositories metadata...', `>>> Upgrading pfSense ${this.version}${this.offer === null ? '' : ` to ${this.offer.version}`}...`]
    return true
  }

  /** The log file's last lines. It lies on disk, so it survives the reboot. */
  logLines(nowMs: number): string[] {
    const phase = this.phase(nowMs)
    return phase === 'rebooting' ? [...this.#log, 'Rebooting in 10 seconds.'] : this.#log
  }

  /** Exit code and line of `pfSense-upgrade -c`. */
  check(nowMs: number): { output: string; resultCode: number } {
    if (this.phase(nowMs) !== 'idle') return { output: 'Another instance is already running... Aborting!', resultCode: 75 }
    return this.offer === null
      ? { output: 'Your system is up to date', resultCode: 0 }
      : { output: `${this.offer.version} version of pfSense is available`, resultCode: 2 }
  }

  #finish(): void {
    this.#startedAtMs = null
    if (this.offer === null) {
      this.#log.push('Your system is up to date')
      return
    }
    this.#log.push('Rebooting in 10 seconds.', `>>> Upgrade to ${this.offer.version} finished.`)
    this.version = this.offer.version
    this.offer = null
    this.packageInstalled = false
  }
}
