// Where an update is on its way. Pure.
import { UPDATE_WAY } from '@/lib/plan-runs/words'
import type { RunJob } from '@/lib/plan-runs/dto'

export type OnWay = Pick<RunJob, 'state' | 'reached'>
export type Segment = 'behind' | 'now' | 'failed' | 'waits' | 'ahead'

/** One for each step of the way. What ended without success shows where it stood. */
export function segmentsOf({ state, reached }: OnWay): Segment[] {
  if (state === 'succeeded') return UPDATE_WAY.map(() => 'behind')
  const here = UPDATE_WAY.findIndex((step) => step === state)
  if (here !== -1) return UPDATE_WAY.map((_step, at) => (at < here ? 'behind' : at === here ? 'now' : 'ahead'))
  const stood = reached === null ? -1 : UPDATE_WAY.indexOf(reached)
  const mark: Segment = state === 'failed' ? 'failed' : state === 'held' || state === 'blocked' || state === 'unknown' || state === 'package-missing' ? 'waits' : 'ahead'
  return UPDATE_WAY.map((_step, at) => (at < stood ? 'behind' : at === Math.max(stood, 0) ? mark : 'ahead'))
}
