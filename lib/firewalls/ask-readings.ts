import 'server-only'
import { READ_KINDS } from '@/lib/adapters/model'
import type { Actor } from '@/lib/auth/actor'
import { AppError } from '@/lib/core/errors'
import type { ConnectionRow } from '@/lib/db/sql'
import { findVisit } from '@/lib/db/visits-sql'
import { effectiveIntervals } from '@/lib/polling/intervals'
import { holdLease } from './gate'
import { readKinds, type Visited } from './read-kinds'
import { settleVisit } from './settle-visit'

export type Asked = { asked: number; answered: number; failures: Visited['failures']; stopped: AppError | null }

const AT_ONCE = 2

/**
 * A visit that a person asks for: every kind, the status first, then two at a time (the firewall's limit).
 * One visit at a time over all processes: who waited looks first at what the one before found, so that a rejected
 * credential costs one failure and not one for each visit under way. Throws firewall-busy after a minute of waiting.
 * When the person leaves, nothing is stored.
 */
export function askReadings({ id, origin }: ConnectionRow, actor: Actor, signal: AbortSignal): Promise<Asked> {
  return holdLease(origin, 'visit', signal, async () => {
    const row = await findVisit(id)
    if (!row) throw new AppError('not-found', 'There is no such firewall.')
    const visited = await readKinds(row, READ_KINDS, signal, { atOnce: AT_ONCE })
    const { asked, read, failures, stopped } = visited
    if (!signal.aborted) await settleVisit(row, visited, effectiveIntervals(...row.intervals), actor, { leaseTerm: null, holder: null, scale: 1 })
    return { asked: asked.length, answered: read.length, failures, stopped }
  })
}
