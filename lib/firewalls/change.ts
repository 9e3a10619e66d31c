import 'server-only'
import { record, type AuditEvent } from '@/lib/audit/record'
import type { Actor } from '@/lib/auth/actor'
import { authorise, authoriseScope, inScope, notFound } from '@/lib/auth/authorise'
import { AppError } from '@/lib/core/errors'
import { db, type Tx } from '@/lib/db/client'
import type { Prisma } from '@/lib/db/generated/client'

export type ChangeableRow = Prisma.FirewallGetPayload<{ include: { customer: { select: { id: true; name: true } } } }>

/** A firewall that the actor may manage; not-found outside the scope. */
export async function findManaged(actor: Actor, id: string): Promise<ChangeableRow> {
  const scope = authoriseScope(actor, 'firewall:read')
  const row = await db().firewall.findFirst({ where: { id, ...inScope(scope) }, include: { customer: { select: { id: true, name: true } } } })
  if (!row) throw notFound()
  authorise(actor, 'firewall:manage', { customerId: row.customerId })
  return row
}

export const staleChange = (): AppError => new AppError('stale', 'Someone changed this since you looked at it.', { nextStep: 'Look again, then save.' })

type Change = { event: Pick<AuditEvent, 'action' | 'before' | 'after' | 'details'>; data: Prisma.FirewallUncheckedUpdateManyInput; also?: (tx: Tx) => Promise<unknown> }

/** Compare-and-set on the revision that the person saw, what belongs to it, and the audit entry, in one transaction. */
export async function changeFirewall(actor: Actor, row: ChangeableRow, expectedRevision: number, { event, data, also }: Change): Promise<void> {
  await db().$transaction(async (tx) => {
    const { count } = await tx.firewall.updateMany({ where: { id: row.id, revision: expectedRevision }, data: { ...data, revision: { increment: 1 } } })
    if (count === 0) throw staleChange()
    await also?.(tx)
    await record(tx, actor, { ...event, target: { kind: 'firewall', id: row.id, name: row.name }, customer: row.customer })
  })
}
