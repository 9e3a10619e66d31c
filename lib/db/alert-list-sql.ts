import 'server-only'
// Lists of alerts: worst first is an order of words, and what follows from an alert is counted beside it.
import { SEVERITIES, type Severity } from '@/lib/notices/kinds'
import { boundedRead, type Run } from './bounded-read'
import { Prisma } from './generated/client'

const sql = Prisma.sql
const COUNTED_MAX = 10_001

export type StoredAlert = {
  id: string
  kind: string
  subject: string
  state: string
  severity: string
  facts: unknown
  since: Date
  openedAt: Date | null
  clearSince: Date | null
  resolvedAt: Date | null
  acknowledgedAt: Date | null
  acknowledgedBy: string | null
  note: string | null
  flaps: number
  isFlapping: boolean
  causeId: string | null
  /** When channels were told of it first; null while they were not. */
  toldAt: Date | null
  revision: number
  firewallId: string
  firewallName: string
  isPaused: boolean
  customerId: string
  customerName: string
  siteId: string | null
  siteName: string | null
  effects: number
  silencedUntil: Date | null
}

/** Words of this place in the table are literals of ours. */
const RANK = Prisma.raw(`CASE a.severity ${SEVERITIES.map((severity, rank) => `WHEN '${severity}' THEN ${rank}`).join(' ')} ELSE ${SEVERITIES.length} END`)
/** States in which something is wrong still. */
const LASTING = sql`('open', 'acknowledged')`
/** The silence under which an alert stands at this moment. */
const SILENCE = sql`LEFT JOIN "Silence" q ON q.id = a."silenceId" AND q."endedAt" IS NULL AND q."startsAt" <= now() AND q."endsAt" > now()`
const SELECTED = sql`
  SELECT a.id, a.kind, a.subject, a.state, a.severity, a.facts, a.since, a."openedAt", a."clearSince", a."resolvedAt", a."acknowledgedAt", a."acknowledgedBy", a.note, a.flaps, a."isFlapping", a."causeId", a."toldAt", a.revision,
    f.id AS "firewallId", f.name AS "firewallName", f."pausedAt" IS NOT NULL AS "isPaused", c.id AS "customerId", c.name AS "customerName", s.id AS "siteId", s.name AS "siteName", q."endsAt" AS "silencedUntil",
    (SELECT count(*)::int FROM "Alert" e WHERE e."causeId" = a.id AND e.state <> 'resolved') AS effects
  FROM "Alert" a JOIN "Firewall" f ON f.id = a."firewallId" JOIN "Customer" c ON c.id = a."customerId" LEFT JOIN "Site" s ON s.id = f."siteId" ${SILENCE}`

const ofCustomers = (customerIds: 'all' | readonly string[]): Prisma.Sql => (customerIds === 'all' ? sql`TRUE` : sql`a."customerId" = ANY(${[...customerIds]}::uuid[])`)
const all = (conditions: readonly Prisma.Sql[]): Prisma.Sql => Prisma.join([...conditions], ' AND ')

export type AlertQuestion = {
  customerIds: 'all' | readonly string[]
  states: readonly string[]
  severities: readonly Severity[] | undefined
  kinds: readonly string[] | undefined
  siteId: string | undefined
  firewallId: string | undefined
  since: Date | undefined
  /** `folded`: without those that follow from another. */
  of: 'all' | 'folded' | { causeId: string }
}
export type AlertPosition = { rank: number; openedAt: Date; id: string }
type Page = { sort: 'worst' | '-opened'; after: AlertPosition | null; limit: number }

