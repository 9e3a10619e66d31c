import 'server-only'
import { findFleetNumbers, type StoredNumbers } from '@/lib/db/overview-sql'

/** Everybody opens the day with these numbers: each process counts them at most twice a second, however many ask. */
export const COUNTED_FOR_MILLISECONDS = 500

type Counted = { at: Date; untilMs: number; numbers: Promise<StoredNumbers> }
/** One for all bundles of the process. */
const shared: typeof globalThis & { palisadeFleetNumbers?: Counted | undefined } = globalThis

/** The numbers of all customers, at most half a second old; `anew`: counted now, or what is being counted. Who asks gets only those of their customers: see `readOverview`. */
export function fleetNumbers({ anew = false } = {}): { at: Date; numbers: Promise<StoredNumbers> } {
  const kept = shared.palisadeFleetNumbers
  if (kept && (kept.untilMs === Infinity || (!anew && kept.untilMs > performance.now()))) return kept
  const numbers = findFleetNumbers()
  const counted: Counted = { at: new Date(), untilMs: Infinity, numbers }
  shared.palisadeFleetNumbers = counted
  // While they are counted everybody waits for the same; a failure is nobody's answer but theirs.
  numbers.then(() => (counted.untilMs = performance.now() + COUNTED_FOR_MILLISECONDS), () => (counted.untilMs = 0))
  return counted
}
