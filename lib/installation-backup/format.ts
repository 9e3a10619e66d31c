// The file of a backup: a tar of backup.json, then each table as gzip pieces of PostgreSQL's COPY text, then manifest.json.
import { createHash, type Hash } from 'node:crypto'
import { z } from 'zod'

export const HEADER_NAME = 'backup.json'
export const MANIFEST_NAME = 'manifest.json'
/** Bytes of COPY text in one piece, before gzip. A reader holds one piece at a time, whatever a file says of itself. */
export const PIECE_BYTES = 4 * 1024 * 1024
/** What cannot be compressed grows a little. */
export const STORED_PIECE_BYTES_MAX = PIECE_BYTES + 64 * 1024
export const JSON_BYTES_MAX = 1024 * 1024

/** Name of the nth piece of a table, from 1. */
export const pieceName = (table: string, number: number): string => `tables/${table}/${String(number).padStart(5, '0')}.gz`

const name = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]{0,62}$/)
const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
const count = z.number().int().min(0)

/** What is known before the first row is read; with it a master key can be tried before anything is written. */
export const headerSchema = z.strictObject({
  format: z.literal('palisade-backup'),
  version: z.literal(1),
  createdAt: z.iso.datetime(),
  palisadeVersion: z.string().max(100),
  postgresVersion: z.string().max(200),
  migrations: z.array(z.strictObject({ name: z.string().max(255), checksum: sha256 })).min(1).max(10_000),
  dataKeyId: z.string().min(1).max(100),
  dataKeyWrapped: z.string().min(1).max(1_000),
  /** In the order in which they can be loaded: what is referred to comes first. */
  tables: z.array(z.strictObject({ name, columns: z.array(name).min(1).max(1_600) })).min(1).max(1_000),
})
export type BackupHeader = z.output<typeof headerSchema>

export const manifestSchema = z.strictObject({
  headerSha256: sha256,
  /** Newest audit entry; null when there is none. */
  auditHead: z.strictObject({ entry: count, hash: sha256 }).nullable(),
  tables: z.array(z.strictObject({ name, rows: count, bytes: count, pieces: count, sha256 })).max(1_000),
})
export type BackupManifest = z.output<typeof manifestSchema>

/** What both sides must agree on before the rest is looked at. */
export const formatSchema = z.looseObject({ format: z.literal('palisade-backup'), version: z.number() })

const LINE_FEED = 10

/** Adds up the COPY text of one table. A row ends with the only line feed in it: COPY writes others as \n. */
export class TableSum {
  readonly #hash: Hash = createHash('sha256')
  #rows = 0
  #bytes = 0
  #pieces = 0

  constructor(readonly name: string) {}

  add(text: Buffer): void {
    this.#hash.update(text)
    this.#bytes += text.length
    this.#pieces += 1
    for (let at = text.indexOf(LINE_FEED); at !== -1; at = text.indexOf(LINE_FEED, at + 1)) this.#rows += 1
  }

  get pieces(): number {
    return this.#pieces
  }

  /** The table's line in the manifest; nothing can be added after it. */
  end(): BackupManifest['tables'][number] {
    return { name: this.name, rows: this.#rows, bytes: this.#bytes, pieces: this.#pieces, sha256: this.#hash.digest('hex') }
  }
}
