// How jobs of a ring stand, in the figures that pages show. Pure.
import type { RingGate } from '@/lib/plans/words'
import { figuresOf, type GateJobs } from '@/lib/rollout/gate'
import { isActive, type UpdateState } from '@/lib/updates/states'
import type { RingCounts, RunRing } from './dto'

export type Standing = GateJobs

const STOPPED: readonly UpdateState[] = ['held', 'blocked', 'package-missing', 'unknown']
const LEFT_OUT: readonly UpdateState[] = ['skipped', 'cancelled']

function columnOf({ state, retried }: Standing): Exclude<keyof RingCounts, 'all'> | null {
  // The job that tries it again counts in its place.
  if (retried) return null
  if (state === 'scheduled') return 'waiting'
  if (STOPPED.includes(state)) return 'stopped'
  if (LEFT_OUT.includes(state)) return 'leftOut'
  return isActive(state) ? 'active' : state === 'soaking' || state === 'succeeded' ? state : 'failed'
}

/** Each firewall once. */
export function countsOf(standings: readonly Standing[]): RingCounts {
  const counts: RingCounts = { all: 0, waiting: 0, active: 0, stopped: 0, soaking: 0, succeeded: 0, failed: 0, leftOut: 0 }
  for (const standing of standings) {
    const column = columnOf(standing)
    if (column === null) continue
    counts[column] += standing.count
    counts.all += standing.count
  }
  return counts
}

/** The figures of a gate: those by which lib/rollout/gate.ts judges it. What soaks counts as succeeded, as it was verified. */
export function gateOf(rule: RingGate, standings: readonly Standing[]): NonNullable<RunRing['gate']> {
  const { counted, succeeded, soaking, failed, needed, failuresLeft } = figuresOf(rule, standings)
  return { rule, counted, ended: failed + succeeded + soaking, succeeded: succeeded + soaking, needed, failuresLeft }
}
