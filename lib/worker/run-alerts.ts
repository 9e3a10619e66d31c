import 'server-only'
import { evaluateAlerts, type Evaluated } from '@/lib/alerts/evaluate'
import { log } from '@/lib/core/log'
import { readChangedFirewalls, type Which } from '@/lib/db/alert-facts-sql'

/** All that may be wrong is looked at so often, also when nothing changed: days pass and losses grow without a change. */
const SWEEP_MS = 300_000
/** So many since the last look, and everything is looked at. */
const CHANGES_MAX = 5_000

/**
 * Keeps alerts in step with what is stored of firewalls. `keep` looks at those that changed since this process looked last and
 * at those whose alerts are about to move; everything at the first time, every five minutes, and after rules or silences
 * changed. What is remembered here only saves work: whoever forgot it looks at everything. null when another process is at it.
 */
export function alertKeeper() {
  let place: string | null = null
  let sweptAt: Date | null = null
  let inForceThen: string | null = null

  async function keep(now: Date): Promise<Evaluated | null> {
    const { horizon, ids, isCut } = await readChangedFirewalls(place, CHANGES_MAX)
    const isDue = place === null || isCut || sweptAt === null || now.getTime() - sweptAt.getTime() >= SWEEP_MS
    let isSweep = isDue
    const choose = (inForce: string): Which => {
      isSweep = isDue || inForce !== inForceThen
      return isSweep ? { sweep: true } : { sweep: false, changed: ids }
    }
    const looked = await evaluateAlerts(now, choose)
    if (looked === null) return null
    place = horizon
    inForceThen = looked.inForce
    if (isSweep) sweptAt = now
    if (looked.opened > 0 || looked.resolved > 0) log().info({ opened: looked.opened, resolved: looked.resolved, told: looked.told, firewalls: looked.firewalls }, 'alerts moved')
    return looked
  }
  return { keep }
}
