// Copies into files: the lines of an export, proven by the verifier beside the document, through torn ends and other databases.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { appendFile, mkdir, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { text as textOf } from 'node:stream/consumers'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { checkpointKeeper } from '@/lib/audit/checkpoint'
import { checkpointFile } from '@/lib/audit/checkpoint-file'
import { recordAlone } from '@/lib/audit/record'
import { consoleActor } from '@/lib/auth/actor'
import { db } from '@/lib/db/client'
import { startInstallation, type Installation } from '@/lib/testing/installation'
import { copyAuditLog } from '@/lib/worker/copy-audit-log'
import { appendEntries, copyFolder, endOfFiles, entryLine } from './log-file'

const NEVER = new AbortController().signal
const VERIFIER = path.join(import.meta.dirname, '../../docs/verify-audit.mjs')
const target = { kind: 'firewall', id: null, name: 'Ærø\u2028 "fw" \u{1F512}' } as const

let installation: Installation
beforeAll(async () => {
  installation = await startInstallation()
  await append(30)
})
afterAll(() => installation.end())
beforeEach(async () => {
  await db().auditCopy.deleteMany()
  await rm(copyFolder(), { recursive: true, force: true })
})

const append = async (count: number) => {
  for (let entry = 0; entry < count; entry += 1) await recordAlone(consoleActor(), { action: 'firewall.read', target })
}
const copyFrom = (firstEntry = 1) => db().auditCopy.create({ data: { name: 'files', kind: 'file', settings: { kind: 'file' }, firstEntry, lastEntry: firstEntry - 1, createdAt: new Date() } })
const round = () => copyAuditLog(new Date(Date.now() + 3_600_000), NEVER)
const stored = () => db().auditCopy.findFirstOrThrow()
const names = async () => (await readdir(copyFolder())).sort()
const whole = async () => (await Promise.all((await names()).map((name) => readFile(path.join(copyFolder(), name), 'utf8')))).join('')
const log = () => db().auditEntry.findMany({ orderBy: { entry: 'asc' } })
const expected = async (from = 1) => (await log()).filter(({ entry }) => entry >= BigInt(from)).map(entryLine).join('')

describe('the files', () => {
  it('are proven by the verifier, once the head is put before them', async () => {
    await copyFrom()
    await round()
    await append(7)
    await round()
    await checkpointKeeper().keep(new Date(), { all: true })
    const last = (await log()).at(-1)
    const { auditPublicPem } = await db().installation.findFirstOrThrow()
    const head = { format: 'palisade-audit-chain', version: 1, madeAt: new Date(), publicKeyPem: auditPublicPem, firstEntry: 1, lastEntry: Number(last?.entry), lastHash: last?.hash, lastCheckpoint: null }
    const file = path.join(installation.directory, 'put-together.jsonl')
    const verify = async (lines: string) => {
      await writeFile(file, `${JSON.stringify(head)}\n${lines}`)
      const child = spawn(process.execPath, [VERIFIER, file, '--checkpoints', checkpointFile()])
      const [error, [code]] = await Promise.all([textOf(child.stderr), once(child, 'close') as Promise<[number]>])
      return { code, error }
    }
    expect(await verify(await whole())).toEqual({ code: 0, error: '' })
    expect((await verify((await whole()).replace('firewall.read', 'firewall.edit'))).code).toBe(1)
    expect((await stored()).lastEntry).toBe(last?.entry)
  })

  it('begin with the entry that is wanted and hold nothing twice, with two workers on one machine', async () => {
    await copyFrom(10)
    await Promise.all([round(), round()])
    await append(2)
    await Promise.all([round(), round(), round()])
    await round()
    expect(await whole()).toBe(await expected(10))
  })

  it('are for who runs Palisade alone, one for each day', async () => {
    const rows = await log()
    const later = rows.slice(5, 9).map((row) => ({ ...row, at: new Date('2099-01-01T00:00:00Z') }))
    await appendEntries(rows.slice(0, 5), null)
    await appendEntries(later, await endOfFiles())
    // A clock that is a little behind does not reopen yesterday.
    await appendEntries(rows.slice(9, 12), await endOfFiles())
    expect(await names()).toEqual([expect.stringMatching(/^audit-\d{4}-\d\d-\d\d-000000000001\.jsonl$/), 'audit-2099-01-01-000000000006.jsonl'])
    expect((await whole()).split('\n')).toHaveLength(13)
    const { mode } = await (await import('node:fs/promises')).stat(path.join(copyFolder(), 'audit-2099-01-01-000000000006.jsonl'))
    expect(mode & 0o777).toBe(0o600)
  })
})

describe('after a crash', () => {
  it('a torn end is written anew, wherever it was torn', async () => {
    await copyFrom()
    await round()
    const [name = ''] = await names()
    const file = path.join(copyFolder(), name)
    const { length } = Buffer.from(await whole())
    for (const bytes of [length - 1, length - 60, length - 2_000, 5, 0]) {
      await truncate(file, bytes)
      await round()
      expect(await whole()).toBe(await expected())
    }
    await appendFile(file, '{"entry":99,"prev')
    await round()
    expect(await whole()).toBe(await expected())
  })

  it('files that were all moved away are written again', async () => {
    await copyFrom()
    await round()
    await rm(copyFolder(), { recursive: true })
    await round()
    expect(await whole()).toBe(await expected())
  })
})

describe('what is not ours', () => {
  it('files of another log are kept as evidence, and said', async () => {
    await copyFrom()
    await round()
    const [name = ''] = await names()
    const lines = (await whole()).trimEnd().split('\n')
    const last = JSON.parse(lines.at(-1) ?? '') as { hash: string }
    const other = `${lines.with(-1, JSON.stringify({ ...last, hash: 'f'.repeat(64) })).join('\n')}\n`
    await writeFile(path.join(copyFolder(), name), other)
    await append(1)
    await round()
    expect(await stored()).toMatchObject({ failures: 1, lastError: expect.stringMatching(/hold another log than the database\. Move them elsewhere/) as string })
    expect(await whole()).toBe(other)
    await writeFile(path.join(copyFolder(), name), 'not a line of ours\n')
    await round()
    expect((await stored()).lastError).toMatch(/does not end with an entry\. Move it elsewhere/)
  })

  it('a folder that cannot be written is said, and it goes on when it can', async () => {
    await copyFrom()
    await writeFile(copyFolder(), 'a file in the way')
    await round()
    expect(await stored()).toMatchObject({ failures: 1, lastError: expect.stringMatching(/cannot be written\. Check its disk and its rights\.$/) as string })
    await rm(copyFolder())
    await mkdir(copyFolder())
    await round()
    expect(await stored()).toMatchObject({ failures: 0, lastError: null })
    expect(await whole()).toBe(await expected())
  })
})
