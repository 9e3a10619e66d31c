import 'server-only'
import type { FirewallAdapter } from '@/lib/adapters/adapter'
import { READ_KINDS, type ReadKind, type Readings } from '@/lib/adapters/model'
import type { Actor } from '@/lib/auth/actor'
import { AppError } from '@/lib/core/errors'
import type { Observed } from '@/lib/facts/observed'
import { findConnection, type ConnectionRow } from '@/lib/db/sql'
import { saveSample } from '@/lib/db/samples-sql'
import { sampleOf } from '@/lib/samples/sample-of'
import type { ProblemNote } from './dto'
import { connectTo } from './connect'
import { holdLease } from './gate'
import { endsVisit, noteFailedCall, problemOf } from './note-failure'
import { keepingCheck, storeVisit } from './store-reading'
import { storeReadings } from './store-readings'

export type Asked = { asked: number; answered: number; failures: { kind: ReadKind; problem: ProblemNote }[]; stopped: AppError | null }

/** One reading as it is stored; throws what the firewall refuses. */
export async function askOne<K extends ReadKind>(row: ConnectionRow, adapter: FirewallAdapter, kind: K, signal: AbortSignal): Promise<Observed<K>> {
  const reading = await adapter.reads[kind](signal)
  return { kind, reading: await keepingCheck(row.id, kind, reading), observedAt: new Date() }
}

/**
 * One visit: reads every kind on one connection, the status first, then two at a time (the firewall's limit). What fails
 * costs only itself, unless it tells that nothing will answer; then the visit ends. What was read is stored at the end, together.
 * One visit at a time over all processes: who waited looks first at what the one before found, so that a rejected
 * credential costs one failure and not one for each visit under way. Throws firewall-busy after a minute of waiting.
 */
export function askReadings(row: ConnectionRow, actor: Actor, signal: AbortSignal): Promise<Asked> {
  return holdLease(row.origin, 'visit', signal, async () => visit((await findConnection(row.id, 'all')) ?? row, actor, signal))
}

async function visit(row: ConnectionRow, actor: Actor, signal: AbortSignal): Promise<Asked> {
  const read: Observed[] = []
  const failures: Asked['failures'] = []
  let asked = 0
  let stopped: AppError | null = null
  const ask = async (adapter: FirewallAdapter, kind: ReadKind) => {
    asked += 1
    try {
      read.push(await askOne(row, adapter, kind, signal))
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      failures.push({ kind, problem: problemOf(error, new Date()) })
      if (endsVisit(error.code)) stopped ??= error
    }
  }
  try {
    const adapter = await connectTo(row, signal)
    await ask(adapter, 'status')
    const rest = READ_KINDS.filter((kind) => kind !== 'status')
    const lane = async () => {
      for (let kind = rest.shift(); kind !== undefined && stopped === null && !signal.aborted; kind = rest.shift()) await ask(adapter, kind)
    }
    if (stopped === null) await Promise.all([lane(), lane()])
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    stopped ??= error
  }
  const answered = read.length
  if (answered > 0 || failures.length > 0) await storeReadings(row.id, read, failures)
  if (answered > 0) {
    const readings = byKind(read)
    const sample = sampleOf(readings)
    if (sample) await saveSample(row.id, read[0]?.observedAt ?? new Date(), sample)
    await storeVisit(row.id, readings, worstOf(failures), new Date(), row.pausedAt !== null)
  }
  if (stopped !== null) await noteFailedCall(row, actor, stopped)
  return { asked, answered, failures, stopped }
}

const byKind = (read: readonly Observed[]): Partial<Readings> => Object.fromEntries(read.map(({ kind, reading }) => [kind, reading]))

/** What a family simply does not report is no failure of the visit. */
function worstOf(failures: Asked['failures']): ProblemNote | null {
  const real = failures.filter(({ problem }) => problem.code !== 'firewall-not-reported')
  const first = real[0]
  if (!first) return null
  return real.length === 1 ? first.problem : { ...first.problem, message: `${real.length} readings failed; the first: ${first.problem.message}` }
}
