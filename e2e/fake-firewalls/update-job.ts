// One update or restart of a simulated firewall, whatever its family: where it is, what it leaves behind, and what it logs.
import type { Counter } from './counts'
import { type Reply, NGINX_404 } from './exchange'
import type { Presence } from './family'
import { Health } from './health'
import { DURATIONS, type Durations, type PatchOptions, type UpdatePatch, type UpdatePhase } from './options'
import { restartSteps, updateSteps, UpdateTimeline } from './update-timeline'

const DAY_MS = 86_400_000
/** How long it has run when it is added; the text of the recordings says about as much. */
const UP_MS = 10 * DAY_MS

export type Outcome = 'installed' | 'failed' | 'old-version'
type Running = {
  timeline: UpdateTimeline
  isUpdate: boolean
  outcome: Outcome
  restarts: boolean
  /** Parts that stand in the log already. */
  logged: number
  onOver: (outcome: Outcome) => void
}

export class UpdateJob {
  durationsMs: Durations = { ...DURATIONS }
  readonly health = new Health()
  options: UpdatePatch = {}
  bootedAtMs: number
  readonly #counter: Counter
  #running: Running | null = null

  constructor(counter: Counter, nowMs: number) {
    this.#counter = counter
    this.bootedAtMs = nowMs - UP_MS
  }

  /** Where it is at `nowMs`; finishes what time has finished. */
  phase(nowMs: number): UpdatePhase | null {
    const running = this.#running
    if (running === null) return null
    const at = running.timeline.at(nowMs, this.options.holdAt ?? null)
    const begun = running.timeline.begunBy(nowMs)
    for (const { phase, atMs } of begun.slice(running.logged)) this.#counter.log(phase, atMs)
    running.logged = begun.length
    if (at === null) this.#finish(running, running.timeline.overAtMs())
    return at?.phase ?? null
  }

  get isUpdate(): boolean {
    return this.#running?.isUpdate === true
  }

  /** `restarts`: how often, if nothing else was set. `goodbyeMs`: how long it still answers before the first. */
  begin(nowMs: number, { restarts, goodbyeMs, fails = false }: { restarts: number; goodbyeMs: number; fails?: boolean }, onOver: Running['onOver']): void {
    const failed = fails || this.options.failure === 'fails' || this.health.diskFull
    const wanted = failed ? 0 : (this.options.restarts ?? restarts)
    const outcome = failed ? 'failed' : this.options.failure === 'old-version' ? 'old-version' : 'installed'
    const timeline = new UpdateTimeline(updateSteps(this.durationsMs, wanted, goodbyeMs), nowMs)
    this.#running = { timeline, isUpdate: true, outcome, restarts: wanted > 0, logged: 0, onOver }
  }

  restart(nowMs: number, onOver: () => void): void {
    this.#counter.log('restart asked', nowMs)
    const timeline = new UpdateTimeline(restartSteps(this.durationsMs), nowMs)
    this.#running = { timeline, isUpdate: false, outcome: 'installed', restarts: true, logged: 0, onOver }
    this.phase(nowMs)
  }

  #finish(running: Running, atMs: number): void {
    this.#running = null
    if (running.restarts) {
      this.bootedAtMs = atMs
      this.options = { ...this.options, lockLeft: false }
      this.health.rulesLoaded = true
    }
    if (running.isUpdate && running.outcome === 'installed') this.#break()
    this.#counter.log(running.isUpdate ? running.outcome : 'restarted', atMs)
    running.onOver(running.outcome)
  }

  #break(): void {
    const { failure } = this.options
    if (failure === 'gateway-down') this.health.gatewayDown = true
    if (failure === 'rules-not-loaded') this.health.rulesLoaded = false
    if (failure === 'carp-role-wrong') this.health.carpRole = 'init'
  }

  presence(nowMs: number): Presence {
    const phase = this.phase(nowMs)
    return phase === 'away' ? 'away' : phase === 'half-open' ? 'silent' : 'up'
  }

  /** Whole seconds since the last start. */
  uptimeSeconds(nowMs: number): number {
    return Math.max(0, Math.floor((nowMs - this.bootedAtMs) / 1000))
  }

  /** While it starts, its web server answers before the system behind it: what it says then, by thirds of that time. */
  bootingReply(nowMs: number, refused: Reply): Reply | null {
    if (this.phase(nowMs) !== 'booting') return null
    const part = this.#running?.timeline.at(nowMs, this.options.holdAt ?? null)?.part ?? 0
    if (part < 1 / 3) return NGINX_404
    return part < 2 / 3 ? INTERNAL : refused
  }

  patch(options: PatchOptions): void {
    this.durationsMs = { ...this.durationsMs, ...options.durationsMs }
    this.options = { ...this.options, ...options.update }
    if (options.health !== undefined) this.health.patch(options.health)
  }
}

const INTERNAL: Reply = { status: 500, headers: { 'Content-Type': 'text/html' }, body: '<html><head><title>500 - Internal Server Error</title></head><body><h1>500 - Internal Server Error</h1></body></html>' }
/** What a web server without its backend says. */
export const NO_BACKEND: Reply = { status: 502, headers: { 'Content-Type': 'text/html' }, body: '<html><head><title>502 Bad Gateway</title></head><body><center><h1>502 Bad Gateway</h1></center></body></html>' }
