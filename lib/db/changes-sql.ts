import 'server-only'
// Pages of changes, newest first. The many changes of ARP and leases are dense: a walk over all changes soon has a page of
// them. The others are few, and have indexes of their own, one place for each kind.
import { boundedRead, type Run } from './bounded-read'
import { Prisma } from './generated/client'

export type ChangeRow = {
  id: string
  at: Date
  kind: string
  key: string
  what: string
  before: unknown
  after: unknown
  firewallId: string
  firewallName: string
  customerId: string
  customerName: string
}
export type ChangeQuestion = {
  firewallId: string | null
  customerIds: 'all' | readonly string[]
  /** null = all of them. */
  kinds: readonly string[] | null
  /** Of one thing; null = of all. */
  key: string | null
  /** Only what is older than this change. */
  below: bigint | null
}
export type ChangePage = { rows: ChangeRow[]; more: boolean; counted: number }

/** They fill most of the table, and are in no index of a kind. */
const MANY: readonly string[] = ['arp', 'leases']
const FEW = Prisma.sql`c.kind NOT IN ('arp', 'leases')`

const matching = ({ kinds, key }: ChangeQuestion, firewall: Prisma.Sql): Prisma.Sql => {
  const ofKind = kinds === null ? Prisma.sql`TRUE` : Prisma.sql`c.kind = ANY(${[...kinds]}::text[])`
  return Prisma.sql`${firewall} AND ${ofKind} AND ${key === null ? Prisma.sql`TRUE` : Prisma.sql`c.key = ${key}`}`
}
const isBelow = ({ below }: ChangeQuestion): Prisma.Sql => (below === null ? Prisma.sql`TRUE` : Prisma.sql`c.id < ${below}::bigint`)

/** `columns` of the newest that match `firewall` and the question, at most `limit`. All that is wanted is taken here: joined to its ids later, PostgreSQL would rather read the whole table. */
function newest(question: ChangeQuestion, firewall: Prisma.Sql, limit: number, columns: Prisma.Sql): Prisma.Sql {
  const { kinds } = question
  if (kinds === null || kinds.some((kind) => MANY.includes(kind)))
    return Prisma.sql`SELECT ${columns} FROM "Change" c WHERE ${matching(question, firewall)} AND ${isBelow(question)} ORDER BY c.id DESC LIMIT ${limit}`
  // One walk for each kind: in an index that begins with the kind, only the changes of one are in their order.
  return Prisma.sql`SELECT n.* FROM unnest(${[...kinds]}::text[]) AS k (kind) CROSS JOIN LATERAL (
      SELECT ${columns} FROM "Change" c WHERE ${matching({ ...question, kinds: null }, firewall)} AND c.kind = k.kind AND ${FEW} AND ${isBelow(question)} ORDER BY c.id DESC LIMIT ${limit}) n
    ORDER BY n.id DESC LIMIT ${limit}`
}

/** Of one firewall, of everybody, or of each firewall of some customers. */
function within(question: ChangeQuestion, limit: number, columns: Prisma.Sql): Prisma.Sql {
  const { firewallId, customerIds } = question
  if (firewallId !== null) return newest(question, Prisma.sql`c."firewallId" = ${firewallId}::uuid`, limit, columns)
  if (customerIds === 'all') return newest(question, Prisma.sql`TRUE`, limit, columns)
  return Prisma.sql`SELECT n.* FROM "Firewall" f CROSS JOIN LATERAL (${newest(question, Prisma.sql`c."firewallId" = f.id`, limit, columns)}) n
    WHERE f."customerId" = ANY(${[...customerIds]}::uuid[]) ORDER BY n.id DESC LIMIT ${limit}`
}

const ID = Prisma.sql`c.id`
const WHOLE = Prisma.sql`c.id, c.at, c."firewallId", c.kind, c.key, c.what, c.before, c.after`
/** Of many, only what an event tells. */
const TOLD = Prisma.sql`c.id, c.at, c."firewallId", c.kind, CASE WHEN c.kind = 'firewall' THEN c.key ELSE '' END AS key, CASE WHEN c.kind = 'firewall' THEN c.before END AS before, CASE WHEN c.kind = 'firewall' THEN c.after END AS after`
const NAMES = Prisma.sql`f.name AS "firewallName", u.id AS "customerId", u.name AS "customerName"`
const named = (of: Prisma.Sql): Prisma.Sql => Prisma.sql`JOIN "Firewall" f ON f.id = ${of}."firewallId" JOIN "Customer" u ON u.id = f."customerId"`

/**
 * One page, newest first, with how many match, counted to one more than `most`. The scope of who asks must have been
 * applied to `firewallId`; customers are applied here. Throws query-too-broad when it takes over 5 s.
 */
export function findChangePage(question: ChangeQuestion, limit: number, most: number): Promise<ChangePage> {
  return boundedRead(async (run: Run) => {
    const counted = await run<{ counted: number }>(Prisma.sql`SELECT count(*)::int AS counted FROM (${within({ ...question, below: null }, most + 1, ID)}) n`)
    const rows = await run<ChangeRow>(Prisma.sql`
      SELECT n.*, n.id::text AS id, ${NAMES} FROM (${within(question, limit + 1, WHOLE)}) n ${named(Prisma.sql`n`)} ORDER BY n.id DESC`)
    return { rows: rows.slice(0, limit), more: rows.length > limit, counted: counted[0]?.counted ?? 0 }
  })
}

export type EventRow = { at: Date; kind: string; key: string; before: unknown; after: unknown; count: number; firewallId: string; firewallName: string; customerId: string; customerName: string }

/** Changes that are looked through for events: a visit that saw a thousand is one event. */
const CHANGES_LOOKED_THROUGH = 2_000
const CHANGES_OF_A_FIREWALL = 100

/** The newest events of many firewalls, at most `limit`: each change of a firewall as a whole, and what of `kinds` differed at one visit as one. */
export async function findLatestEvents(customerIds: 'all' | readonly string[], kinds: readonly string[], limit: number): Promise<EventRow[]> {
  const question: ChangeQuestion = { firewallId: null, customerIds, kinds, key: null, below: null }
  const found = within(question, customerIds === 'all' ? CHANGES_LOOKED_THROUGH : CHANGES_OF_A_FIREWALL, TOLD)
  return boundedRead((run) => run<EventRow>(Prisma.sql`
    SELECT e.*, ${NAMES} FROM (
      SELECT n."firewallId", n.at, n.kind, n.key, count(*)::int AS count, max(n.id) AS newest, (array_agg(n.before))[1] AS before, (array_agg(n.after))[1] AS after
      FROM (${found}) n GROUP BY 1, 2, 3, 4, CASE WHEN n.kind = 'firewall' THEN n.id END ORDER BY newest DESC LIMIT ${limit}) e ${named(Prisma.sql`e`)} ORDER BY e.newest DESC`))
}
