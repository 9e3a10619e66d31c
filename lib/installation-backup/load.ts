import 'server-only'
import type pg from 'pg'
import { from, type CopyStreamQuery } from 'pg-copy-streams'
import { AppError } from '@/lib/core/errors'
import type { BackupHeader, BackupManifest } from './format'
import { readArchive } from './read-archive'
import { columnList, continueCounting, onOwnConnection, quoted, readTables } from './tables'

const shape = (tables: BackupHeader['tables']): string => JSON.stringify(tables.map(({ name, columns }) => [name, [...columns].sort()]).sort())

/** The database must have exactly the tables of the backup; it has them when its migrations were applied and no others. */
async function emptyTables(client: pg.Client, tables: BackupHeader['tables']): Promise<void> {
  if (shape(await readTables(client)) !== shape(tables)) throw new AppError('invalid-input', 'The tables of this backup are not those that its migrations make.', { nextStep: 'Restore it with the version of Palisade that made it.' })
  // A migration makes first rows (settings); the backup has its own. TRUNCATE is refused for the audit log.
  for (const { name } of tables.toReversed()) await client.query(`DELETE FROM ${quoted(name)}`)
}

/** One COPY per table, so that rows which refer to each other are looked at when all are there. */
class Loading {
  #table = ''
  #copy: CopyStreamQuery | undefined
  /** Rejects when the server refuses a row: that comes as an event, and what waits for the stream then would wait for ever. */
  #refused: Promise<never> | undefined
  #refusal: AppError | undefined
  readonly #rows = new Map<string, number>()

  constructor(
    private readonly client: pg.Client,
    private readonly tables: BackupHeader['tables'],
  ) {}

  async #begin(name: string): Promise<CopyStreamQuery> {
    await this.end()
    const table = this.tables.find((one) => one.name === name)
    if (!table) throw new AppError('internal', `The backup has no table ${name}.`)
    const copy = this.client.query(from(`COPY ${quoted(name)} (${columnList(table)}) FROM STDIN`))
    this.#table = name
    this.#copy = copy
    this.#refused = new Promise<never>((_, reject) => {
      copy.once('error', (error) => {
        this.#refusal = new AppError('invalid-input', `The table ${name} does not take a row of this backup: ${error.message}.`, { nextStep: 'Restore an older backup.' })
        reject(this.#refusal)
      })
    })
    this.#refused.catch(() => undefined)
    return copy
  }

  /** `act` on the stream of the running COPY. A stream that the server has refused must not be touched any more. */
  async #through(act: (done: (error?: Error | null) => void) => void): Promise<void> {
    if (this.#refusal) throw this.#refusal
    await Promise.race([this.#refused, new Promise<void>((resolve, reject) => act((error) => (error ? reject(error) : resolve())))])
  }

  async add(table: string, text: Buffer): Promise<void> {
    const copy = this.#copy && this.#table === table ? this.#copy : await this.#begin(table)
    await this.#through((done) => void copy.write(text, done))
  }

  async end(): Promise<void> {
    const copy = this.#copy
    if (!copy) return
    await this.#through((done) => void copy.end(done))
    this.#rows.set(this.#table, copy.rowCount)
    this.#copy = undefined
  }

  demand(manifest: BackupManifest): void {
    const wrong = manifest.tables.find(({ name, rows }) => (this.#rows.get(name) ?? 0) !== rows)
    if (wrong) throw new AppError('internal', `The table ${wrong.name} took another number of rows than the backup has.`)
  }
}

/**
 * Loads a checked backup into a database that has the tables of its migrations: all of it in one transaction, or nothing.
 * Throws when it is not the file with this SHA-256, or when a row is refused.
 */
export async function loadBackup(file: string, sha256: string): Promise<void> {
  await onOwnConnection(async (client) => {
    await client.query('BEGIN')
    let loading: Loading | undefined
    const read = await readArchive(file, {
      begin: async ({ tables }) => {
        await emptyTables(client, tables)
        loading = new Loading(client, tables)
      },
      piece: async (table, text) => loading?.add(table, text),
    })
    await loading?.end()
    loading?.demand(read.manifest)
    if (read.sha256 !== sha256) throw new AppError('conflict', 'The backup was changed while it was being restored.', { nextStep: 'Restore again from a file that nobody writes to.' })
    await continueCounting(client)
    await client.query('COMMIT')
    // Plans are made by statistics, and a fresh table has none.
    await client.query('ANALYZE')
  })
}
