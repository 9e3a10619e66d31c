import 'server-only'
import type { Actor } from '@/lib/auth/actor'
import { notFound, type Scope } from '@/lib/auth/authorise'
import { AppError } from '@/lib/core/errors'
import { db } from '@/lib/db/client'
import type { EnrolmentFile, Prisma } from '@/lib/db/generated/client'
import { send } from '@/lib/jobs/boss'
import { FOR_A_PERSON, UNDER_WAY } from './states'

/** The person behind a session or token. Throws forbidden for who is nobody. */
export function operatorOf(actor: Actor): string {
  if (actor.kind === 'operator') return actor.id
  if (actor.kind === 'token') return actor.operatorId
  throw new AppError('forbidden', 'Only an operator has files.')
}

/** A file of the actor's own; another's answers like one that does not exist. The scope proves that firewalls may be managed at all. */
export async function ownFile({ actor }: Scope<'firewall:manage'>, id: string): Promise<EnrolmentFile> {
  const file = await db().enrolmentFile.findFirst({ where: { id, operatorId: operatorOf(actor) } })
  if (!file) throw notFound('enrolment')
  return file
}

/** Rows of a file within the customers that the actor may manage now. */
export const rowsInScope = ({ customerIds }: Scope<'firewall:manage'>, fileId: string): Prisma.EnrolmentRowWhereInput => ({ fileId, ...(customerIds !== 'all' && { customerId: { in: [...customerIds] } }) })

/**
 * Lets a worker go on with the file at once. A step that is under way sees the rows by itself, so its lease stays. If this
 * process dies before the wake-up, a worker finds the file overdue.
 */
export async function wakeFile(fileId: string): Promise<void> {
  await db().enrolmentFile.updateMany({ where: { id: fileId, finishedAt: { not: null } }, data: { finishedAt: null } })
  await send('enrolment-step', { fileId })
}

/** Notes that a file is done with when none of its rows can go on any more. */
export async function finishFile(fileId: string, now: Date): Promise<void> {
  await db().enrolmentFile.updateMany({ where: { id: fileId, finishedAt: null, rows: { none: { state: { in: [...UNDER_WAY, ...FOR_A_PERSON] } } } }, data: { finishedAt: now } })
}
