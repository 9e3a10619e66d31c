import 'server-only'
import { z } from 'zod'
import type { Actor } from '@/lib/auth/actor'
import { authorise, authoriseScope, inScope, notFound } from '@/lib/auth/authorise'
import type { Permission } from '@/lib/auth/roles'
import { db } from '@/lib/db/client'
import { fromCursor, toCursor, totalOf } from '@/lib/lists/cursor'
import type { List } from '@/lib/lists/list'
import { TOTAL_EXACT_MAX } from '@/lib/lists/totals'
import type { UpdateJobDetail, UpdateJobDto } from './dto'
import { detailInclude, jobInclude, toUpdateJob, toUpdateJobDetail } from './dto-of'
import type { ListUpdateJobs } from './input'

const position = z.strictObject({ at: z.iso.datetime(), id: z.uuid() })

/** A job within the actor's scope. Throws not-found outside it, forbidden without the permission. */
export async function findUpdateJob(actor: Actor, id: string, permission: Permission) {
  const scope = authoriseScope(actor, 'firewall:read')
  const row = await db().updateJob.findFirst({ where: { id, firewall: inScope(scope) }, include: jobInclude })
  if (!row) throw notFound('job')
  authorise(actor, permission, { customerId: row.firewall.customer.id })
  return row
}

/** Update jobs, the ones whose state moved last first. */
export async function listUpdateJobs(actor: Actor, { limit, cursor, customerId, ...filters }: ListUpdateJobs): Promise<List<UpdateJobDto>> {
  const scope = authoriseScope(actor, 'firewall:read')
  const after = fromCursor(cursor, position)
  const where = { ...filters, firewall: { AND: [inScope(scope), customerId === undefined ? {} : { customerId }] } }
  const older = after ? { OR: [{ stateSince: { lt: new Date(after.at) } }, { stateSince: new Date(after.at), id: { lt: after.id } }] } : {}
  const [rows, total] = await Promise.all([
    db().updateJob.findMany({ where: { AND: [where, older] }, orderBy: [{ stateSince: 'desc' }, { id: 'desc' }], take: limit + 1, include: jobInclude }),
    db().updateJob.count({ where, take: TOTAL_EXACT_MAX + 1 }),
  ])
  const items = rows.slice(0, limit)
  const last = rows.length > limit ? items.at(-1) : undefined
  return { items: items.map(toUpdateJob), nextCursor: last ? toCursor({ at: last.stateSince.toISOString(), id: last.id }) : null, ...totalOf(total) }
}

/** All that is known of one job: its timeline, both tables of checks, the firewall's log and how to go back by hand. */
export async function readUpdateJob(actor: Actor, { id }: { id: string }): Promise<UpdateJobDetail> {
  await findUpdateJob(actor, id, 'firewall:read')
  return toUpdateJobDetail(await db().updateJob.findUniqueOrThrow({ where: { id }, include: detailInclude }))
}
