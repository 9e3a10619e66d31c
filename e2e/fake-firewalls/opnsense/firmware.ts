// The firmware state machine (contract section 3): check, update, reboot, back with the new version.
import { type Json, type JsonObject, mapStrings } from '../json'
import type { Offer } from '../options'
import { recordedObject } from '../recorded'

type Job = { kind: 'check' | 'update'; startedAtMs: number; offer: Offer | null }
/** After `***REBOOT***` the device still answers for this long. */
const GOODBYE_MS = 5_000
const RECORDED = { current: '26.7.1_2', base: '26.7.1', next: '26.7.2', major: '27.1', series: '26.7' }

const seriesOf = (version: string) => version.split('.').slice(0, 2).join('.')
const baseOf = (version: string) => version.split(/[p_-]/)[0] ?? version

export class Firmware {
  offer: Offer | null
  durationsMs = { check: 5_000, install: 60_000, reboot: 90_000 }
  #version: string
  /** What the last check found; undefined = never checked, or thrown away. */
  #found: Offer | null | undefined
  #checkedAtMs = 0
  #job: Job | null = null
  /** Lies in /tmp: gone after a reboot. */
  #log = ''
  #keptLog: string | null = null
  #offlineUntilMs = 0
  /** null until it was restarted for the first time. */
  #bootedAtMs: number | null = null

  constructor(version: string, offer: Offer | null) {
    this.#version = version
    this.offer = offer
  }

  version(nowMs: number): string {
    this.settle(nowMs)
    return this.#version
  }

  isOnline(nowMs: number): boolean {
    this.settle(nowMs)
    const job = this.#job
    if (nowMs < this.#offlineUntilMs) return false
    return job === null || job.kind === 'check' || nowMs - job.startedAtMs < this.durationsMs.install + GOODBYE_MS
  }

  isBusy(nowMs: number): boolean {
    this.settle(nowMs)
    return this.#job !== null
  }

  reboot(nowMs: number): void {
    this.#offlineUntilMs = nowMs + this.durationsMs.reboot
    this.#bootedAtMs = this.#offlineUntilMs
    this.#forgetAtBoot()
  }

  /** Whole seconds since the last restart; null before the first. */
  uptimeSeconds(nowMs: number): number | null {
    return this.#bootedAtMs === null ? null : Math.max(0, Math.floor((nowMs - this.#bootedAtMs) / 1000))
  }

  /** A second job while one runs is dropped by the lock; the answer does not tell. */
  start(kind: Job['kind'], nowMs: number): void {
    if (this.isBusy(nowMs)) return
    this.#job = { kind, startedAtMs: nowMs, offer: this.offer }
    this.#log = this.#text(kind === 'check' ? 'core-firmware-upgradestatus.running' : 'core-firmware-upgradestatus.running-update', nowMs)
    if (kind === 'update') this.#found = undefined
  }

  /** The check has been made, without its time. */
  checkNow(nowMs: number): void {
    this.#found = this.offer
    this.#checkedAtMs = nowMs
  }

  forgetCheck(): void {
    this.#found = undefined
  }

  /** Finishes what time has finished. */
  settle(nowMs: number): void {
    const job = this.#job
    if (job === null) return
    const elapsedMs = nowMs - job.startedAtMs
    if (job.kind === 'check') {
      if (elapsedMs < this.durationsMs.check) return
      this.#job = null
      this.#log = this.#text('core-firmware-upgradestatus.done', nowMs)
      this.checkNow(job.startedAtMs + this.durationsMs.check)
      return
    }
    if (elapsedMs < this.durationsMs.install) return
    const reboots = job.offer !== null && job.offer.needsReboot !== false
    this.#log = reboots ? this.#text('core-firmware-upgradestatus.reboot', nowMs) : `${this.#log.trimEnd()}\n***DONE***`
    if (reboots && elapsedMs < this.durationsMs.install + this.durationsMs.reboot) return
    this.#finishUpdate(job.offer, reboots)
  }

  #finishUpdate(offer: Offer | null, reboots: boolean): void {
    this.#job = null
    this.#keptLog = this.#log
    if (offer !== null) this.#version = offer.version
    if (this.offer?.version === offer?.version) this.offer = null
    if (reboots) this.#forgetAtBoot()
  }

  #forgetAtBoot(): void {
    this.#log = ''
    this.#found = undefined
    this.#job = null
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
    return { ...body, ...flags, status_msg: reboots ? message : message.replace(' This update requires a reboot.', '') }
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
