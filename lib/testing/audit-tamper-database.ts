// Deceives the log in the database itself, as its owner could, and asks `npm run admin -- audit verify` each time.
import { spawn } from 'node:child_process'
import { db } from '@/lib/db/client'
import type { ChainEntry } from '@/lib/db/audit-chain'
import type { Random } from './audit-log'
import { Undetected } from './audit-tamper'

const COLUMNS: readonly (keyof ChainEntry)[] = ['actorKind', 'actorId', 'actorName', 'sourceAddress', 'requestId', 'action', 'targetKind', 'targetId', 'targetName', 'customerId', 'customerName', 'result', 'canonical', 'previousHash', 'hash']
type Deception = { what: string; sql: readonly string[]; entry: number }

const sql = async (...statements: string[]): Promise<void> => {
  for (const statement of statements) await db().$executeRawUnsafe(statement)
}

function audit(): Promise<{ code: number | null; said: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['.build/admin.mjs', 'audit', 'verify'], { stdio: ['ignore', 'pipe', 'pipe'] })
    let said = ''
    child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()))
    child.on('close', (code) => resolve({ code, said }))
  })
}

function deceptions(count: number, random: Random): Deception[] {
  const place = () => 2 + random(count - 3)
  const at = <T>(make: (entry: number) => T): T => make(place())
  const rehash = (from: number) => `DO $$ DECLARE r record; h text; BEGIN SELECT hash INTO h FROM "AuditEntry" WHERE entry = ${from - 1};
    FOR r IN SELECT entry, canonical FROM "AuditEntry" WHERE entry >= ${from} ORDER BY entry LOOP
      UPDATE "AuditEntry" SET "previousHash" = h, hash = encode(sha256(convert_to(h || r.canonical, 'UTF8')), 'hex') WHERE entry = r.entry RETURNING hash INTO h; END LOOP; END $$`
  return [
    ...COLUMNS.map((column) => at((entry) => ({ what: `column ${column}`, entry, sql: [`UPDATE "AuditEntry" SET "${column}" = coalesce("${column}", '') || 'x' WHERE entry = ${entry}`] }))),
    at((entry) => ({ what: 'column at by a millisecond', entry, sql: [`UPDATE "AuditEntry" SET at = at + interval '1 ms' WHERE entry = ${entry}`] })),
    at((entry) => ({ what: 'column at before Christ', entry, sql: [`UPDATE "AuditEntry" SET at = (to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.MS') || '+00 BC')::timestamptz WHERE entry = ${entry}`] })),
    at((entry) => ({ what: 'column at to infinity', entry, sql: [`UPDATE "AuditEntry" SET at = 'infinity' WHERE entry = ${entry}`] })),
    at((entry) => ({ what: 'column intentEntry', entry, sql: [`UPDATE "AuditEntry" SET "intentEntry" = coalesce("intentEntry", 0) + 1 WHERE entry = ${entry}`] })),
    at((entry) => ({ what: 'column entry', entry, sql: [`UPDATE "AuditEntry" SET entry = ${count + 50} WHERE entry = ${entry}`] })),
    at((entry) => ({ what: 'deleted', entry, sql: [`DELETE FROM "AuditEntry" WHERE entry = ${entry}`] })),
    at((entry) => ({ what: 'doubled', entry, sql: ['ALTER TABLE "AuditEntry" DROP CONSTRAINT "AuditEntry_pkey"', `INSERT INTO "AuditEntry" SELECT * FROM "AuditEntry" WHERE entry = ${entry}`] })),
    at((entry) => ({ what: 'swapped', entry, sql: [`UPDATE "AuditEntry" SET entry = -entry WHERE entry IN (${entry}, ${entry + 1})`, `UPDATE "AuditEntry" SET entry = CASE entry WHEN ${-entry} THEN ${entry + 1} ELSE ${entry} END WHERE entry < 0`] })),
    { what: 'the beginning deleted up to a checkpoint', entry: 1, sql: ['DELETE FROM "AuditEntry" WHERE entry <= 500'] },
    ...[1, 37, 100].map((cut) => ({ what: `${cut} cut off, with their checkpoint`, entry: count - cut + 1, sql: [`DELETE FROM "AuditEntry" WHERE entry > ${count - cut}`, `DELETE FROM "AuditCheckpoint" WHERE entry > ${count - cut}`] })),
    { what: 'everything deleted', entry: 1, sql: ['DELETE FROM "AuditEntry"', 'DELETE FROM "AuditCheckpoint"'] },
    at((entry) => ({ what: 'forged, and the chain made anew', entry: Math.ceil(entry / 100) * 100, sql: [`UPDATE "AuditEntry" SET canonical = replace(canonical, '"details":{', '"details":{"more":1,') WHERE entry = ${entry}`, rehash(entry), 'DELETE FROM "AuditCheckpoint"'] })),
    { what: 'a checkpoint of another hash', entry: 700, sql: ['UPDATE "AuditCheckpoint" SET hash = (SELECT hash FROM "AuditEntry" WHERE entry = 701) WHERE entry = 700'] },
    { what: 'a checkpoint of another time', entry: 800, sql: [`UPDATE "AuditCheckpoint" SET at = at + interval '1 ms' WHERE entry = 800`] },
  ]
}

/** Each deception on a fresh copy of the log; returns how many there were. */
export async function deceiveDatabase(count: number, random: Random): Promise<number> {
  await sql('CREATE TABLE saved_entries AS SELECT * FROM "AuditEntry"', 'CREATE TABLE saved_checkpoints AS SELECT * FROM "AuditCheckpoint"')
  await sql('ALTER TABLE "AuditEntry" DISABLE TRIGGER ALL', 'ALTER TABLE "AuditCheckpoint" DISABLE TRIGGER ALL')
  const restore = () =>
    sql('DELETE FROM "AuditEntry"', 'DELETE FROM "AuditCheckpoint"', 'ALTER TABLE "AuditEntry" DROP CONSTRAINT IF EXISTS "AuditEntry_pkey"', 'ALTER TABLE "AuditEntry" ADD CONSTRAINT "AuditEntry_pkey" PRIMARY KEY (entry)', 'INSERT INTO "AuditEntry" SELECT * FROM saved_entries', 'INSERT INTO "AuditCheckpoint" SELECT * FROM saved_checkpoints')
  const whole = await audit()
  if (whole.code !== 0) throw new Error(`The log is not whole to begin with: ${whole.said}`)
  const all = deceptions(count, random)
  for (const { what, entry, sql: statements } of all) {
    await restore()
    await sql(...statements)
    const { code, said } = await audit()
    if (code !== 1 || !new RegExp(`\\b(Entry|Entries|entry) ${entry}\\b`).test(said)) throw new Undetected(`${what}: expected entry ${entry}, exit ${code}: ${said}`)
  }
  await restore()
  if ((await audit()).code !== 0) throw new Error('The log is not whole after it was restored.')
  return all.length
}
