import { appendFile, readFile, stat, writeFile } from 'node:fs/promises'
import { createHash, generateKeyPairSync, sign } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { consoleActor, type Actor } from '@/lib/auth/actor'
import { readChain, type ChainEntry, type Checkpoint } from '@/lib/db/audit-chain'
import { db } from '@/lib/db/client'
import { owner, person, startInstallation, type Installation } from '@/lib/testing/installation'
import { checkpointKeeper } from './checkpoint'
import { checkpointFile, readCheckpoints } from './checkpoint-file'
import { checkpointText } from './checkpoint-text'
import type { KeptCheckpoint } from './chain-check'
import { recordAlone } from './record'
import { verifyChain } from './verify'
import { verifyAuditLog, verifyWhenDue } from './verify-log'

let installation: Installation
let actor: Actor
let entries: ChainEntry[]
let checkpoints: Checkpoint[]
let kept: KeptCheckpoint[]
let publicKeyPem: string
const T0 = new Date('2026-11-24T12:00:00.000Z')

async function all<T>(batches: AsyncIterable<readonly T[]>): Promise<T[]> {
  const things: T[] = []
  for await (const batch of batches) things.push(...batch)
  return things
}

beforeAll(async () => {
  installation = await startInstallation()
  actor = await owner()
  const keeper = checkpointKeeper()
  for (let turn = 0; turn < 30; turn++) {
    await recordAlone(actor, { action: 'firewall.read', target: { kind: 'firewall', id: `f${turn}`, name: `fw Ærø ${turn}` }, ...(turn % 2 === 0 && { customer: { id: 'c1', name: 'Mistral "Foods"' } }), details: { turn } }, turn % 5 === 0 ? 'failed' : 'done', turn > 3 ? 2n : null)
    if (turn % 10 === 9) await keeper.keep(new Date(T0.getTime() + turn * 60_000))
  }
  await readChain(async (chain) => {
    entries = await all(chain.entries)
    checkpoints = await all(chain.checkpoints)
    publicKeyPem = chain.publicKeyPem
  })
  kept = await all(readCheckpoints(checkpointFile(), (await stat(checkpointFile())).size))
})
afterAll(() => installation.end())

async function* inBatches<T>(things: readonly T[], size = 7): AsyncGenerator<T[]> {
  for (let at = 0; at < things.length; at += size) yield things.slice(at, at + size)
}
type Parts = { entries?: ChainEntry[]; checkpoints?: Checkpoint[]; kept?: KeptCheckpoint[]; key?: string }
const look = (parts: Parts) => verifyChain(inBatches(parts.entries ?? entries), inBatches(parts.checkpoints ?? checkpoints), parts.key ?? publicKeyPem, { kept: inBatches(parts.kept ?? []) })
const problemOf = async (parts: Parts) => (await look(parts)).problem
const changed = (place: number, change: Partial<ChainEntry>) => entries.map((row) => (row.entry === place ? { ...row, ...change } : row))
const without = (from: number, to = from) => entries.filter(({ entry }) => entry < from || entry > to)
/** As somebody would who can write to the database, and knows the format, but does not hold the key. */
function rechained(from: number, change: (canonical: string) => string): ChainEntry[] {
  let previousHash = entries[from - 2]?.hash ?? '0'.repeat(64)
  return entries.map((row) => {
    if (row.entry < from) return row
    const canonical = row.entry === from ? change(row.canonical) : row.canonical
    const hash = createHash('sha256').update(previousHash + canonical).digest('hex')
    const made = { ...row, canonical, previousHash, hash, targetName: row.entry === from ? 'other' : row.targetName }
    previousHash = hash
    return made
  })
}

