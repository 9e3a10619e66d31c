import 'server-only'
import { createHash } from 'node:crypto'
import { readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type pg from 'pg'
import { to } from 'pg-copy-streams'
import { z } from 'zod'
import { record } from '@/lib/audit/record'
import type { Actor } from '@/lib/auth/actor'
import { authorise } from '@/lib/auth/authorise'
import { AppError } from '@/lib/core/errors'
import { db } from '@/lib/db/client'
import { HEADER_NAME, MANIFEST_NAME, PIECE_BYTES, pieceName, TableSum, type BackupHeader, type BackupManifest } from './format'
import { columnList, onOwnConnection, quoted, readTables } from './tables'
import { writeArchive } from './write-archive'

export type MadeBackup = { file: string; bytes: number; sha256: string; tables: number; rows: number; lastEntry: number; durationMs: number }

const compress = promisify(gzip)

async function palisadeVersion(): Promise<string> {
  const text = await readFile(path.join(process.cwd(), 'package.json'), 'utf8')
  return z.object({ version: z.string() }).parse(JSON.parse(text)).version
}

/** What stands at the beginning of the file, as the snapshot says it. Keys are wrapped by the master key. */
async function readHeader(client: pg.Client, createdAt: Date): Promise<BackupHeader> {
  const migrations = await client.query<BackupHeader['migrations'][number]>('SELECT migration_name AS name, checksum FROM "_prisma_migrations" WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL ORDER BY migration_name')
  const keys = await client.query<Pick<BackupHeader, 'dataKeyId' | 'dataKeyWrapped'>>('SELECT "dataKeyId", "dataKeyWrapped" FROM "Installation" WHERE id = 1')
  const server = await client.query<{ version: string }>(`SELECT current_setting('server_version') AS version`)
  const key = keys.rows[0]
  if (!key) throw new AppError('unavailable', 'This database has not been prepared, so there is nothing to back up.', { nextStep: 'Start Palisade with npm start first.' })
  return { format: 'palisade-backup', version: 1, createdAt: createdAt.toISOString(), palisadeVersion: await palisadeVersion(), postgresVersion: server.rows[0]?.version ?? '', migrations: migrations.rows, ...key, tables: await readTables(client) }
}

async function readAuditHead(client: pg.Client): Promise<BackupManifest['auditHead']> {
  const { rows } = await client.query<{ entry: string; hash: string }>('SELECT entry, hash FROM "AuditEntry" ORDER BY entry DESC LIMIT 1')
  return rows[0] ? { entry: Number(rows[0].entry), hash: rows[0].hash } : null
}

/** The COPY text of a table in pieces of PIECE_BYTES; the last one is shorter. */
async function* piecesOf(client: pg.Client, table: BackupHeader['tables'][number]): AsyncGenerator<Buffer> {
  const copy = client.query(to(`COPY ${quoted(table.name)} (${columnList(table)}) TO STDOUT`))
  let waiting: Buffer[] = []
  let bytes = 0
  for await (const chunk of copy) {
    let rest: Buffer = chunk
    while (bytes + rest.length >= PIECE_BYTES) {
      const taken = PIECE_BYTES - bytes
      yield Buffer.concat([...waiting, rest.subarray(0, taken)])
      rest = rest.subarray(taken)
      waiting = []
      bytes = 0
    }
    waiting.push(rest)
    bytes += rest.length
  }
  if (bytes > 0) yield Buffer.concat(waiting)
}

/** One snapshot of all tables, from one read-only transaction: nothing waits for it, and it waits for nothing. */
async function withSnapshot<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  return onOwnConnection(async (client) => {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
    // A change of the schema would show tables as empty to an older snapshot: it waits for our end, or we for its.
    const { rows } = await client.query<{ name: string }>(`SELECT relname AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace`)
    await client.query('ROLLBACK')
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
    await client.query(`LOCK TABLE ${rows.map(({ name }) => quoted(name)).join(', ')} IN ACCESS SHARE MODE`)
    return work(client)
  })
}

/**
 * Writes the whole installation to one file while everything runs. What is sealed stays sealed, and the master key is not
 * in it. The audit entry follows the snapshot, so the file does not hold the entry about itself; without the entry there
 * is no file. Throws conflict when there is a file already, and what `signal` aborts with; then there is none.
 */
export async function createBackup(actor: Actor, file: string, now: Date, signal?: AbortSignal): Promise<MadeBackup> {
  authorise(actor, 'installation:manage', { customerId: null })
  const startedAt = performance.now()
  let manifest: BackupManifest | undefined
  const { bytes, sha256 } = await writeArchive(file, now, ({ add }) =>
    withSnapshot(async (client) => {
      const header = await readHeader(client, now)
      const headerText = Buffer.from(JSON.stringify(header))
      await add(HEADER_NAME, headerText)
      const sums: TableSum[] = []
      for (const table of header.tables) {
        const sum = new TableSum(table.name)
        sums.push(sum)
        for await (const text of piecesOf(client, table)) {
          signal?.throwIfAborted()
          sum.add(text)
          await add(pieceName(table.name, sum.pieces), await compress(text))
        }
      }
      const auditHead = await readAuditHead(client)
      manifest = { headerSha256: createHash('sha256').update(headerText).digest('hex'), auditHead, tables: sums.map((sum) => sum.end()) }
      await add(MANIFEST_NAME, Buffer.from(JSON.stringify(manifest)))
    }),
  )
  const rows = manifest?.tables.reduce((total, table) => total + table.rows, 0) ?? 0
  const made = { file, bytes, sha256, tables: manifest?.tables.length ?? 0, rows, lastEntry: manifest?.auditHead?.entry ?? 0, durationMs: Math.round(performance.now() - startedAt) }
  try {
    await noteBackup(actor, made, now)
  } catch (error) {
    // No entry, no act.
    await rm(file, { force: true })
    throw error
  }
  return made
}

async function noteBackup(actor: Actor, { file, bytes, sha256, rows, lastEntry, durationMs }: MadeBackup, at: Date): Promise<void> {
  const fileName = path.basename(file)
  await db().$transaction(async (tx) => {
    await tx.installationBackup.create({ data: { at, fileName, bytes, sha256, lastEntry, rowCount: rows, durationMs } })
    await record(tx, actor, { action: 'installation.backup', target: { kind: 'installation', id: null, name: 'backup' }, details: { fileName, bytes, sha256, rows, lastEntry, durationMs } })
  })
}
