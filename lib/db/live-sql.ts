import 'server-only'
// SQL of what open pages are told. A row belongs to the transaction that changed what is shown, and rows become visible in
// the order of their commits, not of their numbers. So only rows below the oldest transaction that still runs are read: below
// it nothing can appear any more.
import type pg from 'pg'
import { statement } from './statements'

export type StoredChange = { tx: string; id: string; topic: string; customerId: string | null; firewallId: string | null; detail: string | null }
/** `horizon`: the oldest transaction that runs. */
type Read = { horizon: string; nowMs: number; rows: StoredChange[] }
type Place = { tx: bigint; id: bigint }

const READ = `SELECT s.horizon::text, extract(epoch FROM clock_timestamp())::double precision * 1000 AS "nowMs", l.tx::text, l.id::text, l.topic, l."customerId", l."firewallId", l.detail
  FROM (SELECT pg_snapshot_xmin(pg_current_snapshot()) AS horizon) s
  LEFT JOIN LATERAL (SELECT * FROM "LiveChange" WHERE (tx, id) > ($1::text::xid8, $2::bigint) AND tx < s.horizon ORDER BY tx, id LIMIT $3) l ON true`

/** At most `max` rows after a place, in order. */
export async function readLiveChanges({ tx, id }: Place, max: number): Promise<Read> {
  const { rows } = await statement<StoredChange & { horizon: string; nowMs: number; tx: string | null }>('read-live-changes', READ, [String(tx), String(id), max])
  const [first] = rows
  if (!first) throw new Error('The database did not say which transactions run.')
  return { horizon: first.horizon, nowMs: first.nowMs, rows: rows[0]?.tx === null ? [] : rows }
}

/** The horizon of now, and the place after which everything lies that was written in the last `seconds`. */
export async function findLivePlaces(seconds: number): Promise<{ horizon: string; nowMs: number; recentTx: string | null; recentId: string | null }> {
  const { rows } = await statement<{ horizon: string; nowMs: number; recentTx: string | null; recentId: string | null }>(
    'find-live-places',
    `SELECT pg_snapshot_xmin(pg_current_snapshot())::text AS horizon, extract(epoch FROM clock_timestamp())::double precision * 1000 AS "nowMs", r.tx::text AS "recentTx", r.id::text AS "recentId"
     FROM (SELECT) one LEFT JOIN LATERAL (
       SELECT tx, id FROM (SELECT tx, id FROM "LiveChange" WHERE at > clock_timestamp() - make_interval(secs => $1) OFFSET 0) recent ORDER BY tx, id LIMIT 1) r ON true`,
    [seconds],
  )
  const [row] = rows
  if (!row) throw new Error('The database did not say which transactions run.')
  return row
}

export const LIVE_CHANNEL = 'palisade_live'

/** Tells every process that listens that there are rows after a place, if so; returns the newest, else null. */
export async function tellLiveNews(client: pg.ClientBase, { tx, id }: Place): Promise<Place | null> {
  const { rows } = await client.query<{ tx: string; id: string }>({
    name: 'tell-live-news',
    text: `SELECT n.tx::text, n.id::text, pg_notify($3, '')
      FROM (SELECT tx, id FROM "LiveChange" WHERE tx < pg_snapshot_xmin(pg_current_snapshot()) ORDER BY tx DESC, id DESC LIMIT 1) n WHERE (n.tx, n.id) > ($1::text::xid8, $2::bigint)`,
    values: [String(tx), String(id), LIVE_CHANNEL],
  })
  const [newest] = rows
  return newest ? { tx: BigInt(newest.tx), id: BigInt(newest.id) } : null
}

export type RightsRow = {
  kind: 'session' | 'token'
  id: string
  operatorId: string
  grants: { role: string; customerId: string | null }[] | null
  createdAt: Date
  lastSeenAt: Date | null
  secondFactorAt: Date | null
  hasFactor: boolean
  secondFactorFor: string
  /** Of a token. */
  role: string | null
  everywhere: boolean | null
  customerIds: string[] | null
}

/** Rights of many sessions and tokens in one statement; what is revoked, ended or of a disabled operator is left out. */
export async function findRights(sessionIds: readonly string[], tokenIds: readonly string[]): Promise<RightsRow[]> {
  const { rows } = await statement<RightsRow>(
    'find-rights',
    `SELECT w.*, (SELECT json_agg(json_build_object('role', g.role, 'customerId', g."customerId")) FROM "Grant" g WHERE g."operatorId" = w."operatorId") AS grants,
            EXISTS (SELECT 1 FROM "SecondFactor" f WHERE f."operatorId" = w."operatorId" AND f."confirmedAt" IS NOT NULL) AS "hasFactor",
            (SELECT "secondFactorFor" FROM "Settings") AS "secondFactorFor"
     FROM (SELECT 'session' AS kind, id, "operatorId", "createdAt", "lastSeenAt", "secondFactorAt", NULL::text AS role, NULL::boolean AS everywhere, NULL::json AS "customerIds"
           FROM "Session" WHERE id = ANY($1::uuid[]) AND ("revokedAt" IS NULL OR "revokedAt" > now())
           UNION ALL
           SELECT 'token', id, "operatorId", "createdAt", NULL, NULL, role, everywhere, (SELECT json_agg(c."customerId") FROM "TokenScope" c WHERE c."tokenId" = t.id)
           FROM "ApiToken" t WHERE id = ANY($2::uuid[]) AND "revokedAt" IS NULL AND "expiresAt" > now()) w
     JOIN "Operator" o ON o.id = w."operatorId" WHERE o."disabledAt" IS NULL`,
    [[...sessionIds], [...tokenIds]],
  )
  return rows
}
