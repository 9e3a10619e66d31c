import 'server-only'
import { familyModule, isFamily } from '@/lib/adapters/registry'
import { record } from '@/lib/audit/record'
import type { Actor } from '@/lib/auth/actor'
import { authorise, authoriseScope, notFound } from '@/lib/auth/authorise'
import { roleMay } from '@/lib/auth/roles'
import { AppError } from '@/lib/core/errors'
import { db } from '@/lib/db/client'
import { createOnce, type CreateRequest } from '@/lib/db/create-once'
import type { VersionHold } from '@/lib/db/generated/client'
import type { VersionHoldDto } from './dto'
import { findPlan, requireWhole } from './find'
import { holdsListed } from './holds-listed'
import type { CreateVersionHold, ListVersionHolds } from './input'

type Named = { id: string; name: string }
type Held = Named & { customerIds: string[]; rings: { position: number; name: string }[] }

const mayApprove = ({ grants }: Actor, at: string | null): boolean => grants.some(({ role, customerId }) => (customerId === null || customerId === at) && roleMay(role, 'update:approve'))

/** `customers` and `plans` are those that the reader sees; a hold of others is not told. */
function toHold(actor: Actor, row: VersionHold, customers: readonly Named[], plans: readonly Held[]): VersionHoldDto | null {
  const customer = customers.find(({ id }) => id === row.customerId) ?? null
  const plan = plans.find(({ id }) => id === row.planId) ?? null
  if (!isFamily(row.family) || (row.customerId !== null && !customer) || (row.planId !== null && !plan)) return null
  return {
    id: row.id,
    family: row.family,
    familyLabel: familyModule(row.family).label,
    version: row.version,
    customer,
    plan: plan && { id: plan.id, name: plan.name },
    fromPosition: row.fromPosition,
    fromRing: plan?.rings.find(({ position }) => position === (row.fromPosition ?? 0))?.name ?? null,
    note: row.note,
    createdAt: row.createdAt.toISOString(),
    createdBy: row.createdBy,
    liftedAt: row.liftedAt?.toISOString() ?? null,
    liftedBy: row.liftedBy,
    mayLift: (plan ? plan.customerIds : [row.customerId]).every((id) => mayApprove(actor, id)),
  }
}

async function toHolds(actor: Actor, rows: readonly VersionHold[]): Promise<VersionHoldDto[]> {
  const { customerIds } = authoriseScope(actor, 'firewall:read')
  const ids = (of: 'customerId' | 'planId') => rows.flatMap((row) => row[of] ?? [])
  const [customers, plans] = await Promise.all([
    db().customer.findMany({ where: { AND: [{ id: { in: ids('customerId') } }, customerIds === 'all' ? {} : { id: { in: [...customerIds] } }] }, select: { id: true, name: true } }),
    db().updatePlan.findMany({ where: { id: { in: ids('planId') }, ...(customerIds !== 'all' && { customerIds: { hasSome: [...customerIds] } }) }, select: { id: true, name: true, customerIds: true, rings: { select: { position: true, name: true } } } }),
  ])
  return rows.flatMap((row) => toHold(actor, row, customers, plans) ?? [])
}

/** Versions that are not installed for now, the newest first; those of the whole fleet concern everybody. At most 500. */
export async function listVersionHolds(actor: Actor, input: ListVersionHolds): Promise<{ items: VersionHoldDto[] }> {
  const rows = await holdsListed(authoriseScope(actor, 'firewall:read'), input)
  return { items: await toHolds(actor, rows) }
}

const refused = (field: string, message: string) => new AppError('invalid-input', 'This version cannot be held so.', { issues: [{ field, message }] })

/** Where it is to hold. Throws not-found for what is not there or outside the scope. */
async function findPlace(actor: Actor, { customerId, planId }: CreateVersionHold): Promise<{ customer: Named | null; name: string }> {
  if (planId !== null) {
    const found = await findPlan(actor, planId)
    requireWhole(actor, found)
    return { customer: null, name: found.row.name }
  }
  const customer = customerId === null ? null : await db().customer.findUnique({ where: { id: customerId }, select: { id: true, name: true } })
  if (customerId !== null && !customer) throw notFound('customer')
  authorise(actor, 'update:plan', { customerId })
  return { customer, name: customer?.name ?? 'the fleet' }
}

/** The same, if the actor plans updates there: stopping takes no more than planning. What is not there is a fault of its field. */
async function placeOf(actor: Actor, input: CreateVersionHold): Promise<{ customer: Named | null; name: string }> {
  if (input.planId !== null && input.customerId !== null) throw refused('customerId', 'A plan or a customer, not both.')
  if (input.planId === null && input.fromPosition !== null) throw refused('fromPosition', 'Rings are those of a plan: name it.')
  return findPlace(actor, input).catch((error: unknown) => {
    if (!(error instanceof AppError) || error.code !== 'not-found') throw error
    throw input.planId === null ? refused('customerId', 'There is no such customer.') : refused('planId', 'There is no such plan.')
  })
}

/** Holds a version for the fleet, a customer, or in a plan from a ring outward. What has begun goes on. Throws conflict when it is held there already. */
export async function createVersionHold(actor: Actor, input: CreateVersionHold, create: CreateRequest): Promise<VersionHoldDto> {
  const { customer, name } = await placeOf(actor, input)
  const { family, version, customerId, planId, fromPosition, note } = input
  const same = await db().versionHold.findFirst({ where: { family, version, customerId, planId, fromPosition, liftedAt: null }, select: { id: true } })
  const id = await createOnce(
    create,
    async (tx, made) => {
      if (same) throw new AppError('conflict', `${version} is held there already.`, { nextStep: 'Lift that hold first to make another.' })
      await tx.versionHold.create({ data: { id: made, family, version, customerId, planId, fromPosition: planId === null ? null : (fromPosition ?? 0), note, createdAt: new Date(), createdBy: actor.name } })
      await record(tx, actor, { action: 'version-hold.create', target: { kind: 'version', id: made, name: version }, ...(customer && { customer }), details: { family, place: name, planId, fromPosition }, after: { note } })
      return made
    },
    (made) => Promise.resolve(made),
  )
  return readHold(actor, id)
}

async function readHold(actor: Actor, id: string): Promise<VersionHoldDto> {
  const row = await db().versionHold.findUnique({ where: { id } })
  const [hold] = row ? await toHolds(actor, [row]) : []
  if (!hold) throw notFound('version hold')
  return hold
}

/** Lets a version be installed again; that takes who may approve it there. Throws conflict when it was lifted already. */
export async function liftVersionHold(actor: Actor, { id }: { id: string }): Promise<VersionHoldDto> {
  const hold = await readHold(actor, id)
  const customerIds = hold.plan ? (await findPlan(actor, hold.plan.id)).row.customerIds : [hold.customer?.id ?? null]
  for (const customerId of customerIds) authorise(actor, 'update:approve', { customerId })
  await db().$transaction(async (tx) => {
    const { count } = await tx.versionHold.updateMany({ where: { id, liftedAt: null }, data: { liftedAt: new Date(), liftedBy: actor.name } })
    if (count === 0) throw new AppError('conflict', 'This hold was lifted already.', { nextStep: 'Look again.' })
    await record(tx, actor, { action: 'version-hold.lift', target: { kind: 'version', id, name: hold.version }, ...(hold.customer && { customer: hold.customer }), details: { family: hold.family, planId: hold.plan?.id ?? null } })
  })
  return readHold(actor, id)
}
