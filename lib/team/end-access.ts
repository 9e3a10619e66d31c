import 'server-only'
import type { Tx } from '@/lib/db/client'

/** Ends every session of an operator at once, also those that were replaced and had some seconds left. */
export async function endSessionsOf(tx: Tx, operatorId: string, now: Date): Promise<number> {
  const { count } = await tx.session.updateMany({ where: { operatorId, OR: [{ revokedAt: null }, { revokedAt: { gt: now } }] }, data: { revokedAt: now } })
  return count
}

/** Ends everything that an operator could still use: sessions, tokens for good, and open links by or for them. */
export async function endAccessOf(tx: Tx, operatorId: string, now: Date): Promise<{ sessions: number; tokens: number }> {
  const sessions = await endSessionsOf(tx, operatorId, now)
  const tokens = await tx.apiToken.updateMany({ where: { operatorId, revokedAt: null }, data: { revokedAt: now } })
  const makers = (await tx.apiToken.findMany({ where: { operatorId }, select: { id: true } })).map(({ id }) => id)
  await tx.accessLink.deleteMany({ where: { usedAt: null, OR: [{ operatorId }, { createdById: { in: [operatorId, ...makers] } }] } })
  return { sessions, tokens: tokens.count }
}
