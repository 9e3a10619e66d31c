import 'server-only'
import { record } from '@/lib/audit/record'
import type { Actor } from '@/lib/auth/actor'
import { authoriseScope } from '@/lib/auth/authorise'
import type { Tx } from '@/lib/db/client'
import { createOnce, type CreateRequest } from '@/lib/db/create-once'
import { toJson } from '@/lib/db/json'
import { operatorIdOf } from '@/lib/team/reach'
import { customersOf, requireSupersedable, requireUsable } from './check-design'
import type { PlanDto } from './dto'
import { asChanger, findPlan, requireWhole } from './find'
import type { CreatePlan } from './input'
import { readPlan } from './read'
import { designOf, kindOf } from './shape'

async function insert(tx: Tx, actor: Actor, id: string, { name, kind, query, holdIfReboot, fourEyes, design }: CreatePlan, customerIds: string[], copyOf: string | null): Promise<string> {
  const now = new Date()
  await tx.updatePlan.create({
    data: { id, name, state: 'draft', kind, query, holdIfReboot, fourEyes, design: toJson(design), customerIds, createdAt: now, createdById: operatorIdOf(actor), createdByName: actor.name, actor: toJson(asChanger(actor, now)), nextStepAt: now },
  })
  await record(tx, actor, { action: 'plan.create', target: { kind: 'plan', id, name }, details: { customerIds, ...(copyOf !== null && { copyOf }) }, after: { kind, query, holdIfReboot, fourEyes, design } })
  return id
}

/**
 * Keeps a draft. It stays with the customers whose firewalls match now: those that match later join only of these, and of others
 * when it is saved again. Throws invalid-input naming the field.
 */
export async function createPlan(actor: Actor, input: CreatePlan, create: CreateRequest): Promise<PlanDto> {
  const scope = authoriseScope(actor, 'update:plan')
  requireUsable(input.design)
  await requireSupersedable(actor, input.design)
  const customerIds = await customersOf(input.query, scope)
  const id = await createOnce(create, (tx, id) => insert(tx, actor, id, input, customerIds, null), (id) => Promise.resolve(id))
  return readPlan(actor, { id })
}

/** Makes a draft like a plan; with `supersede` the copy ends that plan when it is approved. Throws forbidden, conflict. */
export async function duplicatePlan(actor: Actor, { id, name, supersede }: { id: string; name?: string | undefined; supersede: boolean }, create: CreateRequest): Promise<PlanDto> {
  const found = await findPlan(actor, id)
  requireWhole(actor, found)
  const { row, scope } = found
  const design = { ...designOf(row.design), supersedesId: supersede ? id : null }
  await requireSupersedable(actor, design)
  const input = { name: name ?? `${row.name}, copy`.slice(0, 80), kind: kindOf(row.kind), query: row.query, holdIfReboot: row.holdIfReboot, fourEyes: row.fourEyes, design }
  const customerIds = await customersOf(row.query, scope)
  const made = await createOnce(create, (tx, made) => insert(tx, actor, made, input, customerIds, id), (made) => Promise.resolve(made))
  return readPlan(actor, { id: made })
}
