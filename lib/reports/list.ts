import 'server-only'
import type { Actor } from '@/lib/auth/actor'
import { listCustomers } from '@/lib/customers/list'
import { db } from '@/lib/db/client'
import type { List } from '@/lib/lists/list'
import { REPORT_MONTHS, type ReportRow } from './dto'
import type { ListReportsInput } from './input'
import { boundsOf, monthsUpTo } from './month'
import { placesOf } from './zone'

/** Customers within the actor's scope, by name, with the months that a report can be read of. Four statements. */
export async function listReports(actor: Actor, input: ListReportsInput, now = new Date()): Promise<List<ReportRow>> {
  const page = await listCustomers(actor, { ...input, sort: 'name' })
  const ids = page.items.map(({ id }) => id)
  const [places, kept] = await Promise.all([placesOf(ids), db().customerReport.findMany({ where: { customerId: { in: ids } }, select: { customerId: true, month: true }, orderBy: { month: 'desc' }, take: ids.length * (REPORT_MONTHS + 1) })])
  const isKept = (customerId: string, month: string) => kept.some((row) => row.customerId === customerId && row.month === month)
  const items = page.items.map(({ id, name }): ReportRow => {
    const { zone, firewalls, since } = places.get(id) ?? { zone: 'UTC', firewalls: 0, since: null }
    // What is kept stays, also when the firewalls that it tells of are gone.
    const oldest = kept.findLast(({ customerId }) => customerId === id)
    const begins = [...(since === null ? [] : [since.getTime()]), ...(oldest ? [boundsOf(oldest.month, zone).fromMs] : [])]
    const months = begins.length === 0 ? [] : monthsUpTo(now.getTime(), Math.min(...begins), zone, REPORT_MONTHS)
    return { customer: { id, name }, firewalls, zone, months: months.map((month, index) => ({ month, state: index === 0 ? 'in-progress' : isKept(id, month) ? 'kept' : 'not-kept' })) }
  })
  return { ...page, items }
}
