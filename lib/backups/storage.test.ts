// What stands in the database: nothing twice, nothing in clear, nothing that opens for another firewall, nothing for ever.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { db } from '@/lib/db/client'
import type { KeptBackup } from '@/lib/db/backups-sql'
import { aFirewall } from '@/lib/testing/fact-world'
import { startInstallation, type Installation } from '@/lib/testing/installation'
import { cutIntoChunks } from './chunks'
import { contentOfBackup, readContentBytes } from './contents'
import { prepareContent } from './prepare'
import { outlived } from './retention'
import { storeBackup } from './store'

let installation: Installation
beforeAll(async () => {
  installation = await startInstallation()
})
afterAll(() => installation.end())

/** Pseudo-random and the same each time. */
function numbers(seed: number): () => number {
  let state = seed
  return () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0)
}

const rule = (index: number, text = `Rule ${index}`) => `<rule uuid="u${index}"><descr>${text}</descr><source><address>10.${index % 256}.0.0</address></source><password>secret-${index}</password></rule>\n`
const xml = (rules: readonly string[]) => Buffer.from(`<?xml version="1.0"?>\n<opnsense>\n<system><hostname>edge</hostname></system>\n<filter>\n${rules.join('')}</filter>\n</opnsense>\n`)
const RULES = Array.from({ length: 700 }, (_, index) => rule(index))
const DAY_MS = 86_400_000
const START = new Date('2026-01-01T02:00:00Z')
const day = (count: number) => new Date(START.getTime() + count * DAY_MS)

async function store(firewallId: string, bytes: Buffer, takenAt: Date, more: { reason?: 'daily' | 'before-update' } = {}) {
  const prepared = await prepareContent(firewallId, bytes, { family: 'opnsense', format: 'xml', signal: AbortSignal.timeout(60_000) })
  const facts = { takenAt, reason: more.reason ?? ('daily' as const), actor: { name: 'test' }, revision: null, revisedAt: null, revisedBy: null, revisionNote: null, version: null }
  return db().$transaction((tx) => storeBackup(tx, firewallId, prepared, facts))
}
const chunks = (firewallId: string) => db().backupChunk.count({ where: { firewallId } })
const opened = async (backupId: string) => {
  const content = await contentOfBackup(backupId)
  if (!content) throw new Error('There is no such backup.')
  return readContentBytes(content)
}

describe('pieces', () => {
  it('put together they are the whole; an edit changes the pieces that it stands in', () => {
    const counts: number[] = []
    for (let seed = 1; seed <= 40; seed += 1) {
      const next = numbers(seed)
      const bytes = Buffer.from(Array.from({ length: next() % 400_000 }, () => next() & 255))
      const pieces = cutIntoChunks(bytes)
      expect(Buffer.concat(pieces).equals(bytes), `seed ${seed}`).toBe(true)
      expect(pieces.slice(0, -1).every(({ length }) => length >= 4_096 && length <= 65_536), `seed ${seed}`).toBe(true)
      const at = next() % (bytes.length + 1)
      const edited = cutIntoChunks(Buffer.concat([bytes.subarray(0, at), Buffer.from(`edit ${seed}`), bytes.subarray(at)]))
      const known = new Set(pieces.map((piece) => piece.toString('base64')))
      counts.push(edited.filter((piece) => !known.has(piece.toString('base64'))).length)
      expect(counts.at(-1), `seed ${seed}`).toBeLessThanOrEqual(8)
    }
    expect(counts.reduce((sum, count) => sum + count, 0) / counts.length).toBeLessThan(3)
  })
  it('without any likeness they end at 64 kB', () => expect(cutIntoChunks(Buffer.alloc(200_000)).map(({ length }) => length)).toEqual([65_536, 65_536, 65_536, 3_392]))
  it('nothing is no piece', () => expect(cutIntoChunks(Buffer.alloc(0))).toEqual([]))
})

