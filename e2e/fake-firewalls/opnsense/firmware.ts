// The firmware state machine (contract section 3): check, update, restart, back with the new version.
import type { Counter } from '../counts'
import { type Json, type JsonObject, mapStrings } from '../json'
import type { Offer, PatchOptions } from '../options'
import { recordedObject } from '../recorded'
import { type Outcome, UpdateJob } from '../update-job'
import { GOODBYE_MS } from '../update-timeline'

export type StartKind = 'update' | 'upgrade'
const RECORDED = { current: '26.7.1_2', base: '26.7.1', next: '26.7.2', major: '27.1', series: '26.7' }
const FAILED = 'Partial update failure detected'
const ABORTED = 'The upgrade was aborted due to an error'

const seriesOf = (version: string) => version.split('.').slice(0, 2).join('.')
const baseOf = (version: string) => version.split(/[p_-]/)[0] ?? version

export class Firmware {
  offer: Offer | null
  /** A new series that waits behind the minor update on offer. */
  majorBehind: string | null = null
  readonly job: UpdateJob
  #version: string
  /** What the last check found; undefined = never checked, or thrown away. */
  #found: Offer | null | undefined
  #checkedAtMs = 0
  #checkBegunAtMs: number | null = null
  /** Lies in /tmp: gone after a restart. */
  #log = ''
  #keptLog: string | null = null
  #installs: Offer | null = null

  constructor(version: string, offer: Offer | null, counter: Counter, nowMs: number) {
    this.#version = version
    this.offer = offer
    this.job = new UpdateJob(counter, nowMs)
  }

  version(nowMs: number): string {
    this.settle(nowMs)
    return this.#version
  }

  isBusy(nowMs: number): boolean {
    this.settle(nowMs)
    return this.#checkBegunAtMs !== null || (this.job.phase(nowMs) !== null && this.job.isUpdate)
  }

