import 'server-only'
// The audit chain from its first to its last entry, in constant memory and without stopping anyone who writes.
import type pg from 'pg'
import { onOneConnection } from './statements'

/** A row of the chain with its searchable columns. `at` is ISO 8601 in UTC; what is no moment at all comes as its text. */
export type ChainEntry = {
  entry: number
  at: string
  actorKind: string | null
  actorId: string | null
  actorName: string | null
  sourceAddress: string | null
  requestId: string | null
  action: string | null
  targetKind: string | null
  targetId: string | null
  targetName: string | null
  customerId: string | null
  customerName: string | null
  result: string | null
  intentEntry: number | null
  canonical: string
  previousHash: string
  hash: string
}

/** A signed head of the chain. `signature` is base64, `at` as in an entry. */
export type Checkpoint = { entry: number; at: string; hash: string; signature: string }

export type Chain = { publicKeyPem: string; entries: AsyncGenerator<ChainEntry[]>; checkpoints: AsyncGenerator<Checkpoint[]> }

const BATCH = 1_000
type Raw<T> = { [K in keyof T]: K extends 'at' ? Date | number : K extends 'entry' ? string : K extends 'intentEntry' ? string | null : T[K] }

/** PostgreSQL can hold infinity, which is no moment. */
const moment = (at: Date | number): string => (at instanceof Date && !Number.isNaN(at.getTime()) ? at.toISOString() : String(at))

/** Batches of a cursor. The server reads the next one while the last is looked at. */
async function* batches<Row extends pg.QueryResultRow, T>(client: pg.PoolClient, cursor: 'entries' | 'checkpoints', select: string, toT: (row: Row) => T): AsyncGenerator<T[]> {
  const nextRows = () => {
    const rows = client.query<Row>(`FETCH ${BATCH} FROM ${cursor}`)
    // Nobody waits for it any more when the reader stops early.
    rows.catch(() => undefined)
    return rows
  }
  await client.query(`DECLARE ${cursor} NO SCROLL CURSOR FOR ${select}`)
  for (let ahead = nextRows(); ; ) {
    const { rows } = await ahead
    if (rows.length === 0) return
    ahead = nextRows()
    yield rows.map(toT)
  }
}

const ENTRIES = `SELECT entry, at, "actorKind", "actorId", "actorName", "sourceAddress", "requestId", action, "targetKind", "targetId", "targetName",
  "customerId", "customerName", result, "intentEntry", canonical, "previousHash", hash FROM "AuditEntry" ORDER BY entry`
const CHECKPOINTS = 'SELECT entry, at, hash, signature FROM "AuditCheckpoint" ORDER BY entry'

const toEntry = (row: Raw<ChainEntry>): ChainEntry => ({ ...row, entry: Number(row.entry), at: moment(row.at), intentEntry: row.intentEntry === null ? null : Number(row.intentEntry) })
const toCheckpoint = (row: Raw<Checkpoint>): Checkpoint => ({ ...row, entry: Number(row.entry), at: moment(row.at) })

/** Lends the whole chain as it was at one moment: one read-only snapshot, which ends with `work`. */
export function readChain<T>(work: (chain: Chain) => Promise<T>): Promise<T> {
  return onOneConnection(async (client) => {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY')
    try {
      const { rows } = await client.query<{ pem: string }>('SELECT "auditPublicPem" AS pem FROM "Installation"')
      return await work({ publicKeyPem: rows[0]?.pem ?? '', entries: batches(client, 'entries', ENTRIES, toEntry), checkpoints: batches(client, 'checkpoints', CHECKPOINTS, toCheckpoint) })
    } finally {
      await client.query('ROLLBACK')
    }
  })
}
