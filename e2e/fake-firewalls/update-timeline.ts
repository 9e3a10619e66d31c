// How an update, or a restart alone, goes on in time: the same for all families, under the clock that the control server drives.
import type { Durations, UpdatePhase } from './options'

type Step = { phase: UpdatePhase; ms: number }

/** After an update that restarts, the firewall still answers for this long. */
export const GOODBYE_MS = 5_000

/** Away, then accepting without answering, then answering wrongly. */
const restart = (durations: Durations, awayMs: number): Step[] => [
  { phase: 'away', ms: awayMs },
  { phase: 'half-open', ms: durations.halfOpen },
  { phase: 'booting', ms: durations.booting },
]

/** `goodbyeMs` is part of the time of the first restart. */
export function updateSteps(durations: Durations, restarts: number, goodbyeMs: number): Step[] {
  const first = restarts === 0 ? [] : [{ phase: 'goodbye' as const, ms: goodbyeMs }, ...restart(durations, Math.max(0, durations.reboot - goodbyeMs))]
  const more = Array.from({ length: Math.max(0, restarts - 1) }, () => restart(durations, durations.reboot)).flat()
  return [{ phase: 'download', ms: durations.download }, { phase: 'install', ms: durations.install }, ...first, ...more]
}
export const restartSteps = (durations: Durations): Step[] => restart(durations, durations.reboot)

export class UpdateTimeline {
  readonly #steps: readonly Step[]
  #startedAtMs: number

  constructor(steps: readonly Step[], startedAtMs: number) {
    this.#steps = steps
    this.#startedAtMs = startedAtMs
  }

  /** Where it is; null when it is over. A held phase does not end: its time stands still until it is let go. */
  at(nowMs: number, holdAt: UpdatePhase | null): { phase: UpdatePhase; part: number } | null {
    let endMs = this.#startedAtMs
    for (const { phase, ms } of this.#steps) {
      const beganMs = endMs
      endMs += ms
      if (nowMs >= endMs && phase === holdAt) {
        this.#startedAtMs += nowMs - endMs + 1
        return { phase, part: 1 }
      }
      if (nowMs < endMs) return { phase, part: (nowMs - beganMs) / ms }
    }
    return null
  }

  /** Each part that has begun, and when. */
  begunBy(nowMs: number): { phase: UpdatePhase; atMs: number }[] {
    let atMs = this.#startedAtMs
    const begun: { phase: UpdatePhase; atMs: number }[] = []
    for (const { phase, ms } of this.#steps) {
      if (atMs > nowMs) break
      begun.push({ phase, atMs })
      atMs += ms
    }
    return begun
  }

  /** When it is, or was, over if nothing holds it. */
  overAtMs(): number {
    return this.#steps.reduce((sum, { ms }) => sum + ms, this.#startedAtMs)
  }
}
