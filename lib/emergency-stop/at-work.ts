import 'server-only'
import type { Tx } from '@/lib/db/client'
import type { EmergencyStop } from '@/lib/db/generated/client'
import { LOCKS } from '@/lib/db/locks'

/** The stop that is in force, or null. */
export const stopInForce = (tx: Tx): Promise<EmergencyStop | null> => tx.emergencyStop.findFirst({ where: { liftedAt: null }, orderBy: { at: 'desc' } })

/** The same for who is about to begin: a stop that comes meanwhile waits for this transaction, and what it began counts as begun. */
export async function stopBeforeStart(tx: Tx): Promise<EmergencyStop | null> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock_shared(${LOCKS.emergencyStop}::bigint)`
  return stopInForce(tx)
}