describe('a look over the audit log', () => {
  it('finds nothing in a whole one, and says what it looked at', async () => {
    const last = entries.at(-1)
    expect(await look({ kept })).toEqual({ firstEntry: 1, lastEntry: 30, lastHash: last?.hash, entries: 30, checkpoints: 3, keptCheckpoints: 3, signedUpTo: 30, problem: null })
    expect(await look({ entries: [], checkpoints: [] })).toMatchObject({ firstEntry: 0, lastEntry: 0, entries: 0, problem: null })
  })

  it('finds a change of any column of any entry, and names the entry', async () => {
    const last = entries.at(-1)
    expect(last && Object.keys(last)).toHaveLength(18)
    for (const row of entries) {
      for (const [column, value] of Object.entries(row)) {
        if (column === 'entry') continue
        for (const other of typeof value === 'string' ? [`${value} `, value.slice(1), null] : value === null ? ['', 'x'] : [value + 1, null]) {
          const problem = await problemOf({ entries: changed(row.entry, { [column]: other } as Partial<ChainEntry>) })
          expect([column, other, problem?.entry]).toEqual([column, other, row.entry])
          expect(problem?.sentence).toMatch(new RegExp(`^Entry ${row.entry} .*\\.$`))
        }
      }
    }
  })

  it('finds what is missing, doubled, swapped or moved', async () => {
    expect(await problemOf({ entries: without(12) })).toEqual({ entry: 12, sentence: 'Entry 12 is missing.' })
    expect(await problemOf({ entries: without(12, 14) })).toEqual({ entry: 12, sentence: 'Entries 12 to 14 are missing.' })
    expect(await problemOf({ entries: without(1, 3) })).toMatchObject({ entry: 1 })
    // Entry 10 has a checkpoint, but nothing says that retention removed what it covers.
    expect((await problemOf({ entries: without(1, 10) }))?.sentence).toBe('Entries 1 to 10 are missing, and no entry says that they were removed when their time was over.')
    const [a, b] = [entries[11], entries[12]]
    if (!a || !b) throw new Error('too few entries')
    expect(await problemOf({ entries: [...entries.slice(0, 12), a, ...entries.slice(12)] })).toEqual({ entry: 12, sentence: 'Entry 12 is there twice.' })
    expect(await problemOf({ entries: entries.with(11, b).with(12, a) })).toMatchObject({ entry: 12 })
    expect(await problemOf({ entries: entries.with(11, { ...b, entry: 12 }).with(12, { ...a, entry: 13 }) })).toMatchObject({ entry: 12 })
    expect(await problemOf({ entries: changed(12, { entry: 40 }) })).toMatchObject({ entry: 12 })
    expect(await problemOf({ entries: [...entries, { ...a, entry: 31 }] })).toEqual({ entry: 31, sentence: 'Entry 31 does not follow the entry before it.' })
    expect(await problemOf({ entries: [{ ...a, entry: 0 }, ...entries] })).toMatchObject({ entry: 0 })
  })

  it('finds a chain that was made anew, at the next checkpoint', async () => {
    const forged = rechained(14, (canonical) => canonical.replace(/"name":"fw[^"]*"/, '"name":"other"'))
    expect(await problemOf({ entries: forged })).toEqual({ entry: 20, sentence: 'Entry 20 is not what a checkpoint signed: it, or an entry after 10, was changed and the chain made anew from there.' })
    // Without the checkpoints of the database, the ones outside still tell.
    expect(await problemOf({ entries: forged, checkpoints: [], kept })).toMatchObject({ entry: 20 })
    expect(await problemOf({ entries: forged, checkpoints: checkpoints.slice(0, 1) })).toBeNull()
  })

  it('finds an end that was cut off', async () => {
    for (let cut = 1; cut <= 30; cut++) expect(await problemOf({ entries: entries.slice(0, 30 - cut) })).toMatchObject({ entry: cut > 20 && cut < 30 ? 31 - cut : cut === 30 ? 1 : 31 - cut })
    expect(await problemOf({ entries: entries.slice(0, 25), checkpoints: checkpoints.slice(0, 2), kept })).toEqual({ entry: 26, sentence: 'Entries 26 to 30 are missing at the end: a checkpoint in the checkpoint file signed entry 30.' })
    expect(await problemOf({ entries: [], checkpoints: [], kept })).toMatchObject({ entry: 1 })
  })

  it('finds false checkpoints, in the database and outside', async () => {
    const other = generateKeyPairSync('ed25519')
    const pem = other.publicKey.export({ type: 'spki', format: 'pem' }).toString()
    const row = entries[24]
    if (!row) throw new Error('too few entries')
    const at = T0.toISOString()
    const forged = { entry: 25, at, hash: row.hash, signature: sign(null, Buffer.from(checkpointText(25, row.hash, at)), other.privateKey).toString('base64') }
    const by = (place: number, change: Partial<Checkpoint>) => checkpoints.map((each) => (each.entry === place ? { ...each, ...change } : each))
    expect(await problemOf({ checkpoints: [...checkpoints.slice(0, 2), forged, ...checkpoints.slice(2)] })).toEqual({ entry: 25, sentence: 'The checkpoint of entry 25 has a wrong signature.' })
    for (const change of [{ at }, { hash: row.hash }, { signature: '' }, { signature: forged.signature }] as Partial<Checkpoint>[]) expect(await problemOf({ checkpoints: by(20, change) })).toMatchObject({ entry: 20 })
    expect((await problemOf({ checkpoints: [], kept, key: pem }))?.sentence).toMatch(/signed with another key/)
    expect(await problemOf({ key: 'no key' })).toMatchObject({ entry: 0 })
  })
})

describe('the file and the database', () => {
  it('a console looks, leaves an entry and a row; a damaged file is a problem, a torn end is none', async () => {
    const file = `${installation.directory}/copy.jsonl`
    const good = await readFile(checkpointFile(), 'utf8')
    await writeFile(file, `${good}{"at":"20`)
    expect(await verifyAuditLog(consoleActor(), { file })).toMatchObject({ problem: null, keptCheckpoints: 3 })
    await appendFile(file, '\n')
    expect((await verifyAuditLog(consoleActor(), { file })).problem?.sentence).toBe('Line 4 of the checkpoint file is no checkpoint, or not in its place.')
    await writeFile(file, good + good)
    expect((await verifyAuditLog(consoleActor(), { file })).problem?.sentence).toMatch(/^Line 4 /)
    await writeFile(file, good.replaceAll(/"publicKey":"[^"]*"/g, '"publicKey":"other"'))
    expect((await verifyAuditLog(consoleActor(), { file })).problem?.sentence).toMatch(/another key/)
    await expect(verifyAuditLog(consoleActor(), { file: `${file}.not` })).rejects.toThrow(/no checkpoints/)
    expect(await db().auditVerification.count()).toBe(4)
    const last = await db().auditEntry.findFirst({ orderBy: { entry: 'desc' } })
    expect([last?.action, last?.result, last?.actorKind]).toEqual(['audit.verify', 'failed', 'console'])
  })

  it('takes the right to manage the installation', async () => {
    await expect(verifyAuditLog(await person([{ role: 'admin', customerId: null }]), { file: null })).rejects.toMatchObject({ code: 'forbidden' })
  })

  it('of many workers one looks, once a day, and says what is wrong', async () => {
    await db().auditVerification.deleteMany()
    const signal = new AbortController().signal
    const later = (hours: number) => new Date(Date.now() + hours * 3_600_000)
    await Promise.all(Array.from({ length: 5 }, (_, worker) => verifyWhenDue(`w${worker}`, later(0), signal)))
    await verifyWhenDue('w', later(23), signal)
    expect(await db().auditVerification.findMany()).toMatchObject([{ problem: null, firstEntry: 1n }])
    await verifyWhenDue('w', later(25), AbortSignal.abort())
    expect(await db().auditVerification.count()).toBe(1)
    await db().$executeRaw`ALTER TABLE "AuditEntry" DISABLE TRIGGER ALL`
    await db().$executeRaw`UPDATE "AuditEntry" SET "actorName" = 'somebody else' WHERE entry = 7`
    await verifyWhenDue('w', later(25), signal)
    expect(await db().auditVerification.findFirst({ orderBy: { at: 'desc' } })).toMatchObject({ problemEntry: 7n, problem: 'Entry 7 was changed: its column actorName does not say what its text says.' })
    expect(await db().auditEntry.findFirst({ orderBy: { entry: 'desc' } })).toMatchObject({ action: 'audit.verify', result: 'failed', actorKind: 'worker' })
  })
})
