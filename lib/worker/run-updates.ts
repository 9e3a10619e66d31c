import 'server-only'
import { log } from '@/lib/core/log'
import { claimUpdates, giveUpdateBack, putOffUpdate, renewUpdates, type ClaimedUpdate } from '@/lib/db/updates-sql'
import type { Admit } from '@/lib/updates/admission'
import { stepUpdate } from '@/lib/updates/step'

/** A killed worker's jobs come back after this; a living worker renews it. */
const LEASE_SECONDS = 15
const AT_ONCE_MAX = 16
const FAULT_SECONDS = 60
/** The longest call to a firewall, and what is around it. */
const STEP_SECONDS_MAX = 260

export type UpdateOptions = {
  worker: string
  admit: Admit
  now?: () => Date
  /** For tests that cannot wait. */
  leaseSeconds?: number
  atOnce?: number
}
type Running = ClaimedUpdate & { lost: AbortController; timer: NodeJS.Timeout }

export type UpdateRunner = {
  /** Takes what is due, as far as there is room; returns how much it took. */
  run(): Promise<number>
  /** Waits for what is under way. */
  ended(): Promise<void>
  stop(): void
}

/**
 * Carries update jobs on. Each claim is cut off by a timer of this process when its lease was not renewed in time: a worker
 * that was stopped and goes on later finds its timers over before it can send anything.
 */
export function updateRunner({ worker, admit, now = () => new Date(), leaseSeconds = LEASE_SECONDS, atOnce = AT_ONCE_MAX }: UpdateOptions): UpdateRunner {
  const running = new Map<Running, Promise<void>>()
  const expire = (lost: AbortController) => setTimeout(() => lost.abort(), leaseSeconds * 1000)
  const renewal = setInterval(() => void keep().catch(() => log().warn('claims of updates could not be renewed')), (leaseSeconds * 1000) / 4)

  async function keep(): Promise<void> {
    const claims = [...running.keys()]
    if (claims.length === 0) return
    const askedMs = performance.now()
    const held = await renewUpdates(claims, leaseSeconds)
    for (const claim of claims) {
      if (!held.has(claim.id)) claim.lost.abort()
      if (claim.lost.signal.aborted || !running.has(claim)) continue
      clearTimeout(claim.timer)
      // From when it was asked: the database counted from no earlier.
      claim.timer = setTimeout(() => claim.lost.abort(), Math.max(0, leaseSeconds * 1000 - (performance.now() - askedMs)))
    }
  }

  async function carryOut(claim: Running): Promise<void> {
    try {
      await stepUpdate(claim, { workerId: worker, clock: now, admit, signal: AbortSignal.any([claim.lost.signal, AbortSignal.timeout(STEP_SECONDS_MAX * 1000)]) })
      await giveUpdateBack(claim)
    } catch (error) {
      log().error({ job: claim.id, err: error instanceof Error ? { message: error.message, stack: error.stack } : 'unknown' }, 'a step of an update failed')
      await putOffUpdate(claim, new Date(now().getTime() + FAULT_SECONDS * 1000)).catch(() => undefined)
    } finally {
      clearTimeout(claim.timer)
    }
  }

  return {
    async run() {
      const free = atOnce - running.size
      const claimed = free > 0 ? await claimUpdates(worker, now(), free, leaseSeconds) : []
      for (const one of claimed) {
        const lost = new AbortController()
        const claim: Running = { ...one, lost, timer: expire(lost) }
        running.set(claim, carryOut(claim).finally(() => running.delete(claim)))
      }
      return claimed.length
    },
    ended: async () => void (await Promise.all(running.values())),
    stop: () => clearInterval(renewal),
  }
}