/** What never opened has no place in the order; it is found with its cause alone. */
function conditionOf({ customerIds, states, severities, kinds, siteId, firewallId, since, of }: AlertQuestion): Prisma.Sql {
  return all([
    ofCustomers(customerIds),
    // Of one state the index has the order by time.
    states.length === 1 ? sql`a.state = ${states[0]}` : sql`a.state = ANY(${[...states]}::text[])`,
    sql`a."openedAt" IS NOT NULL`,
    ...(severities ? [sql`a.severity = ANY(${[...severities]}::text[])`] : []),
    ...(kinds ? [sql`a.kind = ANY(${[...kinds]}::text[])`] : []),
    ...(siteId === undefined ? [] : [sql`a."firewallId" IN (SELECT id FROM "Firewall" WHERE "siteId" = ${siteId}::uuid)`]),
    ...(firewallId === undefined ? [] : [sql`a."firewallId" = ${firewallId}::uuid`]),
    ...(since === undefined ? [] : [sql`a."openedAt" >= ${since}`]),
    ...(of === 'all' ? [] : of === 'folded' ? [sql`a."causeId" IS NULL`] : [sql`a."causeId" = ${of.causeId}::uuid`]),
  ])
}

function afterSql({ sort, after }: Page): Prisma.Sql {
  if (after === null) return sql`TRUE`
  const later = sql`(a."openedAt", a.id) < (${after.openedAt}, ${after.id}::uuid)`
  return sort === '-opened' ? later : sql`(${RANK} > ${after.rank} OR (${RANK} = ${after.rank} AND ${later}))`
}

export const rankOf = (severity: string): number => SEVERITIES.findIndex((word) => word === severity)

/** One statement for a page; exported for the test of its plan. */
export function alertPageStatement(question: AlertQuestion, page: Page): Prisma.Sql {
  const order = page.sort === '-opened' ? sql`a."openedAt" DESC, a.id DESC` : sql`${RANK}, a."openedAt" DESC, a.id DESC`
  return sql`${SELECTED} WHERE ${conditionOf(question)} AND ${afterSql(page)} ORDER BY ${order} LIMIT ${page.limit}`
}

/** A page of alerts and how many there are, up to 10,001. Throws query-too-broad when it takes over 5 s. */
export const findAlertPage = (question: AlertQuestion, page: Page): Promise<{ rows: StoredAlert[]; counted: number }> =>
  boundedRead(async (run) => {
    const rows = await run<StoredAlert>(alertPageStatement(question, page))
    const [count] = await run<{ n: number }>(sql`SELECT count(*)::int AS n FROM (SELECT 1 FROM "Alert" a WHERE ${conditionOf(question)} LIMIT ${COUNTED_MAX}) found`)
    return { rows, counted: count?.n ?? 0 }
  })

/** These alerts within the given customers, in no order. */
export const findAlerts = (run: Run, ids: readonly string[], customerIds: 'all' | readonly string[]): Promise<StoredAlert[]> =>
  run<StoredAlert>(sql`${SELECTED} WHERE a.id = ANY(${[...ids]}::uuid[]) AND ${ofCustomers(customerIds)}`)

/** What follows from an alert and is not over, worst first, those too that have not lasted long enough to open. */
export const findEffects = (run: Run, causeId: string, limit: number): Promise<StoredAlert[]> =>
  run<StoredAlert>(sql`${SELECTED} WHERE a."causeId" = ${causeId}::uuid AND a.state <> 'resolved' ORDER BY ${RANK}, f.name, a.kind, a.subject LIMIT ${limit}`)

export type AlertGroup = { customerId: string; severity: string; state: string; follows: boolean; silenced: boolean; count: number }

/** How many alerts there are that are not over, in groups; alerts that have not opened count only where they follow from another. */
export const countLasting = (run: Run, customerIds: 'all' | readonly string[]): Promise<AlertGroup[]> =>
  run<AlertGroup>(sql`
    SELECT a."customerId", a.severity, a.state, a."causeId" IS NOT NULL AS follows, q.id IS NOT NULL AS silenced, count(*)::int AS count
    FROM "Alert" a ${SILENCE} WHERE ${ofCustomers(customerIds)} AND (a.state IN ${LASTING} OR (a.state <> 'resolved' AND a."causeId" IS NOT NULL)) GROUP BY 1, 2, 3, 4, 5`)
