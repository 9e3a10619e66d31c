// Whether a ring has passed its gate. Pure.
import type { RingGate } from '@/lib/plans/words'
import type { UpdateState } from '@/lib/updates/states'

/** Jobs as the gate sees them. `accepted`: a person went on in spite of how they ended. `retried`: another job tries the same firewall again. */
export type GateJobs = { state: UpdateState; accepted: boolean; retried: boolean; count: number }
/** `failed`: so many failures count that nobody accepted. */
export type Verdict = { event: 'waits' | 'soaks' | 'goesOn' | 'passed' } | { event: 'halted'; reason: string; failed: number }

/** Nothing was changed on these, and a person has to look: the ring goes on without them once its gate is passed. */
const STANDS: readonly UpdateState[] = ['held', 'blocked']
const LEFT_OUT: readonly UpdateState[] = ['skipped', 'cancelled']
/** How those ended that a person may accept. What succeeded in spite of an alert that was accepted stays a success. */
const ENDED_WITHOUT: readonly UpdateState[] = ['failed', ...LEFT_OUT]
const plural = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`

type GateFigures = {
  /** Firewalls that the ring had: each once, without those whose end a person accepted. */
  had: number
  /** Those of them that were not left out: the success rate is of these. */
  counted: number
  succeeded: number
  soaking: number
  failed: number
  leftOut: number
  /** Held or blocked. */
  stands: number
  /** So many have to succeed. Leaving firewalls out makes it no fewer: only a ring that had fewer asks for all of them. */
  needed: number
  /** How many more may fail before the gate cannot be passed any more; negative: it cannot. */
  failuresLeft: number
}

/** What the gate counts, for the verdict and for the pages alike. */
export function figuresOf({ successPercent, minimumCount }: RingGate, jobs: readonly GateJobs[]): GateFigures {
  const own = jobs.filter(({ state, accepted, retried }) => !(ENDED_WITHOUT.includes(state) && (accepted || retried)))
  const sum = (states: readonly UpdateState[]): number => own.reduce((total, { state, count }) => total + (states.includes(state) ? count : 0), 0)
  const had = own.reduce((total, { count }) => total + count, 0)
  const [failed, leftOut, needed] = [sum(['failed']), sum(LEFT_OUT), Math.min(minimumCount, had)]
  const counted = had - leftOut
  const mayFail = Math.min(Math.floor((counted * (100 - successPercent)) / 100), counted - needed)
  return { had, counted, succeeded: sum(['succeeded']), soaking: sum(['soaking']), failed, leftOut, stands: sum(STANDS), needed, failuresLeft: mayFail - failed }
}

function haltReason({ successPercent, minimumCount }: RingGate, { had, counted, succeeded, failed, leftOut }: GateFigures): string {
  if (failed > 0 && (counted - failed) * 100 < successPercent * counted) return `${failed} of ${plural(counted, 'firewall')} failed, and the gate asks for ${successPercent} % success.`
  const may = counted - failed - succeeded
  return `${succeeded} of ${plural(had, 'firewall')} succeeded${may > 0 ? ` and ${may} may still` : ''}; ${failed} failed and ${leftOut} ${leftOut === 1 ? 'was' : 'were'} left out. The gate asks for ${minimumCount} at least${minimumCount > had ? ', or all of a smaller ring' : ''}.`
}

/**
 * Judges all jobs of a ring. It halts as soon as its gate cannot be passed any more, though all that is left succeeded, so that no
 * further firewall begins. What lacks its API package, or whose end is not known, is neither success nor failure: the ring waits.
 * `alerts`: firewalls that were updated well and have a new critical alert. `isSoaking`: the ring only waits for soak times already.
 */
export function judgeGate(gate: RingGate, jobs: readonly GateJobs[], alerts: number, isSoaking: boolean): Verdict {
  const figures = figuresOf(gate, jobs)
  const { counted, succeeded, soaking, failed, stands, needed } = figures
  if (gate.noNewCriticalAlert && alerts > 0) return { event: 'halted', failed, reason: `${plural(alerts, 'firewall')} that ${alerts === 1 ? 'was' : 'were'} updated here ${alerts === 1 ? 'has' : 'have'} a new critical alert.` }
  if (figures.failuresLeft < 0) return { event: 'halted', failed, reason: haltReason(gate, figures) }
  if (counted - failed - succeeded - soaking - stands > 0) return { event: isSoaking ? 'goesOn' : 'waits' }
  if (soaking > 0) return { event: isSoaking ? 'waits' : 'soaks' }
  // Those that stand may still succeed or be left out; the ring does not need them once enough of the others ended well.
  const isEnough = succeeded >= needed && succeeded * 100 >= gate.successPercent * (succeeded + failed)
  if (isEnough && (succeeded > 0 || stands === 0)) return { event: 'passed' }
  return { event: isSoaking ? 'goesOn' : 'waits' }
}
