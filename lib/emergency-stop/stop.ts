import 'server-only'
import { record } from '@/lib/audit/record'
import type { Actor } from '@/lib/auth/actor'
import { authorise } from '@/lib/auth/authorise'
import { requireStepUp } from '@/lib/auth/step-up'
import { db, type Tx } from '@/lib/db/client'
import { LOCKS } from '@/lib/db/locks'
import { wakeJobs } from '@/lib/db/rollout-sql'
import { stopInForce } from './at-work'
import type { EmergencyStopDto } from './dto'
import { readEmergencyStop } from './read'

const target = { kind: 'installation', id: null, name: 'firmware work' } as const
const LIFT_MS_MAX = 60_000
/** Longer than the database lets a transaction stand idle (lib/db/idle.ts). */
const WAIT_MS_MAX = 60_000
/** Waits for whoever is about to begin one right now, and keeps others from it until the transaction ends. */
const aloneWith = (tx: Tx) => tx.$executeRaw`SELECT pg_advisory_xact_lock(${LOCKS.emergencyStop}::bigint)`

/**
 * Stops all firmware work of all customers: from the moment this returns, no update that has not begun starts, in whatever process.
 * Nothing stops an installation that has begun; the answer counts those. Once more while it is in force changes nothing.
 */
export async function stopFirmware(actor: Actor, { reason }: { reason: string }, now = new Date()): Promise<EmergencyStopDto> {
  authorise(actor, 'update:stop', { customerId: null })
  // It stands before anybody is waited for: whoever asks from now on is kept back, also while a worker that begins one stands still.
  await db().$transaction(async (tx) => {
    if (await stopInForce(tx)) return
    await tx.emergencyStop.create({ data: { at: now, by: actor.name, reason: reason === '' ? 'No reason was given.' : reason } })
    await record(tx, actor, { action: 'firmware.stop', target, details: { reason } })
  })
  await db().$transaction((tx) => aloneWith(tx), { timeout: WAIT_MS_MAX })
  return readEmergencyStop(actor)
}

/** Lets firmware work go on: each job asks again whether its turn has come, in its window. An admin, with a fresh proof. Changes nothing where nothing is stopped. */
export async function liftStop(actor: Actor, now = new Date()): Promise<EmergencyStopDto> {
  authorise(actor, 'update:approve', { customerId: null })
  requireStepUp(actor, 'firmware.lift-stop')
  await db().$transaction(async (tx) => {
    await aloneWith(tx)
    const stop = await stopInForce(tx)
    if (!stop) return
    await tx.emergencyStop.updateMany({ where: { liftedAt: null }, data: { liftedAt: now, liftedBy: actor.name } })
    await wakeJobs(tx, null, now)
    await record(tx, actor, { action: 'firmware.lift-stop', target, details: { stoppedAt: stop.at.toISOString(), by: stop.by } })
  }, { timeout: LIFT_MS_MAX })
  return readEmergencyStop(actor)
}
