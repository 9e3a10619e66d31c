import { createHash, createPublicKey, verify } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { auditOperations } from '@/lib/api/audit'
import { consoleActor, type Actor } from '@/lib/auth/actor'
import { db } from '@/lib/db/client'
import { aCustomer, owner, person, startInstallation, type Installation } from '@/lib/testing/installation'
import { call, tokenOf } from '@/lib/testing/api-client'
import { checkpointKeeper } from './checkpoint'
import { pruneWhenDue } from './prune'
import { recordAlone } from './record'
import { verifyAuditLog, verifyWhenDue } from './verify-log'

let installation: Installation
let actor: Actor
let token: string
const DAY_MS = 86_400_000
const NOW = new Date('2026-11-24T12:00:00.000Z')
const daysAgo = (days: number) => new Date(NOW.getTime() - days * DAY_MS)
const signal = new AbortController().signal

/** Entries 1 to 270; checkpoints of 100 days ago at 1 and 101, of 50 days ago at 160, of 10 days ago at 260. */
beforeAll(async () => {
  installation = await startInstallation()
  const person = await owner()
  actor = person
  token = await tokenOf(person, 'owner')
  const keeper = checkpointKeeper()
  const write = async (upTo: number) => {
    while (Number((await db().auditEntry.findFirst({ orderBy: { entry: 'desc' } }))?.entry ?? 0) < upTo) await recordAlone(actor, { action: 'firewall.read', target: { kind: 'firewall', id: null, name: 'fw' } })
  }
  await keeper.keep(daysAgo(100))
  await write(110)
  await keeper.keep(daysAgo(100))
  await write(160)
  await keeper.keep(daysAgo(50))
  await write(270)
  await keeper.keep(daysAgo(10))
})
afterAll(() => installation.end())

const setKeepDays = (auditKeepDays: number | null) => db().settings.update({ where: { id: 1 }, data: { auditKeepDays } })
const first = async () => Number((await db().auditEntry.findFirst({ orderBy: { entry: 'asc' } }))?.entry)
const removals = () => db().auditEntry.findMany({ where: { action: 'audit.prune' }, orderBy: { entry: 'asc' } })

type Line = { format?: string; publicKeyPem: string; firstEntry: number; lastEntry: number; lastHash: string; lastCheckpoint: number | null; entry: number; at: string; hash: string; previousHash: string; signature?: string; canonical: string }

/** A verifier of its own: what docs/audit-format.md says, and nothing of the code beside it. Returns what it went through. */
function followDocument(text: string) {
  expect(text.endsWith('\n')).toBe(true)
  const [header, ...lines] = text.slice(0, -1).split('\n').map((line) => JSON.parse(line) as Line)
  if (!header) throw new Error('no header')
  expect(header).toMatchObject({ format: 'palisade-audit-chain', version: 1 })
  const key = createPublicKey(header.publicKeyPem)
  let [previous, place, anchor, named, checkpoints] = ['0'.repeat(64), Number(header.firstEntry) - 1, -1, Number(header.firstEntry) === 1, 0]
  for (const line of lines) {
    const { at, entry, hash, signature } = line
    if (signature !== undefined) {
      expect(verify(null, Buffer.from(`{"at":"${at}","entry":${entry},"hash":"${hash}"}`), key, Buffer.from(signature, 'base64'))).toBe(true)
      expect(entry).toBe(place)
      if (anchor === -1 && place > 0 && place === Number(header.firstEntry) - 1) [anchor, previous] = [entry, hash]
      expect(hash).toBe(previous)
      checkpoints += 1
      continue
    }
    place += 1
    expect([line.entry, line.previousHash]).toEqual([place, previous])
    expect(line.hash).toBe(createHash('sha256').update(previous + line.canonical).digest('hex'))
    const { action, details } = JSON.parse(line.canonical) as { action: string; details: { upTo?: number } }
    if (action === 'audit.prune' && details.upTo === anchor) named = true
    previous = line.hash
  }
  expect([place, previous, named]).toEqual([header.lastEntry, header.lastHash, true])
  return { firstEntry: Number(header.firstEntry), lastEntry: place, checkpoints, lastCheckpoint: header.lastCheckpoint }
}
const exported = async () => String((await call(auditOperations.export, { token, query: { format: 'chain' } })).body.text)

describe('the chain export', () => {
  it('is the whole log up to its own entry, as the document says', async () => {
    const before = await db().auditEntry.count()
    expect(followDocument(await exported())).toEqual({ firstEntry: 1, lastEntry: before, checkpoints: 4, lastCheckpoint: 260 })
    const own = await db().auditEntry.findFirst({ orderBy: { entry: 'desc' } })
    expect([Number(own?.entry), own?.action]).toEqual([before + 1, 'audit.export'])
  })

  it('is for those who see all customers, and takes no filter', async () => {
    const { id: customerId } = await aCustomer()
    const admin = await tokenOf(await person([{ role: 'admin', customerId }]), 'admin')
    const count = await db().auditEntry.count()
    expect(await call(auditOperations.export, { token: admin, query: { format: 'chain' } })).toMatchObject({ status: 403 })
    for (const query of [{ action: 'firewall.' }, { search: 'x' }, { customerId }] as Record<string, string>[]) {
      expect(await call(auditOperations.export, { token, query: { format: 'chain', ...query } })).toMatchObject({ status: 400, body: { code: 'invalid-input', issues: [{ field: Object.keys(query)[0] }] } })
    }
    // A refused export leaves no entry that says there was one; the token's own entry is the only new one.
    expect((await db().auditEntry.findMany({ where: { action: 'audit.export' } })).length).toBe(1)
    expect(await db().auditEntry.count()).toBe(count)
  })
})

