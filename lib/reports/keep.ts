import 'server-only'
import { log } from '@/lib/core/log'
import { db } from '@/lib/db/client'
import { makeReport } from './make'
import { boundsOf, monthAfter, monthAt } from './month'
import { placesOf } from './zone'

/** Late visits, alerts that need time to resolve and the roll-up of samples are in by then. */
const SETTLE_MS = 3 * 3_600_000
const CUSTOMERS_AT_ONCE = 500
const REPORTS_AT_ONCE = 20

/**
 * Keeps the reports of the month that ended, at most 20 at a time: later, backups and measured values are thinned out, and
 * a report that people were given must not change. Two workers that keep the same one write the same row once.
 */
export async function keepReports(now: Date, stopping: AbortSignal): Promise<void> {
  let after: string | undefined
  let made = 0
  for (;;) {
    const customers = await db().customer.findMany({ select: { id: true, name: true }, orderBy: { id: 'asc' }, take: CUSTOMERS_AT_ONCE, ...(after !== undefined && { skip: 1, cursor: { id: after } }) })
    const places = await placesOf(customers.map(({ id }) => id))
    const due = customers.flatMap((customer) => {
      const { zone, since } = places.get(customer.id) ?? { zone: 'UTC', since: null }
      const month = monthAfter(monthAt(now.getTime(), zone), -1)
      const { toMs } = boundsOf(month, zone)
      return since !== null && since.getTime() < toMs && now.getTime() >= toMs + SETTLE_MS ? [{ customer, month, zone }] : []
    })
    const kept = new Set((await db().customerReport.findMany({ where: { OR: due.map(({ customer, month }) => ({ customerId: customer.id, month })) }, select: { customerId: true } })).map(({ customerId }) => customerId))
    for (const question of due.filter(({ customer }) => !kept.has(customer.id))) {
      if (stopping.aborted || made >= REPORTS_AT_ONCE) return
      made += 1
      await keepOne(question, now)
    }
    after = customers.at(-1)?.id
    if (customers.length < CUSTOMERS_AT_ONCE) return
  }
}

async function keepOne(question: Parameters<typeof makeReport>[0], now: Date): Promise<void> {
  try {
    const body = await makeReport(question, now)
    await db().customerReport.createMany({ data: [{ customerId: question.customer.id, month: question.month, body, keptAt: now }], skipDuplicates: true })
  } catch (error) {
    // One customer's must not keep the others from theirs; it is tried again next time.
    log().error({ customer: question.customer.id, err: error instanceof Error ? { message: error.message, stack: error.stack } : 'unknown' }, 'a report could not be kept')
  }
}
