import 'server-only'
import type { Actor } from '@/lib/auth/actor'
import { authoriseScope, notFound, type Scope } from '@/lib/auth/authorise'
import type { StoredNumbers } from '@/lib/db/overview-sql'
import { latestEvents } from '@/lib/history/events'
import type { ByLedger, CustomerNumbers, FindingCount, Latest, LedgerCount, Overview, Totals } from './dto'
import { FINDING_NAMES, FINDINGS, findingsOf, LEDGERS, whereFinding, WHERE_ANSWERING, whereLedger, WHERE_UPDATES, type FindingName, type Ledger } from './findings'
import type { ReadOverviewInput } from './input'
import { fleetNumbers, type Counted } from './numbers'

const QUIET_NAMED_MAX = 300
const iso = (text: string | null): string | null => (text === null ? null : new Date(text).toISOString())
const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0)
const nothing = (): ByLedger => ({ broken: 0, waits: 0, 'will-break': 0, 'not-known': 0 })

/** Numbers of the customers that a reader may see, or of the one that is asked for. */
function within({ customerIds }: Scope<'firewall:read'>, { customers, findings, ledgers, worst, posts }: StoredNumbers, customerId: string | undefined): StoredNumbers {
  const may = customerIds === 'all' ? null : new Set(customerIds)
  const seen = (id: string) => (customerId === undefined || id === customerId) && (may === null || may.has(id))
  const ofSeen = (row: { customerId: string }) => seen(row.customerId)
  return { customers: customers.filter(({ id }) => seen(id)), findings: findings.filter(ofSeen), ledgers: ledgers.filter(ofSeen), worst: worst.filter(ofSeen), posts: posts.filter(ofSeen) }
}

const rankOf = (finding: FindingName): number => FINDING_NAMES.indexOf(finding)
const ledgerAt = (rank: number): Ledger | undefined => FINDING_NAMES[rank] && FINDINGS[FINDING_NAMES[rank]].ledger
function byCustomer<Row extends { customerId: string }>(rows: readonly Row[]): Map<string, Row[]> {
  const groups = new Map<string, Row[]>()
  for (const row of rows) {
    const group = groups.get(row.customerId)
    if (group) group.push(row)
    else groups.set(row.customerId, [row])
  }
  return groups
}

function customersOf(numbers: StoredNumbers): CustomerNumbers[] {
  const [findings, ledgers, worst, posts] = [byCustomer(numbers.findings), byCustomer(numbers.ledgers), byCustomer(numbers.worst), byCustomer(numbers.posts)]
  return numbers.customers.map(({ id, name, total, updates }) => {
    const standing = nothing()
    for (const { rank, count } of worst.get(id) ?? []) {
      const ledger = ledgerAt(rank)
      if (ledger) standing[ledger] += count
    }
    const first = findings.get(id)?.reduce((one, other) => (rankOf(other.finding) < rankOf(one.finding) ? other : one))
    const { customerId: _of, ...counts } = ledgers.get(id)?.[0] ?? { customerId: id, ...nothing() }
    return {
      id,
      name,
      total,
      updates,
      ledgers: counts,
      worst: first ? {
        finding: first.finding,
        count: first.count,
        since: iso(first.since),
        firewall: first.count === 1 ? { id: first.firewallId, name: first.firewallName } : null,
        site: first.siteId !== null && first.siteName !== null ? { id: first.siteId, name: first.siteName } : null,
      } : null,
      posts: (posts.get(id) ?? []).flatMap((post) => {
        const finding = FINDING_NAMES[post.rank]
        return finding ? [{ id: post.id, name: post.name, finding }] : []
      }),
      standing,
    }
  })
}

/** Broken before waiting before what will break; more of it first, then by name. */
function worstFirst(one: CustomerNumbers, other: CustomerNumbers): number {
  for (const ledger of LEDGERS) {
    const more = other.ledgers[ledger] - one.ledgers[ledger]
    if (more !== 0) return more
  }
  return one.name.localeCompare(other.name, 'en')
}

function findingCounts(numbers: StoredNumbers, ledger: Ledger): FindingCount[] {
  return findingsOf(ledger).flatMap((finding) => {
    const found = numbers.findings.filter((row) => row.finding === finding)
    const since = found.map((row) => iso(row.since)).filter((text) => text !== null).sort()[0] ?? null
    return found.length === 0 ? [] : [{ finding, count: sum(found.map(({ count }) => count)), since, where: whereFinding([finding]) }]
  })
}

const ledgerCounts = (numbers: StoredNumbers): LedgerCount[] =>
  LEDGERS.map((ledger) => ({ ledger, count: sum(numbers.ledgers.map((row) => row[ledger])), where: whereLedger(ledger), findings: findingCounts(numbers, ledger) }))

/** Counted now, where a customer that was added this moment is asked for. Throws not-found for one outside the scope. */
async function numbersFor(scope: Scope<'firewall:read'>, customerId: string | undefined): Promise<{ at: Date; mine: StoredNumbers; customers: number }> {
  const of = ({ at, numbers }: Counted) => ({ at, mine: within(scope, numbers, customerId), customers: within(scope, numbers, undefined).customers.length })
  const kept = of(await fleetNumbers())
  if (customerId === undefined || kept.mine.customers.length > 0) return kept
  const counted = of(await fleetNumbers({ anew: true }))
  if (counted.mine.customers.length === 0) throw notFound('customer')
  return counted
}

const ageSeconds = (at: Date): number => Math.max(0, Math.round((Date.now() - at.getTime()) / 100) / 10)

/**
 * What is wrong in the fleet within the actor's scope, at most three seconds old. Throws not-found for a customer outside
 * of it, and forbidden when they may see no firewall.
 */
export async function readOverview(actor: Actor, { customerId }: ReadOverviewInput): Promise<Overview> {
  const scope = authoriseScope(actor, 'firewall:read')
  const { at, mine } = await numbersFor(scope, customerId)
  const [customer] = mine.customers
  const customers = customersOf(mine).sort(worstFirst)
  const loud = customers.filter(({ worst }) => worst !== null)
  const quiet = customers.filter(({ worst }) => worst === null)
  return {
    at: at.toISOString(),
    ageSeconds: ageSeconds(at),
    customer: customerId !== undefined && customer ? { id: customer.id, name: customer.name } : null,
    total: sum(mine.customers.map(({ total }) => total)),
    answering: { count: sum(mine.customers.map(({ answering }) => answering)), where: WHERE_ANSWERING },
    updates: { count: sum(mine.customers.map(({ updates }) => updates)), where: WHERE_UPDATES },
    ledgers: ledgerCounts(mine),
    customers: [...loud, ...quiet.slice(0, QUIET_NAMED_MAX)],
    quiet: { customers: quiet.length, firewalls: sum(quiet.map(({ total }) => total)), updates: sum(quiet.map(({ updates }) => updates)) },
  }
}

/** The few numbers that stand beside every page. */
export async function readTotals(actor: Actor, { customerId }: ReadOverviewInput): Promise<Totals> {
  const { at, mine, customers } = await numbersFor(authoriseScope(actor, 'firewall:read'), customerId)
  const ledgers = nothing()
  for (const { ledger, count } of ledgerCounts(mine)) ledgers[ledger] = count
  return { ageSeconds: ageSeconds(at), firewalls: sum(mine.customers.map(({ total }) => total)), customers, ledgers }
}

/** What happened last to firewalls within the actor's scope, newest first. */
export async function readLatest(actor: Actor, question: { customerId?: string | undefined; limit: number }): Promise<Latest> {
  authoriseScope(actor, 'firewall:read')
  return { items: await latestEvents(actor, question) }
}
