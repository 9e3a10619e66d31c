import 'server-only'
import type { Tx } from '@/lib/db/client'
import { endSessionsOf } from '@/lib/db/session-sql'

/** Ends everything that an operator could still use: sessions, tokens for good, and open links by or for them. */
export async function endAccessOf(tx: Tx, operatorId: string, now: Date): Promise<{ sessions: number; tokens: number }> {
  const sessions = await endSessionsOf(tx, operatorId)
  const tokens = await tx.apiToken.updateMany({ where: { operatorId, revokedAt: null }, data: { revokedAt: now } })
  const makers = (await tx.apiToken.findMany({ where: { operatorId }, select: { id: true } })).map(({ id }) => id)
  await tx.accessLink.deleteMany({ where: { usedAt: null, OR: [{ operatorId }, { createdById: { in: [operatorId, ...makers] } }] } })
  return { sessions, tokens: tokens.count }
}
