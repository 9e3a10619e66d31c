import 'server-only'
import { z } from 'zod'
import type { Actor } from '@/lib/auth/actor'
import { authorise, authoriseScope, notFound, type Scope } from '@/lib/auth/authorise'
import { AppError } from '@/lib/core/errors'
import { db } from '@/lib/db/client'
import type { UpdatePlan } from '@/lib/db/generated/client'
import { operatorIdOf } from '@/lib/team/reach'
import { isDraft, planStateOf } from './states'

type PlanScope = Scope<'update:plan'>
export type FoundPlan = { row: UpdatePlan; scope: PlanScope; /** Customers of it that the actor sees. */ seen: string[]; partial: boolean }

/** Who changed a plan last, and when; kept with it as the actor. */
const changer = z.object({ kind: z.string(), id: z.string().nullable(), name: z.string(), operatorId: z.string().nullable().default(null), at: z.string() })
export const changerOf = ({ actor, createdAt }: Pick<UpdatePlan, 'actor' | 'createdAt'>): z.output<typeof changer> =>
  changer.safeParse(actor).data ?? { kind: 'operator', id: null, name: 'unknown', operatorId: null, at: createdAt.toISOString() }
export const asChanger = (actor: Actor, at: Date) => ({ kind: actor.kind, id: actor.id, name: actor.name, operatorId: operatorIdOf(actor), at: at.toISOString() })

/**
 * A plan of which the actor sees at least one customer; one without firewalls yet is seen by who made it. Throws the answer for
 * what does not exist otherwise.
 */
export async function findPlan(actor: Actor, id: string): Promise<FoundPlan> {
  const scope = authoriseScope(actor, 'update:plan')
  const row = await db().updatePlan.findUnique({ where: { id } })
  if (!row) throw notFound('plan')
  const { customerIds } = scope
  const seen = customerIds === 'all' ? row.customerIds : row.customerIds.filter((customer) => customerIds.includes(customer))
  const own = row.customerIds.length === 0 && row.createdById !== null && row.createdById === operatorIdOf(actor)
  if (customerIds !== 'all' && seen.length === 0 && !own) throw notFound('plan')
  return { row, scope, seen, partial: seen.length < row.customerIds.length }
}

/** Throws forbidden unless the actor plans updates in every customer of the plan. */
export function requireWhole(actor: Actor, { row, partial }: FoundPlan): void {
  if (partial) throw new AppError('forbidden', 'This plan has firewalls of customers that you do not see.', { nextStep: 'Someone who plans updates for all of its customers can change it.', permission: 'update:plan' })
  for (const customerId of row.customerIds) authorise(actor, 'update:plan', { customerId })
}

/** Throws stale, saying who changed it and when. */
export function requireRevision({ row }: Pick<FoundPlan, 'row'>, expectedRevision: number): void {
  if (row.revision === expectedRevision) return
  const { name, at } = changerOf(row)
  throw new AppError('stale', 'Someone changed this plan since you looked at it.', { nextStep: 'Look again, then save.', changedBy: name, changedAt: at })
}
export const staleNow = (): AppError => new AppError('stale', 'Someone changed this plan at this moment.', { nextStep: 'Look again, then save.' })

/** Throws conflict for a plan that was approved, or is over. */
export function requireDraft({ row }: Pick<FoundPlan, 'row'>): void {
  const state = planStateOf(row.state)
  if (state !== null && isDraft(state)) return
  throw new AppError('conflict', 'This plan was approved, so it is fixed.', { nextStep: 'Take the approval back while nothing has begun, or make a copy that supersedes it.' })
}
