import 'server-only'
import { db, type Tx } from '@/lib/db/client'
import type { HoldOf } from './cannot-run'

/** Versions compare by what they say, not by how a family decorates them: `2.8.1` holds `2.8.1-RELEASE` too. */
const bare = (version: string): string => version.replace(/-RELEASE$/i, '')
/** All that say the same version. */
export const spellingsOf = (version: string): string[] => [...new Set([version, bare(version), `${bare(version)}-RELEASE`])]

/**
 * Versions that are held now: for the fleet, for a customer, or in this plan from a ring outward. The engine asks the same before
 * each start, so that a hold made after the approval counts.
 */
export async function activeHolds(planId: string | null, tx: Tx = db()): Promise<HoldOf> {
  const holds = await tx.versionHold.findMany({ where: { liftedAt: null, OR: [{ planId: null }, ...(planId === null ? [] : [{ planId }])] }, orderBy: { createdAt: 'asc' } })
  return (row, version, position) => {
    if (version === null) return null
    const found = holds.find(
      (hold) => hold.family === row.family && bare(hold.version) === bare(version) && (hold.customerId === null || hold.customerId === row.customerId) && (hold.planId === null || position >= (hold.fromPosition ?? 0)),
    )
    return found ? { version: found.version, note: found.note } : null
  }
}
