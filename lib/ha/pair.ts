import 'server-only'
import { record } from '@/lib/audit/record'
import type { Actor } from '@/lib/auth/actor'
import { AppError } from '@/lib/core/errors'
import type { Tx } from '@/lib/db/client'

type Member = { id: string; name: string; haPeerId: string | null }
type Customer = { id: string; name: string }

/**
 * Keeps a pair in both of its rows: the former peer is let go, the new one is taken, each with an entry of its own in the
 * audit log. `member` is as it was before; its own row is written by the caller. Throws conflict when the new peer already
 * has another one.
 */
export async function keepPair(tx: Tx, actor: Actor, member: Member, peerId: string | null, customer: Customer): Promise<void> {
  if (member.haPeerId !== null && member.haPeerId !== peerId) await setPeer(tx, actor, member.haPeerId, member.id, null, customer)
  if (peerId === null || (await tx.firewall.count({ where: { id: peerId, haPeerId: member.id } })) > 0) return
  if (await setPeer(tx, actor, peerId, null, member.id, customer)) return
  const taken = await tx.firewall.findUnique({ where: { id: peerId }, select: { name: true, haPeer: { select: { name: true } } } })
  const message = `${taken?.name ?? 'The other firewall'} already is in a pair with ${taken?.haPeer?.name ?? 'another firewall'}.`
  throw new AppError('conflict', message, { nextStep: 'Unlink that pair first.', issues: [{ field: 'haPeerId', message }] })
}

async function setPeer(tx: Tx, actor: Actor, id: string, from: string | null, to: string | null, customer: Customer): Promise<boolean> {
  const { count } = await tx.firewall.updateMany({ where: { id, haPeerId: from }, data: { haPeerId: to, revision: { increment: 1 } } })
  if (count === 0) return false
  const { name } = await tx.firewall.findUniqueOrThrow({ where: { id }, select: { name: true } })
  await record(tx, actor, { action: 'firewall.edit', target: { kind: 'firewall', id, name }, customer, before: { haPeerId: from }, after: { haPeerId: to } })
  return true
}
