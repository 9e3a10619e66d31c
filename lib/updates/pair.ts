import 'server-only'
import type { FirewallAdapter } from '@/lib/adapters/adapter'
import type { Carp } from '@/lib/adapters/model'
import { AppError } from '@/lib/core/errors'
import { db } from '@/lib/db/client'
import { findConnection } from '@/lib/db/sql'
import { connectTo } from '@/lib/firewalls/connect'
import type { Work } from './context'
import type { Looked, Refusal } from './preflight-look'
import { look } from './preflight-look'

const LATER_SECONDS = 60

type Role = 'master' | 'backup' | 'mixed' | 'none' | 'disabled'
/** Of all shared addresses together; `none` = there are none. */
export function roleOf({ items, enabled, maintenanceMode }: Pick<Carp, 'items' | 'enabled' | 'maintenanceMode'>): Role {
  if (items.length === 0) return 'none'
  if (enabled === false || maintenanceMode === true || items.some(({ state }) => state === 'disabled' || state === 'init')) return 'disabled'
  const states = new Set(items.map(({ state }) => state))
  if (states.size > 1) return 'mixed'
  return states.has('master') ? 'master' : 'backup'
}

const held = (message: string): Refusal => ({ event: 'held', reason: 'peer', message })

/**
 * Pure: what the roles of this moment mean for the member whose turn it is. `peerWaits`: the other one's job has yet to start.
 * `isFirst`: of a pair in which neither is the backup, as when both share the load, this one begins.
 */
export function judgePair(own: Role, peer: Role, peerName: string, peerWaits: boolean, isFirst: boolean): Refusal | null {
  if (own === 'disabled' || peer === 'disabled') return held(`CARP is off or in maintenance mode on one of the pair, so ${peerName} may not take over. Mend that, then release it.`)
  if (own === 'none' || peer === 'none') return held(`The pair shows no shared address on one member, so ${peerName} cannot be shown to take over.`)
  if (own === peer && own !== 'mixed') return held(own === 'master' ? `This one and ${peerName} are both master: they do not hear each other. Mend that, then release it.` : `This one and ${peerName} are both backup: nobody answers for the shared addresses. Mend that, then release it.`)
  if (own !== 'backup' && peerWaits && (peer === 'backup' || !isFirst)) return { event: 'postponed', reason: 'peer', message: peer === 'backup' ? `It is the master now, so ${peerName} goes first.` : `Neither of the pair is the backup now; ${peerName} goes first.`, seconds: LATER_SECONDS }
  return null
}

/**
 * Looks at both members now: roles are never taken from memory. The peer must answer, run and have its role, and the backup goes
 * first; what no API tells, whether both hold the same configuration, is listed as not knowable.
 */
export async function lookAtPair(adapter: FirewallAdapter, { job, signal }: Work): Promise<Looked[]> {
  const { haPeer } = await db().firewall.findUniqueOrThrow({ where: { id: job.firewallId }, select: { haPeer: { select: { id: true, name: true } } } })
  if (!haPeer) return []
  const row = await findConnection(haPeer.id, 'all')
  const waiting = await db().updateJob.count({ where: { firewallId: haPeer.id, planId: job.planId, finishedAt: null, intentAt: null, state: { in: ['scheduled', 'preflight', 'backing-up'] } } })
  const label = 'Peer well'
  const sync: Looked = { check: { id: 'sync', label: 'Peer in sync', result: 'not-knowable', before: null, now: null, source: 'not reported', finding: 'No API tells whether the last synchronisation arrived.' }, refusal: null }
  try {
    if (!row) throw new AppError('not-found', 'The peer was removed.')
    const peerAdapter = await connectTo(row, signal)
    const [own, peer] = [roleOf(await adapter.reads.carp(signal)), roleOf(await peerAdapter.reads.carp(signal))]
    const { booting, rulesLoaded } = await peerAdapter.firmware.facts(signal)
    const starting = booting.known && booting.value ? held(`${haPeer.name} is still starting.`) : null
    const open = rulesLoaded.known && !rulesLoaded.value ? held(`${haPeer.name} has no firewall rules loaded, so it must not take over. Mend that, then release it.`) : null
    return [look('peer', label, 'CARP of both, read now', `this ${own}, ${haPeer.name} ${peer}`, starting ?? open ?? judgePair(own, peer, haPeer.name, waiting > 0, job.firewallId < haPeer.id)), sync]
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return [look('peer', label, 'CARP of both, read now', null, held(`${haPeer.name} cannot be asked, so nothing shows that it would take over: ${error.message}`))]
  }
}
