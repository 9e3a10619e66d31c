import 'server-only'
import { log } from '@/lib/core/log'
import { findFleetNumbers, type StoredNumbers } from '@/lib/db/overview-sql'

/** Everybody opens the day with these numbers, so each process keeps them: older than this they are counted again … */
export const FRESH_MILLISECONDS = 500
/** … while those who ask still get the kept ones, and older than this nobody does. */
export const KEPT_MILLISECONDS = 3_000

export type Counted = { at: Date; numbers: StoredNumbers }
type Kept = { counted: Counted | null; counting: Promise<Counted> | null }
/** One for all bundles of the process. */
const shared: typeof globalThis & { palisadeFleetNumbers?: Kept } = globalThis

/** Counts, or joins who is counting. */
function count(kept: Kept): Promise<Counted> {
  const at = new Date()
  kept.counting ??= findFleetNumbers()
    .then((numbers) => (kept.counted = { at, numbers }))
    .finally(() => (kept.counting = null))
  return kept.counting
}

/**
 * The numbers of all customers; `anew`: counted now. Who asks gets only those of their own customers (`readOverview`).
 * Throws query-too-broad when counting takes over 5 s.
 */
export async function fleetNumbers({ anew = false } = {}): Promise<Counted> {
  const kept = (shared.palisadeFleetNumbers ??= { counted: null, counting: null })
  const ageMs = kept.counted === null ? Infinity : Date.now() - kept.counted.at.getTime()
  // A clock that was set back makes an age below zero.
  if (anew || kept.counted === null || ageMs > KEPT_MILLISECONDS || ageMs < 0) return count(kept)
  if (ageMs > FRESH_MILLISECONDS) count(kept).catch((error: unknown) => log().warn({ err: error }, 'the numbers of the fleet could not be counted'))
  return kept.counted
}
