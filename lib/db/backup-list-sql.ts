import 'server-only'
// SQL of the lists of backups: how each firewall stands, the worst first.
import { TOTAL_EXACT_MAX } from '@/lib/lists/totals'
import { boundedRead, type Run } from './bounded-read'
import { FIREWALLS_FROM, inCustomers, SHOWN_STATE } from './firewall-columns'
import { Prisma } from './generated/client'

export type BackupQuestion = { customerIds: 'all' | readonly string[]; customerId?: string | undefined; firewallId?: string | undefined; search?: string | undefined; daysMax: number }
export type BackupPosition = { rank: number; name: string; id: string }

export type BackupStateRow = {
  id: string
  name: string
  family: string
  commandsAllowed: boolean
  shownState: string
  customerId: string
  customerName: string
  siteId: string | null
  siteName: string | null
  rank: number
  sortName: string
  backupAt: Date | null
  backupFormat: string | null
  backupError: string | null
  driftSince: Date | null
  driftItems: number | null
  acceptedBackupId: string | null
  dueAt: Date | null
  backups: number
  latestId: string | null
  takenAt: Date | null
  bytes: number | null
  revisedAt: Date | null
  revisedBy: string | null
  revisionNote: string | null
}

const likePattern = (text: string) => `%${text.replace(/[\\%_]/g, '\\$&')}%`

/** Place in BACKUP_STATES, the worst first. */
const rankSql = (daysMax: number): Prisma.Sql => Prisma.sql`(CASE
  WHEN f."backupAt" IS NULL OR f."backupAt" < now() - make_interval(days => ${daysMax}::int) THEN 0
  WHEN f."backupError" IS NOT NULL THEN 1 WHEN f."backupFormat" = 'comparison' THEN 2 ELSE 3 END)`

function whereSql({ customerIds, customerId, firewallId, search }: BackupQuestion): Prisma.Sql {
  const like = likePattern(search ?? '')
  return Prisma.join(
    [
      inCustomers(customerIds),
      ...(customerId === undefined ? [] : [inCustomers([customerId])]),
      ...(firewallId === undefined ? [] : [Prisma.sql`f.id = ${firewallId}::uuid`]),
      ...(search ? [Prisma.sql`(f.name ILIKE ${like} OR c.name ILIKE ${like})`] : []),
    ],
    ' AND ',
  )
}

/** Rows of one page; only these are looked up among the backups. */
export function pageStatement(question: BackupQuestion, rank: number | undefined, after: BackupPosition | null, limit: number): Prisma.Sql {
  const ranked = rankSql(question.daysMax)
  const conditions = [
    whereSql(question),
    ...(rank === undefined ? [] : [Prisma.sql`${ranked} = ${rank}::int`]),
    ...(after === null ? [] : [Prisma.sql`(${ranked}, lower(f.name), f.id) > (${after.rank}::int, ${after.name}, ${after.id}::uuid)`]),
  ]
  return Prisma.sql`
    WITH page AS MATERIALIZED (
      SELECT f.id, f.name, f.family, f."commandsAllowed", ${SHOWN_STATE} AS "shownState", c.id AS "customerId", c.name AS "customerName", s.id AS "siteId", s.name AS "siteName", ${ranked} AS rank, lower(f.name) AS "sortName",
        f."backupAt", f."backupFormat", f."backupError", f."driftSince", f."driftItems", f."acceptedBackupId"
      FROM ${FIREWALLS_FROM} WHERE ${Prisma.join(conditions, ' AND ')} ORDER BY rank, "sortName", f.id LIMIT ${limit + 1})
    SELECT p.*, v."backupDueAt" AS "dueAt", (SELECT count(*)::int FROM "Backup" k WHERE k."firewallId" = p.id) AS backups,
      b.id AS "latestId", b."takenAt", t.bytes, b."revisedAt", b."revisedBy", b."revisionNote"
    FROM page p LEFT JOIN "FirewallVisit" v ON v."firewallId" = p.id
    LEFT JOIN LATERAL (SELECT * FROM "Backup" k WHERE k."firewallId" = p.id ORDER BY k."takenAt" DESC, k.id DESC LIMIT 1) b ON true
    LEFT JOIN "BackupContent" t ON t.id = b."contentId"
    ORDER BY p.rank, p."sortName", p.id`
}

async function countByRank(run: Run, question: BackupQuestion): Promise<number[]> {
  const rows = await run<{ rank: number; count: number }>(Prisma.sql`SELECT ${rankSql(question.daysMax)} AS rank, count(*)::int AS count FROM ${FIREWALLS_FROM} WHERE ${whereSql(question)} GROUP BY 1`)
  return [0, 1, 2, 3].map((rank) => rows.find((row) => row.rank === rank)?.count ?? 0)
}

/** How many firewalls stand how; the places are those of BACKUP_STATES. Throws query-too-broad when it takes over 5 s. */
export const countBackupRanks = (question: BackupQuestion): Promise<number[]> => boundedRead((run) => countByRank(run, question))

/** Rows of one page and one more, with how many match. `rank` keeps one state alone. Throws query-too-broad when it takes over 5 s. */
export function findBackupStates(question: BackupQuestion, rank: number | undefined, after: BackupPosition | null, limit: number): Promise<{ rows: BackupStateRow[]; counted: number }> {
  return boundedRead(async (run) => {
    const rows = await run<BackupStateRow>(pageStatement(question, rank, after, limit))
    const counts = await countByRank(run, question)
    const counted = rank === undefined ? counts.reduce((sum, count) => sum + count, 0) : (counts[rank] ?? 0)
    return { rows, counted: Math.min(counted, TOTAL_EXACT_MAX + 1) }
  })
}
