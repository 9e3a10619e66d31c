import 'server-only'
import { workerActor } from '@/lib/auth/actor'
import { log } from '@/lib/core/log'
import { claimVisits, finishVisit, findConnection, type ClaimedVisit } from '@/lib/db/sql'
import { askReadings } from '@/lib/firewalls/ask-readings'
import { FIREWALL_STATES, STATE_RULES, VISIT_INTERVAL_SECONDS } from '@/lib/firewalls/states'
import { closePool } from '@/lib/outbound/pools'

const AT_ONCE_MAX = 12
/** Longer than the slowest visit; a killed worker's firewalls come back after it. */
const LEASE_SECONDS = 240
/** So that a fleet enrolled in one minute is not visited in one second for ever. */
const JITTER_SECONDS = 30

function mayVisit(state: string): boolean {
  const known = FIREWALL_STATES.find((word) => word === state)
  return known === undefined || STATE_RULES[known].automation
}

async function visit(claimed: ClaimedVisit, worker: string, stopping: AbortSignal): Promise<void> {
  const row = await findConnection(claimed.firewallId, 'all')
  // Stopped on purpose: only a person releases it, so the firewall is not even called.
  if (row && row.pausedAt === null && mayVisit(row.state)) {
    const signal = AbortSignal.any([stopping, AbortSignal.timeout((LEASE_SECONDS - 10) * 1000)])
    const { answered, stopped } = await askReadings(row, workerActor(worker), signal)
    log().debug({ firewall: row.id, answered, stopped: stopped?.code }, 'visited')
    closePool(row.id)
  }
  await finishVisit(claimed, VISIT_INTERVAL_SECONDS - JITTER_SECONDS / 2 + Math.random() * JITTER_SECONDS)
}

/** Claims and carries out visits until none is due. One that fails unexpectedly costs only itself. */
export async function runDueVisits(worker: string, stopping: AbortSignal): Promise<void> {
  const lane = async () => {
    while (!stopping.aborted) {
      const [claimed] = await claimVisits(worker, 1, LEASE_SECONDS)
      if (!claimed) return
      await visit(claimed, worker, stopping).catch((error: unknown) => {
        log().error({ firewall: claimed.firewallId, err: error instanceof Error ? { message: error.message, stack: error.stack } : 'unknown' }, 'visit failed')
      })
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE_MAX }, lane))
}
