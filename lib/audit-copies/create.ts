import 'server-only'
import type { z } from 'zod'
import { record } from '@/lib/audit/record'
import type { Actor } from '@/lib/auth/actor'
import { authorise } from '@/lib/auth/authorise'
import { requireStepUp } from '@/lib/auth/step-up'
import { AppError } from '@/lib/core/errors'
import { createOnce, type CreateRequest } from '@/lib/db/create-once'
import { headOfLog, refuseTaken } from './dto-of'
import type { CopyDto, createCopyInput } from './input'
import { showCopy } from './list'

/** Each is a connection every few seconds while things happen. */
export const COPIES_MAX = 20

/** Copies the audit log to one more place, from the entry about this act on or from the first that is kept. */
export async function createCopy(actor: Actor, { name, target, start }: z.output<typeof createCopyInput>, create: CreateRequest): Promise<CopyDto> {
  authorise(actor, 'installation:manage', { customerId: null })
  requireStepUp(actor, 'installation.manage')
  const firstEntry = start === 'now' ? (await headOfLog()) + 1n : 1n
  const id = await createOnce(
    create,
    async (tx, id) => {
      if ((await tx.auditCopy.count()) >= COPIES_MAX) throw new AppError('conflict', `There are already ${COPIES_MAX} copies.`, { nextStep: 'Remove one first.' })
      await tx.auditCopy.create({ data: { id, name, kind: target.kind, settings: target, firstEntry, lastEntry: firstEntry - 1n, createdAt: new Date() } })
      await record(tx, actor, { action: 'audit.copy.create', target: { kind: 'audit-copy', id, name }, after: { target, firstEntry: Number(firstEntry) } })
      return id
    },
    (id) => Promise.resolve(id),
  ).catch((error: unknown) => refuseTaken(error, name))
  return showCopy(id)
}
