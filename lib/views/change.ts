import 'server-only'
import type { z } from 'zod'
import { record } from '@/lib/audit/record'
import type { Actor, OperatorActor } from '@/lib/auth/actor'
import { authorise, notFound } from '@/lib/auth/authorise'
import { ownSession } from '@/lib/auth/own-session'
import { AppError } from '@/lib/core/errors'
import { db } from '@/lib/db/client'
import { createOnce, type CreateRequest } from '@/lib/db/create-once'
import { Prisma, type SavedView } from '@/lib/db/generated/client'
import { VIEWS_MAX, type CreateView, type editViewInput, type ViewDto } from './input'
import { toView, withOwner } from './list'

type Edit = z.output<typeof editViewInput>

/** A shared view shows its name and conditions to everyone, so only who asks firewalls of all customers may share one. */
function requireMayShare(actor: Actor): void {
  authorise(actor, 'firewall:ask', { customerId: null })
}

const read = async (person: OperatorActor, id: string): Promise<ViewDto> => {
  const row = await db().savedView.findFirst({ where: { id, operatorId: person.id }, include: withOwner })
  if (!row) throw notFound('view')
  return toView(row, person.id)
}

async function findOwn(person: OperatorActor, id: string): Promise<SavedView> {
  const row = await db().savedView.findFirst({ where: { id, operatorId: person.id } })
  if (!row) throw notFound('view')
  return row
}

function refuseTakenName(error: unknown, name: string): never {
  if (!(error instanceof Prisma.PrismaClientKnownRequestError) || error.code !== 'P2002') throw error
  throw new AppError('conflict', `You already have a view named ${name}.`, { nextStep: 'Choose another name.', issues: [{ field: 'name', message: 'You already have a view of this name.' }] })
}

const told = ({ list, name, query, columns, shared }: Pick<SavedView, 'list' | 'name' | 'query' | 'columns' | 'shared'>) => ({ list, name, query, columns, shared })
const columnsOf = (columns: string[] | null) => columns ?? Prisma.DbNull

/** Keeps a question over a list under a name. Up to 100 for each person. */
export async function createView(actor: Actor, input: CreateView, create: CreateRequest): Promise<ViewDto> {
  const person = ownSession(actor)
  if (input.shared) requireMayShare(actor)
  if ((await db().savedView.count({ where: { operatorId: person.id } })) >= VIEWS_MAX) throw new AppError('conflict', `You have ${VIEWS_MAX} views.`, { nextStep: 'Remove one first.' })
  const id = await createOnce(
    create,
    async (tx, made) => {
      await tx.savedView.create({ data: { ...input, id: made, operatorId: person.id, columns: columnsOf(input.columns) } })
      await record(tx, actor, { action: 'view.create', target: { kind: 'view', id: made, name: input.name }, after: told({ ...input }) })
      return made
    },
    (made) => Promise.resolve(made),
  ).catch((error: unknown) => refuseTakenName(error, input.name))
  return read(person, id)
}

/** Changes name, question, columns or whether it is shared, of one's own view. */
export async function editView(actor: Actor, { id, ...edit }: Edit, expectedRevision: number): Promise<ViewDto> {
  const person = ownSession(actor)
  const row = await findOwn(person, id)
  if (edit.shared === true && !row.shared) requireMayShare(actor)
  const { columns, ...rest } = edit
  const data = { ...Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined)), ...(columns !== undefined && { columns: columnsOf(columns) }) }
  await db().$transaction(async (tx) => {
    const { count } = await tx.savedView.updateMany({ where: { id, operatorId: person.id, revision: expectedRevision }, data: { ...data, revision: { increment: 1 } } })
    if (count === 0) throw new AppError('stale', 'This view was changed since you looked at it.', { nextStep: 'Look again, then save.' })
    await record(tx, actor, { action: 'view.edit', target: { kind: 'view', id, name: row.name }, before: told(row), after: { ...told(row), ...edit } })
  }).catch((error: unknown) => refuseTakenName(error, edit.name ?? row.name))
  return read(person, id)
}

/** Removes one's own view; who used its link still has the question in it. */
export async function removeView(actor: Actor, { id }: { id: string }, expectedRevision: number): Promise<{ removed: true }> {
  const person = ownSession(actor)
  const row = await findOwn(person, id)
  await db().$transaction(async (tx) => {
    const { count } = await tx.savedView.deleteMany({ where: { id, operatorId: person.id, revision: expectedRevision } })
    if (count === 0) throw new AppError('stale', 'This view was changed since you looked at it.', { nextStep: 'Look again, then remove it.' })
    await record(tx, actor, { action: 'view.remove', target: { kind: 'view', id, name: row.name }, before: told(row) })
  })
  return { removed: true }
}