describe('what is stored', () => {
  it('of one edited rule a few pieces, of what was there before nothing at all', async () => {
    const id = await aFirewall()
    const before = await store(id, xml(RULES), day(0))
    const whole = await chunks(id)
    expect(whole).toBeGreaterThan(15)
    expect(await store(id, xml(RULES), day(1))).toEqual({ backupId: before.backupId, isNew: false })
    const edited = await store(id, xml(RULES.with(400, rule(400, 'Edited'))), day(2))
    expect((await chunks(id)) - whole).toBeLessThanOrEqual(4)
    const again = await store(id, xml(RULES), day(3))
    expect(again.isNew).toBe(true)
    expect((await chunks(id)) - whole).toBeLessThanOrEqual(4)
    expect(await db().backupContent.count({ where: { firewallId: id } })).toBe(2)
    expect((await opened(edited.backupId)).equals(xml(RULES.with(400, rule(400, 'Edited'))))).toBe(true)
    expect(await db().backup.findUniqueOrThrow({ where: { id: edited.backupId } })).toMatchObject({ added: 0, removed: 0, changed: 1 })
  })

  it('is sealed, and opens for its own firewall and under its own name alone', async () => {
    const [mine, other] = [await aFirewall(), await aFirewall()]
    const { backupId } = await store(mine, xml(RULES), day(0))
    await store(other, xml(RULES), day(0))
    const rows = await db().backupChunk.findMany({ where: { firewallId: mine } })
    const theirs = await db().backupChunk.findMany({ where: { firewallId: other } })
    expect(Buffer.concat(rows.map(({ chunkSealed }) => Buffer.from(chunkSealed))).toString('latin1')).not.toMatch(/secret-|hostname/)
    expect(rows.filter(({ id }) => theirs.some((row) => row.id === id))).toEqual([])
    const content = await contentOfBackup(backupId)
    if (!content) throw new Error('There is no such backup.')
    const [first = '', second = ''] = content.rawChunks
    const at = (id: string) => ({ where: { firewallId_id: { firewallId: mine, id } } })
    const good = rows.find(({ id }) => id === first)
    const damage = async (chunkSealed: Uint8Array<ArrayBuffer>, plainBytes = good?.plainBytes ?? 0) => {
      await db().backupChunk.update({ ...at(first), data: { chunkSealed, plainBytes } })
      await expect(readContentBytes(content)).rejects.toMatchObject({ code: 'internal' })
    }
    const sealed = new Uint8Array(good?.chunkSealed ?? [])
    await damage(new Uint8Array(theirs[0]?.chunkSealed ?? []))
    await damage(new Uint8Array(rows.find(({ id }) => id === second)?.chunkSealed ?? []))
    await damage(sealed.with(sealed.length - 1, (sealed.at(-1) ?? 0) ^ 1))
    await damage(sealed.subarray(0, sealed.length - 4).slice())
    await damage(sealed, 1)
    await db().backupChunk.update({ ...at(first), data: { chunkSealed: sealed, plainBytes: good?.plainBytes ?? 0 } })
    expect((await readContentBytes(content)).equals(xml(RULES))).toBe(true)
    await expect(readContentBytes({ ...content, rawChunks: [second, first, ...content.rawChunks.slice(2)] })).rejects.toMatchObject({ code: 'internal' })
    await db().backupChunk.delete(at(first))
    await expect(readContentBytes(content)).rejects.toMatchObject({ code: 'internal' })
  })

  it('a damaged piece keeps no later backup from being stored, and is made whole by what is fetched', async () => {
    const id = await aFirewall()
    const first = await store(id, xml(RULES), day(0))
    const rows = await db().backupChunk.findMany({ where: { firewallId: id } })
    const spoil = () => Promise.all(rows.map((row) => db().backupChunk.update({ where: { firewallId_id: { firewallId: id, id: row.id } }, data: { chunkSealed: new Uint8Array(row.chunkSealed).with(30, ((row.chunkSealed[30] ?? 0) ^ 1) & 255) } })))
    await spoil()
    await expect(opened(first.backupId)).rejects.toMatchObject({ code: 'internal' })
    expect(await store(id, xml(RULES), day(1))).toMatchObject({ isNew: false })
    expect((await opened(first.backupId)).equals(xml(RULES))).toBe(true)
    await spoil()
    const later = await store(id, xml(RULES.with(3, rule(3, 'Another'))), day(2))
    expect(later.isNew).toBe(true)
    expect((await opened(later.backupId)).equals(xml(RULES.with(3, rule(3, 'Another'))))).toBe(true)
  })

  it('what cannot be parsed is kept all the same, with the reason', async () => {
    const id = await aFirewall()
    const bytes = Buffer.from('<?xml version="1.0"?>\n<opnsense>\n<system>\n</opnsense>\n')
    const { backupId } = await store(id, bytes, day(0))
    expect((await opened(backupId)).equals(bytes)).toBe(true)
    expect(await contentOfBackup(backupId)).toMatchObject({ sections: null, parseError: expect.stringMatching(/^[A-Z].+\.$/) as unknown })
  })

  it('goes with its last backup, and nothing that another needs goes with it', async () => {
    const id = await aFirewall()
    const small = RULES.slice(0, 120)
    const first = await store(id, xml(small), day(0), { reason: 'before-update' })
    for (let count = 1; count <= 6; count += 1) await store(id, xml(small.with(count, rule(count, `Edit ${count}`))), day(count))
    expect(await db().backup.count({ where: { firewallId: id } })).toBe(7)
    const later = await store(id, xml(small.with(7, rule(7, 'Later'))), day(200))
    // The one before the update, the last of its month, and the new one.
    const kept = await db().backup.findMany({ where: { firewallId: id }, orderBy: { takenAt: 'asc' } })
    expect(kept.map(({ takenAt }) => takenAt)).toEqual([day(0), day(6), day(200)])
    expect(await db().backupContent.count({ where: { firewallId: id } })).toBe(3)
    for (const { id: backupId } of kept) expect((await opened(backupId)).length).toBeGreaterThan(1_000)
    const named = new Set((await db().backupContent.findMany({ where: { firewallId: id } })).flatMap(({ rawChunks, sections }) => [...rawChunks, ...(sections as { chunks: string[] }[]).flatMap((section) => section.chunks)]))
    expect((await db().backupChunk.findMany({ where: { firewallId: id } })).map((row) => row.id).sort()).toEqual([...named].sort())
    expect([first.isNew, later.isNew]).toEqual([true, true])
  })
})

