import { randomUUID } from 'node:crypto'
import { createRequire } from 'node:module'
import { readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { PrismaPg } from '@prisma/adapter-pg'
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils'
import * as glue from '@prisma/schema-engine-wasm/schema_engine_bg'
import pg from 'pg'
import { readMigrations } from './migrate.mjs'

// Prisma's schema engine (7.10.0) as WebAssembly, for authoring and comparing only. Its PostgreSQL side has four traps,
// all met below: an address in one string makes the shadow database the real one; scripts are cut at semicolons; the
// shadow database is dropped while its pool is open; the catalogue's type "char" is unknown to it.

/** PostgreSQL's type numbers that the engine's own catalogue queries return, as the adapter's column types. */
const COLUMN_TYPES = { 16: 5, 18: 6, 19: 7, 20: 1, 21: 0, 23: 0, 25: 7, 26: 1, 700: 2, 701: 3, 1002: 70, 1003: 71, 1005: 64, 1007: 64, 1009: 71, 1016: 65, 1043: 7 }
const TEXT_ARRAY = 1009
const NAME_ARRAY = 1003
const ARRAYS = new Set([1002, NAME_ARRAY, 1005, 1007, TEXT_ARRAY])
const asIs = (text) => text

const types = {
  getTypeParser(type) {
    if (type === 16) return (text) => text === 't'
    if (type === 21 || type === 23) return Number
    return ARRAYS.has(type) ? pg.types.getTypeParser(type === NAME_ARRAY ? TEXT_ARRAY : type) : asIs
  },
}

function tolerant(adapter) {
  const queryRaw = adapter.queryRaw.bind(adapter)
  adapter.queryRaw = async (query) => {
    try {
      return await queryRaw(query)
    } catch (error) {
      if (error?.cause?.kind !== 'UnsupportedNativeDataType') throw error
      const result = await adapter.underlyingDriver().query({ text: query.sql, values: query.args, rowMode: 'array', types })
      return { columnNames: result.fields.map((field) => field.name), columnTypes: result.fields.map((field) => COLUMN_TYPES[field.dataTypeID]), rows: result.rows }
    }
  }
  adapter.executeScript = async (script) => {
    try {
      await adapter.underlyingDriver().query(script)
    } catch (error) {
      adapter.onError(error)
    }
  }
  return adapter
}

class MigrationPg extends PrismaPg {
  constructor(fields) {
    super(fields)
    this.fields = fields
  }

  async connect() {
    return tolerant(await super.connect())
  }

  async connectToShadowDb() {
    const name = `palisade_shadow_${randomUUID()}`
    const admin = new pg.Client(this.fields)
    await admin.connect()
    await admin.query(`CREATE DATABASE "${name}" TEMPLATE template0`)
    const shadow = await new MigrationPg({ ...this.fields, database: name }).connect()
    const dispose = shadow.dispose.bind(shadow)
    shadow.dispose = async () => {
      await dispose()
      await admin.query(`DROP DATABASE "${name}" WITH (FORCE)`)
      await admin.end()
    }
    return shadow
  }
}

let loaded = false
function loadEngine() {
  if (loaded) return
  const home = path.dirname(createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg'))
  const wasm = new WebAssembly.Instance(new WebAssembly.Module(readFileSync(path.join(home, 'schema_engine_bg.wasm'))), { './schema_engine_bg.js': glue })
  glue.__wbg_set_wasm(wasm.exports)
  wasm.exports.__wbindgen_start()
  loaded = true
}

const readSchema = (folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.prisma'))
    .sort()
    .map((name) => ({ path: name, content: readFileSync(path.join(folder, name), 'utf8') }))

/**
 * The SQL that is missing between a folder of migrations and a folder of schema files; empty when they agree. Works on
 * a shadow database of its own, made and dropped on the server of `config`; other databases there are not touched.
 * @param {{ host: string, port: number, user: string, password: string, database: string }} config fields, never one address
 * @returns {Promise<string>}
 */
export async function missingSql(config, schemaFolder, migrationsFolder) {
  loadEngine()
  const files = readSchema(schemaFolder)
  const engine = await glue.SchemaEngine.new({ datamodels: files.map((file) => [file.path, file.content]) }, () => {}, bindMigrationAwareSqlAdapterFactory(new MigrationPg(config)))
  try {
    const migrationDirectories = readMigrations(migrationsFolder).map(({ name, sql }) => ({ path: name, migrationFile: { path: 'migration.sql', content: { tag: 'ok', value: sql } } }))
    const lockfile = { path: 'migration_lock.toml', content: 'provider = "postgresql"\n' }
    const { exitCode, stdout } = await engine.diff({
      from: { tag: 'migrations', baseDir: migrationsFolder, lockfile, shadowDbInitScript: '', migrationDirectories },
      to: { tag: 'schemaDatamodel', files },
      script: true,
      exitCode: true,
      filters: { externalTables: [], externalEnums: [] },
    })
    return exitCode === 2 ? String(stdout) : ''
  } finally {
    engine.free()
  }
}
