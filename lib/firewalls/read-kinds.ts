import 'server-only'
import type { FirewallAdapter } from '@/lib/adapters/adapter'
import type { ReadKind, Readings } from '@/lib/adapters/model'
import { AppError } from '@/lib/core/errors'
import type { ConnectionRow } from '@/lib/db/sql'
import type { VisitRow } from '@/lib/db/visits-sql'
import type { Observed } from '@/lib/facts/observed'
import type { FirstReply } from '@/lib/outbound/first-reply'
import { knock } from '@/lib/outbound/knock'
import type { Gate } from '@/lib/outbound/limits'
import { allowedNetworks, connectTo, requireCallable } from './connect'
import type { ProblemNote } from './dto'
import { endsVisit, isMiss, problemOf } from './note-failure'
import { keepingCheck } from './store-reading'

/** The first answer of a firewall that was silent must come within this time, so that one that is half dead costs little. */
const DOUBT_MS = 10_000
/** One reading that takes too long costs only itself; two in a row tell that nothing answers any more. */
const MISSES_IN_A_ROW_MAX = 2

export type Visited = {
  asked: ReadKind[]
  read: Observed[]
  failures: { kind: ReadKind; problem: ProblemNote }[]
  /** What ended the visit before its end. */
  stopped: AppError | null
  firstReply: FirstReply | null
}

/** One reading as it is stored; throws what the firewall refuses. */
export async function askOne<K extends ReadKind>(row: Pick<ConnectionRow, 'id'>, adapter: FirewallAdapter, kind: K, signal: AbortSignal): Promise<Observed<K>> {
  const reading = await adapter.reads[kind](signal)
  return { kind, reading: await keepingCheck(row.id, kind, reading), observedAt: new Date() }
}

export const byKind = (read: readonly Observed[]): Partial<Readings> => Object.fromEntries(read.map(({ kind, reading }) => [kind, reading]))

/**
 * Reads kinds in their order, `atOnce` at a time after the first; stores nothing. What fails costs only itself, unless it tells
 * that nothing will answer; then the visit ends. A firewall that was silent last time is only knocked at first.
 */
export async function readKinds(row: VisitRow, kinds: readonly ReadKind[], signal: AbortSignal, way: { key?: string; gate?: Gate; atOnce: number }): Promise<Visited> {
  const visited: Visited = { asked: [], read: [], failures: [], stopped: null, firstReply: null }
  let missesInARow = 0
  const ask = async (adapter: FirewallAdapter, kind: ReadKind, until: AbortSignal): Promise<void> => {
    visited.asked.push(kind)
    try {
      visited.read.push(await askOne(row, adapter, kind, until))
      missesInARow = 0
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      visited.failures.push({ kind, problem: problemOf(error, new Date()) })
      missesInARow = isMiss(error.code) ? missesInARow + 1 : 0
      const isOver = endsVisit(error.code) && (!isMiss(error.code) || visited.read.length === 0 || missesInARow >= MISSES_IN_A_ROW_MAX)
      if (isOver) visited.stopped ??= error
    }
  }
  try {
    requireCallable(row)
    if (row.misses > 0) await knock(row.origin, { allowedNetworks: allowedNetworks() })
    const adapter = await connectTo(row, signal, { ...way, onFirstReply: (seen) => (visited.firstReply = seen) })
    const rest = [...kinds]
    const first = rest.shift()
    if (first) await ask(adapter, first, row.misses > 0 ? AbortSignal.any([signal, AbortSignal.timeout(DOUBT_MS)]) : signal)
    const lane = async () => {
      for (let kind = rest.shift(); kind !== undefined && visited.stopped === null && !signal.aborted; kind = rest.shift()) await ask(adapter, kind, signal)
    }
    if (visited.stopped === null) await Promise.all(Array.from({ length: way.atOnce }, lane))
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    visited.stopped ??= error
  }
  return visited
}
