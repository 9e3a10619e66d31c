// Whether a ring has passed its gate. Pure.
import type { RingGate } from '@/lib/plans/words'
import type { UpdateState } from '@/lib/updates/states'

/** A job as the gate sees it. `accepted`: a person went on in spite of its failure. `retried`: another job tries it again. */
export type GateJob = { state: UpdateState; accepted: boolean; retried: boolean }
export type Verdict = { event: 'waits' | 'soaks' | 'goesOn' | 'passed' } | { event: 'halted'; reason: string }

/** Nothing was changed on these, and a person has to look: the ring goes on without them once its gate is passed. */
const STANDS: readonly UpdateState[] = ['held', 'blocked']
const LEFT_OUT: readonly UpdateState[] = ['skipped', 'cancelled']
const counted = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`

/**
 * Judges all jobs of a ring. A failure counts the moment it is there: the ring halts as soon as what is left could not reach the
 * success rate any more, so that no further firewall begins. What lacks its API package, or whose end is not known, is neither
 * success nor failure: the ring waits. `alerts`: firewalls that were updated well and have a new critical alert. `isSoaking`: the
 * ring only waits for soak times already.
 */
export function judgeGate(gate: RingGate, all: readonly GateJob[], alerts: number, isSoaking: boolean): Verdict {
  const jobs = all.filter(({ state, accepted, retried }) => !LEFT_OUT.includes(state) && !(state === 'failed' && (accepted || retried)))
  const count = (...states: readonly UpdateState[]): number => jobs.filter(({ state }) => states.includes(state)).length
  const [failed, succeeded, soaking, stands] = [count('failed'), count('succeeded'), count('soaking'), count(...STANDS)]
  const open = jobs.length - failed - succeeded - soaking - stands
  if (gate.noNewCriticalAlert && alerts > 0) return { event: 'halted', reason: `${counted(alerts, 'firewall')} that ${alerts === 1 ? 'was' : 'were'} updated here ${alerts === 1 ? 'has' : 'have'} a new critical alert.` }
  if (failed > 0 && (jobs.length - failed) * 100 < gate.successPercent * jobs.length) return { event: 'halted', reason: `${failed} of ${counted(jobs.length, 'firewall')} failed, and the gate asks for ${gate.successPercent} % success.` }
  if (open > 0) return { event: isSoaking ? 'goesOn' : 'waits' }
  if (soaking > 0) return { event: isSoaking ? 'waits' : 'soaks' }
  const ended = succeeded + failed
  // Those that stand may still succeed or be left out; the ring does not need them once enough of the others ended well.
  const enough = succeeded >= Math.min(gate.minimumCount, jobs.length) && (succeeded > 0 || stands === 0)
  if (enough && succeeded * 100 >= gate.successPercent * ended) return { event: 'passed' }
  if (stands > 0) return { event: isSoaking ? 'goesOn' : 'waits' }
  return { event: 'halted', reason: `${succeeded} of ${counted(ended, 'firewall')} succeeded, and the gate asks for ${gate.minimumCount} at least and ${gate.successPercent} %.` }
}
