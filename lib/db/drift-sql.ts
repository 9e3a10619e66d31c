import 'server-only'
// Firewalls that drifted, with their newest backup. Few firewalls of a fleet drift at a time: the partial index Firewall_drift
// holds only those, and what is asked beside the scope is looked at one by one.
import type { DriftSort } from '@/lib/drift/input'
import { db } from './client'
import { Prisma } from './generated/client'
import { has } from './search-conditions'

export type DriftRow = {
  firewallId: string
  firewallName: string
  family: string
  customerId: string
  customerName: string
  since: Date
  items: number | null
  acceptedBackupId: string | null
  newestBackupId: string
  newestTakenAt: Date
  revisedAt: Date | null
  revisedBy: string | null
  revisionNote: string | null
}
export type DriftQuestion = { customerIds: 'all' | readonly string[]; firewallId: string | null; search: string | null; sort: DriftSort }
/** Place of the last row: its sort value, and its id. */
export type DriftPlace = { since: Date; items: number; id: string }

const FROM = Prisma.sql`"Firewall" f JOIN "Customer" u ON u.id = f."customerId"
  CROSS JOIN LATERAL (SELECT b.id, b."takenAt", b."revisedAt", b."revisedBy", b."revisionNote" FROM "Backup" b WHERE b."firewallId" = f.id ORDER BY b."takenAt" DESC, b.id DESC LIMIT 1) n`
/** What could not be compared stands in front of every number: it is the least known. */
const ITEMS = Prisma.sql`coalesce(f."driftItems", 2147483647)`

function matching({ customerIds, firewallId, search }: DriftQuestion): Prisma.Sql {
  const parts = [Prisma.sql`f."driftSince" IS NOT NULL`]
  if (customerIds !== 'all') parts.push(Prisma.sql`f."customerId" = ANY(${[...customerIds]}::uuid[])`)
  if (firewallId !== null) parts.push(Prisma.sql`f.id = ${firewallId}::uuid`)
  if (search !== null) parts.push(Prisma.sql`(${has(Prisma.sql`f.name`, search)} OR ${has(Prisma.sql`u.name`, search)} OR ${has(Prisma.sql`n."revisedBy"`, search)})`)
  return Prisma.join(parts, ' AND ')
}

const ORDER = { since: Prisma.sql`f."driftSince", f.id`, '-since': Prisma.sql`f."driftSince" DESC, f.id DESC`, '-items': Prisma.sql`${ITEMS} DESC, f.id DESC` } as const satisfies Record<DriftSort, Prisma.Sql>

function beyond(sort: DriftSort, after: DriftPlace | null): Prisma.Sql {
  if (after === null) return Prisma.sql`TRUE`
  if (sort === '-items') return Prisma.sql`(${ITEMS}, f.id) < (${after.items}::int, ${after.id}::uuid)`
  return sort === 'since' ? Prisma.sql`(f."driftSince", f.id) > (${after.since}::timestamptz, ${after.id}::uuid)` : Prisma.sql`(f."driftSince", f.id) < (${after.since}::timestamptz, ${after.id}::uuid)`
}

/** One page, and how many there are in all, counted to one more than `most`. The scope of who asks stands in the question. */
export async function findDrift(question: DriftQuestion, after: DriftPlace | null, limit: number, most: number): Promise<{ rows: DriftRow[]; counted: number }> {
  const where = matching(question)
  const [rows, [count]] = await Promise.all([
    db().$queryRaw<DriftRow[]>`
      SELECT f.id AS "firewallId", f.name AS "firewallName", f.family, u.id AS "customerId", u.name AS "customerName", f."driftSince" AS since, f."driftItems" AS items, f."acceptedBackupId",
             n.id AS "newestBackupId", n."takenAt" AS "newestTakenAt", n."revisedAt", n."revisedBy", n."revisionNote"
      FROM ${FROM} WHERE ${where} AND ${beyond(question.sort, after)} ORDER BY ${ORDER[question.sort]} LIMIT ${limit}`,
    db().$queryRaw<{ count: number }[]>`SELECT count(*)::int AS count FROM (SELECT FROM ${FROM} WHERE ${where} LIMIT ${most}) counted`,
  ])
  return { rows, counted: count?.count ?? 0 }
}
