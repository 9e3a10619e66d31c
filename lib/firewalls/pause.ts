import 'server-only'
import type { z } from 'zod'
import type { Actor } from '@/lib/auth/actor'
import { changeFirewall, findManaged } from './change'
import type { FirewallDetail } from './dto'
import type { pauseInput } from './input'
import { readFirewall } from './read'
import { STATE_RULES } from './states'
import { visitNow } from './visit-now'

/** Stops or resumes the visits of one firewall; people may still ask it. */
export async function pauseFirewall(actor: Actor, { id, paused, reason }: z.output<typeof pauseInput>, expectedRevision: number): Promise<FirewallDetail> {
  const row = await findManaged(actor, id)
  const now = new Date()
  const pausedReason = paused ? (reason ? `by ${actor.name}: ${reason}` : `by ${actor.name}`) : null
  // A firewall that waits for a person keeps saying so; pausing must not hide it.
  const waits = row.state === 'certificate-changed' || row.state === 'credential-rejected' || row.state === 'credential-missing'
  const state = paused ? 'paused' : 'not-visited'
  await changeFirewall(actor, row, expectedRevision, {
    event: { action: 'firewall.pause', before: { paused: row.pausedAt !== null }, after: { paused, reason } },
    data: { pausedAt: paused ? now : null, pausedReason, ...(!waits && { state, stateRank: STATE_RULES[state].rank, stateReason: null }) },
    also: (tx) => tx.firewallVisit.updateMany({ where: { firewallId: row.id }, data: visitNow(now) }),
  })
  return readFirewall(actor, { id: row.id })
}
