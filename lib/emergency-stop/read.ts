import 'server-only'
import type { Actor } from '@/lib/auth/actor'
import { authoriseScope, inScope } from '@/lib/auth/authorise'
import { db } from '@/lib/db/client'
import { isBeforeStart, RUNNING_UPDATE_STATES, UPDATE_STATES } from '@/lib/updates/states'
import { stopInForce } from './at-work'
import type { EmergencyStopDto } from './dto'

/** Whether all firmware work is stopped, what still finishes, and what waits. */
export async function readEmergencyStop(actor: Actor): Promise<EmergencyStopDto> {
  const scope = authoriseScope(actor, 'firewall:read')
  const mine = { finishedAt: null, firewall: inScope(scope) }
  const [stop, finishing, waiting] = await Promise.all([
    stopInForce(db()),
    db().updateJob.count({ where: { ...mine, state: { in: [...RUNNING_UPDATE_STATES, 'verifying'] } } }),
    db().updateJob.count({ where: { ...mine, state: { in: UPDATE_STATES.filter(isBeforeStart) } } }),
  ])
  return { stop: stop && { at: stop.at.toISOString(), by: stop.by, reason: stop.reason }, finishing, waiting }
}
