import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '@/lib/db/testing'
import { missingSql } from './migrate-engine.mjs'
import { applyMigrations } from './migrate.mjs'
import { ask, temporaryFolder } from './testing/sessions'

let database: TestDatabase
let folder: ReturnType<typeof temporaryFolder>

beforeEach(async () => {
  database = await createTestDatabase()
  folder = temporaryFolder()
  await ask(database.url, 'DROP SCHEMA public CASCADE')
  await ask(database.url, 'CREATE SCHEMA public')
})
afterEach(async () => {
  await database.drop()
  folder.remove()
})

function write(kind: 'migrations' | 'schema', name: string, content: string): void {
  const place = kind === 'schema' ? path.join(folder.path, 'schema', name) : path.join(folder.path, 'migrations', name, 'migration.sql')
  mkdirSync(path.dirname(place), { recursive: true })
  writeFileSync(place, content)
}

const migrations = () => path.join(folder.path, 'migrations')
const apply = () => applyMigrations({ connectionString: database.url }, migrations())

const ONE = `CREATE TABLE "One" (id integer NOT NULL, CONSTRAINT "One_pkey" PRIMARY KEY (id));
CREATE FUNCTION one() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'append; only'; END $$;
CREATE TRIGGER one BEFORE UPDATE ON "One" FOR EACH ROW EXECUTE FUNCTION one();`
const ADD = 'ALTER TABLE "One" ADD COLUMN "name" TEXT;'

describe('applyMigrations', () => {
  it('applies once, in order, whatever the number of starts at once', async () => {
    write('migrations', '2_add', ADD)
    write('migrations', '1_one', ONE)
    const applied = await Promise.all([apply(), apply(), apply()])
    expect(applied.flat()).toEqual(['1_one', '2_add'])
    expect(await apply()).toEqual([])
    expect(await ask(database.url, 'SELECT count(*)::int FROM "_prisma_migrations" WHERE finished_at IS NOT NULL')).toBe(2)
  })

  it('leaves nothing of a migration that fails, and goes on after it was corrected', async () => {
    write('migrations', '1_one', ONE)
    write('migrations', '2_bad', 'CREATE TABLE half (id integer); SELECT nonsense;')
    await expect(apply()).rejects.toThrow(/"2_bad" failed and left nothing behind: .*nonsense/)
    expect(await ask(database.url, `SELECT to_regclass('half')::text`)).toBeNull()
    write('migrations', '2_bad', ADD)
    expect(await apply()).toEqual(['2_bad'])
  })

  it('refuses a database that is newer than the folder', async () => {
    write('migrations', '1_one', ONE)
    await apply()
    await ask(database.url, `UPDATE "_prisma_migrations" SET migration_name = '9_later'`)
    await expect(apply()).rejects.toThrow(/used with a newer version of Palisade \(it has the migration "9_later"\)/)
  })

  it('refuses a migration that was edited after it was applied', async () => {
    write('migrations', '1_one', ONE)
    await apply()
    write('migrations', '1_one', `${ONE}\n-- edited`)
    await expect(apply()).rejects.toThrow(/"1_one" was changed after it had been applied/)
  })

  it('names the server that does not answer, and not its password', async () => {
    const failed = applyMigrations({ connectionString: 'postgresql://palisade:secret-word@127.0.0.1:1/palisade' }, migrations())
    await expect(failed).rejects.toThrow(/^The database at 127\.0\.0\.1, port 1, could not be used: (?!.*secret-word).*Check DATABASE_URL/)
  })
})

const MODEL = (fields: string) => `datasource db {\n  provider = "postgresql"\n}\nmodel One {\n  id Int @id\n${fields}}\n`

describe('missingSql', () => {
  it('is what the migrations lack of the schema, and leaves the database alone', async () => {
    const url = new URL(database.url)
    const config = { host: url.hostname, port: Number(url.port), user: url.username, password: decodeURIComponent(url.password), database: url.pathname.slice(1) }
    write('migrations', '1_one', ONE)
    write('schema', 'base.prisma', MODEL('  name String?\n'))
    const sql = await missingSql(config, path.join(folder.path, 'schema'), migrations())
    expect(sql).toMatch(/ALTER TABLE "One" ADD COLUMN +"name" TEXT;/)
    write('migrations', '2_add', sql)
    expect(await missingSql(config, path.join(folder.path, 'schema'), migrations())).toBe('')
    expect(await ask(database.url, `SELECT to_regclass('"One"')::text`)).toBeNull()
    expect(await ask(database.url, `SELECT count(*)::int FROM pg_database WHERE datname LIKE 'palisade_shadow_%'`)).toBe(0)
  })
})
