import { appendFile, chmod, mkdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { createPublicKey } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Actor } from '@/lib/auth/actor'
import { db } from '@/lib/db/client'
import { installationKeys } from '@/lib/installation/keys'
import { owner, startInstallation, type Installation } from '@/lib/testing/installation'
import { checkpointFile, readCheckpoints } from './checkpoint-file'
import { checkpointKeeper } from './checkpoint'
import { isSigned } from './checkpoint-text'
import { recordAlone } from './record'

let installation: Installation
let actor: Actor
const T0 = new Date('2026-11-24T12:00:00.000Z')
const minutes = (count: number) => new Date(T0.getTime() + count * 60_000)

beforeAll(async () => {
  installation = await startInstallation()
  actor = await owner()
})
afterAll(() => installation.end())
// Each test begins with an empty log, as only who owns the database can make one.
beforeEach(async () => {
  await db().$executeRaw`ALTER TABLE "AuditEntry" DISABLE TRIGGER ALL`
  await db().$executeRaw`ALTER TABLE "AuditCheckpoint" DISABLE TRIGGER ALL`
  await db().$executeRaw`DELETE FROM "AuditEntry"`
  await db().$executeRaw`DELETE FROM "AuditCheckpoint"`
  await db().$executeRaw`ALTER TABLE "AuditEntry" ENABLE TRIGGER ALL`
  await db().$executeRaw`ALTER TABLE "AuditCheckpoint" ENABLE TRIGGER ALL`
  await rm(checkpointFile(), { force: true, recursive: true })
})

async function write(count: number): Promise<void> {
  for (let done = 0; done < count; done++) await recordAlone(actor, { action: 'firewall.read', target: { kind: 'firewall', id: null, name: `fw ${done}` } })
}
const signed = async () => (await db().auditCheckpoint.findMany({ orderBy: { entry: 'asc' } })).map(({ entry }) => Number(entry))
const text = () => readFile(checkpointFile(), 'utf8')
async function inFile(): Promise<number[]> {
  const places: number[] = []
  for await (const batch of readCheckpoints(checkpointFile(), (await stat(checkpointFile())).size)) {
    for (const checkpoint of batch) places.push(checkpoint.unreadable ? -checkpoint.line : checkpoint.entry)
  }
  return places
}

describe('checkpoints', () => {
  it('are signed for each hundredth entry, and for the newest after five minutes; twice at once makes one', async () => {
    const [one, two] = [checkpointKeeper(), checkpointKeeper()]
    await write(1)
    await Promise.all([one.keep(T0), two.keep(T0)])
    await write(260)
    await one.keep(minutes(1))
    expect(await signed()).toEqual([1, 101, 201])
    await two.keep(minutes(5.9))
    expect(await signed()).toEqual([1, 101, 201])
    await Promise.all([one.keep(minutes(6)), two.keep(minutes(6))])
    await one.keep(minutes(20))
    expect(await signed()).toEqual([1, 101, 201, 261])
    expect(await inFile()).toEqual([1, 101, 201, 261])
    const key = createPublicKey((await installationKeys()).auditPublicPem)
    for (const row of await db().auditCheckpoint.findMany()) {
      const checkpoint = { ...row, entry: Number(row.entry), at: row.at.toISOString() }
      expect(isSigned(key, checkpoint)).toBe(true)
      expect(isSigned(key, { ...checkpoint, entry: checkpoint.entry + 1 })).toBe(false)
      expect(isSigned(key, { ...checkpoint, signature: `${checkpoint.signature}!` })).toBe(false)
    }
  })

  it('are signed when the worker ends, whatever their age', async () => {
    const keeper = checkpointKeeper()
    await write(3)
    await keeper.keep(T0)
    await write(3)
    await keeper.keep(minutes(1))
    expect(await signed()).toEqual([3])
    await keeper.keep(minutes(1), { all: true })
    expect(await inFile()).toEqual([3, 6])
  })

  it('come into the file of each machine, also those that others signed and those from before a crash', async () => {
    for (let turn = 0; turn < 6; turn++) {
      await write(1)
      await checkpointKeeper().keep(minutes(turn * 6))
    }
    const before = await text()
    expect((await stat(checkpointFile())).mode & 0o777).toBe(0o600)
    await rm(checkpointFile())
    await checkpointKeeper().keep(minutes(40))
    expect(await text()).toBe(before)
  })

  it('are finished, kept or replaced, but never merged, wherever a crash tore the last line', async () => {
    for (let turn = 0; turn < 3; turn++) {
      await write(1)
      await checkpointKeeper().keep(minutes(turn * 6))
    }
    const before = await text()
    const lastLine = before.slice(0, -1).lastIndexOf('\n') + 1
    for (let length = lastLine; length < before.length; length++) {
      await truncate(checkpointFile(), length)
      await checkpointKeeper().keep(minutes(20))
      expect(await text()).toBe(before)
    }
    for (const rubbish of ['\u0000\u0000\u0000', '{"at":', 'x'.repeat(5_000)]) {
      await truncate(checkpointFile(), lastLine)
      await appendFile(checkpointFile(), rubbish)
      await checkpointKeeper().keep(minutes(20))
      expect(await text()).toBe(before)
    }
  })

  it('keep a whole line that the database does not know any more: it may be evidence', async () => {
    await write(2)
    await checkpointKeeper().keep(T0)
    await write(1)
    await checkpointKeeper().keep(minutes(6))
    const before = await text()
    await db().$executeRaw`ALTER TABLE "AuditCheckpoint" DISABLE TRIGGER ALL`
    await db().$executeRaw`DELETE FROM "AuditCheckpoint" WHERE entry = 3`
    await truncate(checkpointFile(), before.length - 1)
    await checkpointKeeper().keep(minutes(7))
    expect(await text()).toBe(before)
  })

  it('wait for a file that cannot be written, and none is lost', async () => {
    await mkdir(checkpointFile())
    const keeper = checkpointKeeper()
    await write(2)
    await keeper.keep(T0)
    await write(2)
    await keeper.keep(minutes(6))
    expect(await signed()).toEqual([2, 4])
    await rm(checkpointFile(), { recursive: true })
    await keeper.keep(new Date(minutes(6).getTime() + 10_000))
    await expect(stat(checkpointFile())).rejects.toThrow(/ENOENT/)
    await keeper.keep(minutes(7))
    expect(await inFile()).toEqual([2, 4])
  })

  it('are not written behind what is no checkpoint', async () => {
    await writeFile(checkpointFile(), 'hello\n')
    await chmod(checkpointFile(), 0o600)
    await write(1)
    await checkpointKeeper().keep(T0)
    expect(await text()).toBe('hello\n')
    expect(await inFile()).toEqual([-1])
    expect(await signed()).toEqual([1])
  })
})