describe('what is outlived', () => {
  const at = (name: string, taken: number, seen = taken, more: Partial<KeptBackup> = {}): KeptBackup => ({ id: name, takenAt: day(taken), seenAt: day(seen), format: 'xml', keepForever: false, isNeeded: false, ...more })
  const now = day(400)
  it.each<[string, KeptBackup[], string[]]>([
    ['nothing of the last 30 days', [at('a', 371), at('b', 372), at('c', 399)], []],
    ['one that was still seen then', [at('a', 1, 380), at('b', 399)], []],
    ['all of an older month but its last', [at('a', 335), at('b', 336), at('c', 337), at('d', 399)], ['a', 'b']],
    ['not one that held for months between', [at('a', 1, 200), at('b', 201, 399)], []],
    ['what is older than 12 months', [at('a', 1), at('b', 399)], ['a']],
    ['not what was taken before an update, what is accepted or what somebody goes back to', [at('a', 1, 1, { keepForever: true }), at('b', 2, 2, { isNeeded: true }), at('c', 399)], []],
    ['not the only one', [at('a', 1)], []],
    ['not the last that can be given back', [at('a', 1), at('b', 399, 399, { format: 'json' })], []],
  ])('%s', (_, backups, expected) => expect(outlived(backups, now)).toEqual(expected))
})