describe('retention', () => {
  it('removes nothing while nobody wants it, nothing before a look, and nothing when that found a problem', async () => {
    await pruneWhenDue('w', NOW, signal)
    await setKeepDays(30)
    await pruneWhenDue('w', NOW, signal)
    await db().auditVerification.create({ data: { at: daysAgo(0), firstEntry: 1, lastEntry: 270, lastHash: '', entries: 270, checkpoints: 4, problem: 'Entry 7 is missing.', problemEntry: 7, durationMs: 1 } })
    await pruneWhenDue('w', NOW, signal)
    expect(await first()).toBe(1)
    await db().auditVerification.deleteMany()
  })

  it('removes what is older than the limit up to a checkpoint, once among many workers, and says so in the log', async () => {
    await verifyWhenDue('w', NOW, signal)
    await Promise.all(Array.from({ length: 4 }, (_, worker) => pruneWhenDue(`w${worker}`, NOW, signal)))
    expect(await first()).toBe(161)
    const [removal, ...more] = await removals()
    expect(more).toEqual([])
    const hash = (await db().auditCheckpoint.findUniqueOrThrow({ where: { entry: 160 } })).hash
    expect(JSON.parse(removal?.canonical ?? '')).toMatchObject({ actor: { kind: 'worker' }, result: 'done', details: { upTo: 160, hash, removed: 160, keepDays: 30 } })
  })

  it('leaves a chain that is whole, and an export and a list that work', async () => {
    expect(await verifyAuditLog(consoleActor(), { file: null })).toMatchObject({ problem: null, firstEntry: 161, keptCheckpoints: 4 })
    expect(followDocument(await exported())).toMatchObject({ firstEntry: 161, checkpoints: 2 })
    expect((await call(auditOperations.list, { token, query: { limit: '500' } })).status).toBe(200)
    expect(String((await call(auditOperations.export, { token, query: { format: 'csv' } })).body.text)).toContain('audit.prune')
  })

  it('removes again only after most of a day, and then from there', async () => {
    await setKeepDays(40)
    const later = new Date(Date.now() + 21 * 3_600_000)
    await checkpointKeeper().keep(daysAgo(0), { all: true })
    await pruneWhenDue('w', new Date(Date.now() + 19 * 3_600_000), signal)
    expect((await removals()).length).toBe(1)
    await db().settings.update({ where: { id: 1 }, data: { auditKeepDays: 30 } })
    await pruneWhenDue('w', new Date(later.getTime() + 60 * DAY_MS), signal)
    expect((await removals()).length).toBe(2)
    expect(await verifyAuditLog(consoleActor(), { file: null })).toMatchObject({ problem: null, firstEntry: (await first()) })
  })

  it('cannot be taken for something else: triggers refuse all other ways', async () => {
    const [from, head] = [await first(), Number((await db().auditEntry.findFirst({ orderBy: { entry: 'desc' } }))?.entry)]
    await expect(db().$executeRaw`DELETE FROM "AuditEntry" WHERE entry = ${from}`).rejects.toThrow(/only grows/)
    await expect(db().$executeRaw`DELETE FROM "AuditCheckpoint"`).rejects.toThrow(/only grows/)
    await expect(db().$executeRaw`SELECT audit_prune(${from})`).rejects.toThrow(/No signed checkpoint/)
    await checkpointKeeper().keep(new Date(), { all: true })
    await expect(db().$executeRaw`SELECT audit_prune(${head})`).rejects.toThrow(/never removed/)
  })

  it('is told from a theft: without a checkpoint there, the beginning counts as missing, and nothing more is removed', async () => {
    const from = await first()
    for (const table of ['"AuditEntry"', '"AuditCheckpoint"']) await db().$executeRawUnsafe(`ALTER TABLE ${table} DISABLE TRIGGER ALL`)
    for (let more = 0; more < 20; more++) await recordAlone(actor, { action: 'firewall.read', target: { kind: 'firewall', id: null, name: 'fw' } })
    await db().$executeRaw`DELETE FROM "AuditEntry" WHERE entry <= ${from + 12}`
    expect(await verifyAuditLog(consoleActor(), { file: null })).toMatchObject({ problem: { entry: 1, sentence: `Entries 1 to ${from + 12} are missing, and no signed checkpoint says what stood before entry ${from + 13}.` } })
    await pruneWhenDue('w', new Date(Date.now() + 365 * DAY_MS), signal)
    expect(await first()).toBe(from + 13)
  })
})
