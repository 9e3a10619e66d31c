import 'server-only'
import type { z } from 'zod'
import { record } from '@/lib/audit/record'
import type { Actor } from '@/lib/auth/actor'
import { authorise } from '@/lib/auth/authorise'
import { requireStepUp } from '@/lib/auth/step-up'
import { AppError } from '@/lib/core/errors'
import { db } from '@/lib/db/client'
import { refuseTaken } from './dto-of'
import { copyTarget, type CopyDto, type editCopyInput } from './input'
import { findCopy, showCopy } from './list'

const stale = () => new AppError('stale', 'Someone changed this copy since you looked at it.', { nextStep: 'Look again, then save.' })

/** Renames, moves, pauses or continues a copy. It goes on where it was, and tries at once. */
export async function editCopy(actor: Actor, { id, ...edit }: z.output<typeof editCopyInput>, expectedRevision: number): Promise<CopyDto> {
  authorise(actor, 'installation:manage', { customerId: null })
  requireStepUp(actor, 'installation.manage')
  const row = await findCopy(id)
  const before = { name: row.name, target: copyTarget.parse(row.settings), enabled: row.enabled }
  const after = { name: edit.name ?? before.name, target: edit.target ?? before.target, enabled: edit.enabled ?? before.enabled }
  if (after.target.kind !== before.target.kind) throw new AppError('invalid-input', 'A copy stays of its kind.', { nextStep: 'Make another copy and remove this one.', issues: [{ field: 'target', message: 'The kind cannot be changed.' }] })
  await db()
    .$transaction(async (tx) => {
      const { count } = await tx.auditCopy.updateMany({ where: { id, revision: expectedRevision }, data: { name: after.name, settings: after.target, enabled: after.enabled, failures: 0, heldUntil: null, lastError: null, revision: { increment: 1 } } })
      if (count === 0) throw stale()
      await record(tx, actor, { action: 'audit.copy.edit', target: { kind: 'audit-copy', id, name: after.name }, before, after })
    })
    .catch((error: unknown) => refuseTaken(error, after.name))
  return showCopy(id)
}

/** Ends a copy. What arrived stays where it is. */
export async function removeCopy(actor: Actor, { id }: { id: string }, expectedRevision: number): Promise<{ removed: true }> {
  authorise(actor, 'installation:manage', { customerId: null })
  requireStepUp(actor, 'installation.manage')
  const row = await findCopy(id)
  await db().$transaction(async (tx) => {
    const { count } = await tx.auditCopy.deleteMany({ where: { id, revision: expectedRevision } })
    if (count === 0) throw stale()
    await record(tx, actor, { action: 'audit.copy.remove', target: { kind: 'audit-copy', id, name: row.name }, before: { target: copyTarget.parse(row.settings), lastEntry: Number(row.lastEntry) } })
  })
  return { removed: true }
}
