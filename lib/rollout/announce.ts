import 'server-only'
import type { Tx } from '@/lib/db/client'
import type { UpdatePlan } from '@/lib/db/generated/client'
import { planCustomers, type PlanCustomer } from '@/lib/db/rollout-sql'
import { formatExact } from '@/lib/format/dates'
import { formatCount, plural } from '@/lib/format/numbers'
import type { NoticeFacts, NoticeKind, Severity } from '@/lib/notices/kinds'
import { tell, type Notice } from '@/lib/notices/tell'

const DAY_MS = 86_400_000
/** Days before the first start at which the channels of a customer are told. */
const DAYS_BEFORE = [7, 1] as const
const STARTED = 'started'

type Told = Pick<UpdatePlan, 'id' | 'name' | 'customerIds' | 'announced'>

type Whose = { customerId: string | null; customerName: string | null }

const toNotice = (plan: Told, kind: NoticeKind, severity: Severity, at: Date, { customerId, customerName }: Whose, facts: Pick<NoticeFacts, 'title' | 'sentence'>): Notice => ({ kind, at, severity, customerId, facts: { ...facts, customerName, planId: plan.id } })

/** When, as the clocks of that firewall show it and in UTC. */
function moment(at: Date, zone: string | null): string {
  const iso = at.toISOString()
  const utc = formatExact(iso, 'UTC')
  return zone === null || zone === 'UTC' ? utc : `${formatExact(iso, zone)} (${utc})`
}

/** What a customer is told at this look, with the marks that say it was told. A plan that is approved late tells the nearest alone. */
function newsOf(plan: Told, customer: PlanCustomer, now: Date): { marks: string[]; notice: Notice | null } {
  const { customerId, begun, waiting, firstStartAt, firstStartZone } = customer
  const fresh = (marks: readonly string[]): string[] => marks.filter((mark) => !plan.announced.includes(mark))
  const started = `${customerId} ${STARTED}`
  if (begun > 0) {
    const [mark] = fresh([started])
    if (mark === undefined) return { marks: [], notice: null }
    return { marks: [mark], notice: toNotice(plan, 'plan-started', 'notice', now, customer, { title: plan.name, sentence: `Updates began: ${plural(begun, 'firewall')} so far, ${formatCount(waiting)} more to come, each in its window.` }) }
  }
  if (firstStartAt === null || firstStartAt <= now || waiting === 0) return { marks: [], notice: null }
  const marks = fresh(DAYS_BEFORE.filter((days) => firstStartAt.getTime() - now.getTime() <= days * DAY_MS).map((days) => `${customerId} ${days}`))
  if (marks.length === 0) return { marks, notice: null }
  return { marks, notice: toNotice(plan, 'plan-announced', 'notice', now, customer, { title: plan.name, sentence: `${plural(waiting, 'firewall')} will be updated. The first starts at ${moment(firstStartAt, firstStartZone)}.` }) }
}

/** Tells each customer of a plan 7 days and 1 day before its first start, and when its first firewall begins; each once, whoever looks. */
export async function announce(tx: Tx, plan: Told, now: Date): Promise<void> {
  const customers = await planCustomers(tx, plan.id)
  const news = customers.map((customer) => newsOf(plan, customer, now))
  const marks = news.flatMap((one) => one.marks)
  if (marks.length === 0) return
  await tell(tx, ...news.flatMap(({ notice }) => notice ?? []))
  await tx.updatePlan.update({ where: { id: plan.id }, data: { announced: { push: marks } } })
}

/**
 * Tells each customer that a ring halted, and so the plan. Why counts firewalls of all its customers, and the name of a ring may be
 * that of one of them: where there are several, only channels of the whole installation are told that.
 */
export async function tellHalt(tx: Tx, plan: Told, ring: string, reason: string, now: Date): Promise<void> {
  const customers = await planCustomers(tx, plan.id)
  const halted = (whose: Whose, what: string): Notice => toNotice(plan, 'plan-halted', 'critical', now, whose, { title: plan.name, sentence: `${what} Nothing more of it starts until somebody decides.` })
  const why = `Its ring ${ring} halted. ${reason}`
  if (new Set([...plan.customerIds, ...customers.map(({ customerId }) => customerId)]).size <= 1) return tell(tx, ...customers.map((customer) => halted(customer, why)))
  await tell(tx, halted({ customerId: null, customerName: null }, why), ...customers.map((customer) => halted(customer, 'One of its rings halted.')))
}

/** Tells each customer how its firewalls of a plan ended. */
export async function tellEnd(tx: Tx, plan: Told, now: Date): Promise<void> {
  const customers = await planCustomers(tx, plan.id)
  await tell(
    tx,
    ...customers.map((customer) => {
      const { succeeded, failed, leftOut } = customer
      const parts = [`${plural(succeeded, 'firewall was', 'firewalls were')} updated`, ...(failed > 0 ? [`${failed} failed`] : []), ...(leftOut > 0 ? [`${leftOut} left out`] : [])]
      return toNotice(plan, 'plan-ended', failed > 0 ? 'warning' : 'notice', now, customer, { title: plan.name, sentence: `It is over: ${parts.join(', ')}.` })
    }),
  )
}
