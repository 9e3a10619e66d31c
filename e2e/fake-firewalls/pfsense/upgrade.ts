// Update of the base system: install, restart, back with the new version and without the API package.
import type { Counter } from '../counts'
import type { Offer, PatchOptions } from '../options'
import { type Outcome, UpdateJob } from '../update-job'

/** The call of the API runs the update under a limit; a longer one is cut and leaves its lock (contract section 7). */
const ENDPOINT_LIMIT_MS = 300_000
const BUSY = { output: 'Another instance is already running... Aborting!', resultCode: 75 }

export class BaseUpgrade {
  /** Without suffix, `2.8.1`. */
  version: string
  offer: Offer | null
  packageInstalled = true
  readonly job: UpdateJob
  #log: string[] = []
  #logAtMs = 0
  #offered: Offer | null = null

  constructor(version: string, offer: Offer | null, counter: Counter, nowMs: number) {
    this.version = version
    this.offer = offer
    this.job = new UpdateJob(counter, nowMs)
  }

  isRunning(nowMs: number): boolean {
    return this.job.phase(nowMs) !== null && this.job.isUpdate
  }

  /** False when one is running already, or a lock of before is left. `hasLog`: the command was told to write one. */
  start(nowMs: number, by: 'command' | 'endpoint' = 'command', hasLog = true): boolean {
    if (this.isRunning(nowMs) || (by === 'endpoint' && this.job.options.lockLeft === true)) return false
    this.#offered = this.offer
    const { download, install } = this.job.durationsMs
    const isCut = by === 'endpoint' && download + install > ENDPOINT_LIMIT_MS
    if (hasLog) {
      this.#log = ['>>> Updating repositories metadata...', `>>> Upgrading pfSense ${this.version}${this.offer === null ? '' : ` to ${this.offer.version}`}...`]
      this.#logAtMs = nowMs
    }
    this.job.begin(nowMs, { restarts: this.offer === null ? 0 : 1, goodbyeMs: 0, fails: isCut }, (outcome) => {
      if (isCut) this.job.options = { ...this.job.options, lockLeft: true }
      this.#finish(outcome, hasLog)
    })
    return true
  }

  restart(nowMs: number): void {
    this.job.restart(nowMs, () => undefined)
  }

  /** The log file's lines. It lies on the disk, so it survives the restart. */
  logLines(nowMs: number): string[] {
    return this.job.phase(nowMs) === 'away' && this.job.isUpdate ? [...this.#log, 'Rebooting in 10 seconds.'] : this.#log
  }

  /** As `stat` prints it: seconds and bytes. */
  logStamp(nowMs: number): string {
    const lines = this.logLines(nowMs)
    return lines.length === 0 ? '0 0' : `${Math.floor(this.#logAtMs / 1000)} ${lines.join('\n').length + 1}`
  }

  /** Exit code and line of `pfSense-upgrade -c`. */
  check(nowMs: number): { output: string; resultCode: number } {
    if (this.isRunning(nowMs)) return BUSY
    return this.offer === null
      ? { output: 'Your system is up to date', resultCode: 0 }
      : { output: `${this.offer.version} version of pfSense is available`, resultCode: 2 }
  }

  patch(options: PatchOptions, nowMs: number): void {
    // What time has finished comes before what is changed now.
    this.job.phase(nowMs)
    if (options.offer !== undefined) this.offer = options.offer
    this.job.patch(options)
    if (options.startUpdate === true) this.start(nowMs)
    if (options.removePackage === true) this.packageInstalled = false
    if (options.reinstallPackage === true) this.packageInstalled = true
  }

  #finish(outcome: Outcome, hasLog: boolean): void {
    const offered = this.#offered
    const says = (...lines: string[]) => void (hasLog && this.#log.push(...lines))
    if (outcome === 'failed') return says(this.job.health.diskFull ? 'pkg-static: write failed: No space left on device' : 'ERROR: Unable to install the update. Aborted.')
    if (offered === null) return says('Your system is up to date')
    says('Rebooting in 10 seconds.')
    if (outcome === 'old-version') return
    says(`>>> Upgrade to ${offered.version} finished.`)
    this.version = offered.version
    if (this.offer?.version === offered.version) this.offer = null
    if (this.job.options.keepsPackage !== true) this.packageInstalled = false
  }
}