  reboot(nowMs: number): void {
    this.#forgetAtBoot()
    this.job.restart(nowMs, () => this.#forgetAtBoot())
  }

  /** A second job while one runs is dropped by the lock; the answer does not tell. */
  check(nowMs: number): void {
    if (this.isBusy(nowMs)) return
    this.#checkBegunAtMs = nowMs
    this.#log = this.#text('core-firmware-upgradestatus.running', nowMs)
  }

  /** False when it was dropped. A new series is installed by `upgrade` only, and `update` installs the rest. */
  start(kind: StartKind, nowMs: number): boolean {
    if (this.isBusy(nowMs)) return false
    const behind = this.majorBehind === null ? null : { version: this.majorBehind, major: true }
    this.#installs = (kind === 'upgrade') === (this.offer?.major === true) ? this.offer : kind === 'upgrade' ? behind : null
    const text = this.#text('core-firmware-upgradestatus.running-update', nowMs)
    this.#log = kind === 'upgrade' ? text.replace('TO UPDATE***', 'TO UPGRADE***') : text
    this.#found = undefined
    const reboots = this.#installs !== null && this.#installs.needsReboot !== false
    this.job.begin(nowMs, { restarts: reboots ? 1 : 0, goodbyeMs: GOODBYE_MS }, (outcome) => this.#finish(kind, outcome))
    return true
  }

  /** The check has been made, without its time. */
  checkNow(nowMs: number): void {
    this.#found = this.offer
    this.#checkedAtMs = nowMs
  }

  forgetCheck(): void {
    this.#found = undefined
  }

  patch(options: PatchOptions, nowMs: number): void {
    this.settle(nowMs)
    if (options.offer !== undefined) this.offer = options.offer
    if (options.majorBehind !== undefined) this.majorBehind = options.majorBehind
    this.job.patch(options)
    if (options.checked === true) this.checkNow(nowMs)
    if (options.checked === false) this.forgetCheck()
    if (options.startUpdate === true) this.start(this.offer?.major === true ? 'upgrade' : 'update', nowMs)
  }

  /** Finishes what time has finished. */
  settle(nowMs: number): void {
    const begunAtMs = this.#checkBegunAtMs
    if (begunAtMs !== null && nowMs - begunAtMs >= this.job.durationsMs.check) {
      this.#checkBegunAtMs = null
      this.#log = this.#text('core-firmware-upgradestatus.done', nowMs)
      this.checkNow(begunAtMs + this.job.durationsMs.check)
    }
    const phase = this.job.phase(nowMs)
    if (phase === 'goodbye' && !this.#log.includes('***REBOOT***')) this.#log = this.#ending(this.#log.split('\n')[0] ?? '')
  }

  /** What the log says before the restart; the first line stays that of the job. */
  #ending(firstLine: string): string {
    return [firstLine, ...this.#log.split('\n').slice(1, 2), ...this.#text('core-firmware-upgradestatus.reboot', 0).split('\n').slice(2)].join('\n')
  }

  #finish(kind: StartKind, outcome: Outcome): void {
    const installs = this.#installs
    const reboots = outcome !== 'failed' && installs !== null && installs.needsReboot !== false && this.job.options.restarts !== 0
    const said = outcome === 'failed' ? `\n${kind === 'upgrade' ? ABORTED : FAILED}` : ''
    this.#log = reboots ? this.#ending(this.#log.split('\n')[0] ?? '') : `${this.#log.trimEnd()}${said}\n***DONE***`
    this.#keptLog = this.#log
    if (outcome === 'installed' && installs !== null) {
      this.#version = installs.version
      if (this.offer?.version === installs.version) this.offer = null
      if (this.majorBehind === installs.version) this.majorBehind = null
      // With the minor update out of the way, what it hid is on offer.
      if (this.offer === null && this.majorBehind !== null) {
        this.offer = { version: this.majorBehind, major: true }
        this.majorBehind = null
      }
    }
    if (reboots) this.#forgetAtBoot()
  }

  #forgetAtBoot(): void {
    this.#log = ''
    this.#found = undefined
    this.#checkBegunAtMs = null
  }

  upgradeStatus(nowMs: number): JsonObject {
    this.settle(nowMs)
    const status = this.#log === '' ? 'error' : this.#log.includes('***REBOOT***') ? 'reboot' : this.#log.includes('***DONE***') ? 'done' : 'running'
    return { status, log: this.#log }
  }

  keptLog(): JsonObject {
    return { status: 'ok', log: this.#keptLog ?? this.#text('core-firmware-log', 0) }
  }

  status(nowMs: number): Json {
    this.settle(nowMs)
    const found = this.#found
    const body = this.adapted(recordedObject('opnsense', `core-firmware-status.${this.#situation(found)}`))
    if (found === undefined || found === null) return body
    const reboots = found.needsReboot !== false
    const flags: JsonObject = { last_check: this.#deviceDate(this.#checkedAtMs) }
    if (found.downloadSize !== undefined) flags['download_size'] = found.downloadSize
    if (found.problem === undefined) flags['status_reboot'] = reboots ? '1' : '0'
    if (found.problem === undefined && found.major !== true) flags['needs_reboot'] = reboots ? '1' : '0'
    const message = String(body['status_msg'] ?? '')
    return { ...body, ...flags, ...this.#behind(found), status_msg: reboots ? message : message.replace(' This update requires a reboot.', '') }
  }

  /** The status word stays that of the minor update, which hides the new series. */
  #behind(found: Offer): JsonObject {
    if (this.majorBehind === null || found.major === true || found.problem !== undefined) return {}
    const { upgrade_sets = [], upgrade_needs_reboot = '1' } = recordedObject('opnsense', 'core-firmware-status.upgrade')
    const sets = mapStrings(upgrade_sets, (text) => text.replaceAll(RECORDED.major, this.majorBehind ?? '').replaceAll(RECORDED.current, this.#version))
    return { upgrade_major_version: this.majorBehind, upgrade_sets: sets, upgrade_needs_reboot }
  }

  #situation(found: Offer | null | undefined): string {
    if (found === undefined) return 'never-checked'
    if (found === null) return 'none'
    if (found.problem !== undefined) return `error-${found.problem}`
    return found.major === true ? 'upgrade' : 'update'
  }

  /** A recorded reply of 26.7.1_2 told of this firewall's versions instead. */
  adapted<T extends JsonObject>(body: T): JsonObject {
    const offered = this.#found ?? this.offer
    const next = offered !== null && offered.major !== true ? offered.version : this.#version
    const major = offered?.major === true ? offered.version : RECORDED.major
    const words: readonly (readonly [string, string])[] = [
      [RECORDED.current, this.#version],
      [RECORDED.next, next],
      [RECORDED.base, baseOf(this.#version)],
      [RECORDED.major, major],
      [RECORDED.series, seriesOf(this.#version)],
    ]
    const pattern = new RegExp(words.map(([word]) => word.replaceAll('.', '\\.')).join('|'), 'g')
    const replaced = mapStrings(body, (text) => text.replace(pattern, (word) => words.find(([recorded]) => recorded === word)?.[1] ?? word))
    return typeof replaced === 'object' && replaced !== null && !Array.isArray(replaced) ? replaced : {}
  }

  #text(name: string, nowMs: number): string {
    const log = String(this.adapted(recordedObject('opnsense', name))['log'] ?? '')
    return nowMs === 0 ? log : log.replace(/ at [A-Z][a-z]{2} [^\n]*\d{4}/, ` at ${this.#deviceDate(nowMs)}`)
  }

  /** As `date` prints it on the device: `Sun Nov 22 11:00:00 UTC 2026`. */
  #deviceDate(nowMs: number): string {
    const [day = '', date = '', month = '', year = '', time = ''] = new Date(nowMs).toUTCString().replace(',', '').split(' ')
    return `${day} ${month} ${date} ${time} UTC ${year}`
  }
}
