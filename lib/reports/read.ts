import 'server-only'
import type { Actor } from '@/lib/auth/actor'
import { readBrand } from '@/lib/brand/read'
import { AppError } from '@/lib/core/errors'
import { readCustomer } from '@/lib/customers/list'
import { db } from '@/lib/db/client'
import { reportBody, type ReportDto } from './dto'
import type { ReadReportInput } from './input'
import { makeReport } from './make'
import { boundsOf, monthAfter, monthAt } from './month'
import { placesOf } from './zone'

const NOT_KEPT = 'This month was not kept when it ended. Backups and values that were thinned out since are missing, so days without a backup may be too many; drift is told as it is now.'

const notBegun = (): AppError => new AppError('invalid-input', 'This month has not begun.', { issues: [{ field: 'month', message: 'Choose a month that has begun.' }], nextStep: 'Choose a month that has begun.' })

/**
 * The report of a customer and month: the kept one of a month that is over, else one that is made now. It asks no firewall.
 * Throws not-found outside the actor's scope, and invalid-input for a month that has not begun.
 */
export async function readReport(actor: Actor, { customerId, month }: ReadReportInput, now = new Date()): Promise<ReportDto> {
  const { id, name } = await readCustomer(actor, { id: customerId })
  const { zone = 'UTC' } = (await placesOf([id])).get(id) ?? {}
  const asked = month ?? monthAfter(monthAt(now.getTime(), zone), -1)
  const kept = await db().customerReport.findUnique({ where: { customerId_month: { customerId: id, month: asked } } })
  const stored = reportBody.safeParse(kept?.body).data
  if (!stored && boundsOf(asked, zone).fromMs >= now.getTime()) throw notBegun()
  const body = stored ?? (await makeReport({ customer: { id, name }, month: asked, zone }, now))
  const brand = await readBrand(actor)
  const inProgress = body.upTo < body.to
  return { ...body, unknown: stored || inProgress ? body.unknown : [NOT_KEPT, ...body.unknown], inProgress, keptAt: stored ? (kept?.keptAt.toISOString() ?? null) : null, madeAt: now.toISOString(), provider: { name: brand.name, logo: brand.logo?.path ?? null } }
}
