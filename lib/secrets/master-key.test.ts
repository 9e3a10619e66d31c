import { randomBytes } from 'node:crypto'
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { runKeyCommand } from './key-command'
import { createDataKey, loadMasterKey, MasterKeyError, unwrapDataKey, wrapDataKey } from './master-key'

let folder: string
let file: string
let warnings: string[]
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'palisade-key-'))
  file = path.join(folder, 'master.key')
  warnings = []
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const load = (options: { mayCreate?: boolean; command?: string } = {}) => loadMasterKey({ file, command: options.command, mayCreate: options.mayCreate ?? false, warn: (sentence) => warnings.push(sentence) })
const refusal = async (promise: Promise<unknown>): Promise<string> => {
  const error = await promise.then(
    () => null,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(MasterKeyError)
  return error instanceof Error ? error.message : ''
}
const base64 = (bytes: number) => randomBytes(bytes).toString('base64')

describe('the master key file', () => {
  it('is created once, for its owner alone, on an empty database', async () => {
    const key = await load({ mayCreate: true })
    const text = await readFile(file, 'utf8')
    expect(text).toBe(`${key.reveal().toString('base64')}\n`)
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    expect((await load({ mayCreate: true })).reveal()).toEqual(key.reveal())
    expect(await readFile(file, 'utf8')).toBe(text)
    expect(warnings).toEqual([])
  })

  it('is created in a folder that is not there yet', async () => {
    file = path.join(folder, 'data', 'deep', 'master.key')
    await load({ mayCreate: true })
    expect((await stat(path.dirname(file))).mode & 0o077).toBe(0)
  })

  it('is the same for everybody when several start at once', async () => {
    const keys = await Promise.allSettled(Array.from({ length: 8 }, () => load({ mayCreate: true })))
    const loaded = keys.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value.reveal().toString('hex')] : []))
    expect(new Set(loaded).size).toBe(1)
    expect(await readdir(folder)).toEqual(['master.key'])
  })

  it('is never created beside a database that has secrets', async () => {
    expect(await refusal(load())).toContain(`The master key file ${file} is missing.`)
    expect(await readdir(folder)).toEqual([])
  })

  it.each([
    ['nothing', ''],
    ['a shorter key', base64(31)],
    ['a longer key', base64(33)],
    ['hex', randomBytes(32).toString('hex')],
    ['words', 'correct horse battery staple'],
    ['two keys', `${base64(32)}\n${base64(32)}`],
    ['a megabyte', 'A'.repeat(1_048_576)],
  ])('that holds %s is refused by name and left as it is', async (_what, content) => {
    await writeFile(file, content)
    const sentence = await refusal(load({ mayCreate: true }))
    expect(sentence).toContain(`The file ${file} does not hold a master key`)
    if (content.length > 20) expect(sentence).not.toContain(content.trim().slice(0, 20))
    expect(await readFile(file, 'utf8')).toBe(content)
  })

  it('that is a folder is refused by name', async () => {
    await mkdir(file)
    expect(await refusal(load({ mayCreate: true }))).toContain(file)
  })

  it('that everybody can read works with a warning', async () => {
    await writeFile(file, `${base64(32)}\n`)
    await chmod(file, 0o644)
    await load()
    expect(warnings).toEqual([`Everybody on this machine can open the master key file ${file}. Close it with chmod 600.`])
  })

  it('works without the newline and with Windows line ends', async () => {
    const text = base64(32)
    for (const content of [text, `${text}\r\n`]) {
      await writeFile(file, content)
      expect((await load()).reveal().toString('base64')).toBe(text)
    }
  })
})

describe('the master key command', () => {
  it('is asked instead of the file, and nothing is written', async () => {
    const text = base64(32)
    const key = await load({ command: `printf '%s\\n' '${text}' | cat`, mayCreate: true })
    expect(key.reveal().toString('base64')).toBe(text)
    expect(await readdir(folder)).toEqual([])
  })

  it.each([
    ['fails', 'exit 3', 'ended with exit code 3'],
    ['does not exist', 'no-such-command-here 2>/dev/null', 'ended with exit code 127'],
    ['prints nothing', 'true', 'does not print a master key'],
    ['prints a key of another length', `echo ${base64(16)}`, 'does not print a master key'],
    ['prints without end', 'yes', 'prints more than a key'],
  ])('that %s is refused with a sentence', async (_what, command, words) => {
    expect(await refusal(load({ command, mayCreate: true }))).toContain(words)
    expect(await readdir(folder)).toEqual([])
  })

  it('never repeats what it printed', async () => {
    expect(await refusal(load({ command: 'echo CANARY; exit 1' }))).not.toContain('CANARY')
    expect(await refusal(load({ command: 'echo CANARY' }))).not.toContain('CANARY')
  })

  it('is ended with all that it started when it takes too long', async () => {
    const pipe = path.join(folder, 'pipe')
    expect(await runKeyCommand(`mkfifo '${pipe}'`)).toEqual({ ok: true, value: '' })
    // The pipe ends when the last process that holds it has ended.
    const ended = readFile(pipe, 'utf8')
    const outcome = await runKeyCommand(`exec 3>'${pipe}'; sleep 600 & wait`, 300)
    expect(outcome).toEqual({ ok: false, error: 'took longer than 0.3 seconds' })
    expect(await ended).toBe('')
  })
})

describe('the data key', () => {
  it('comes back under its master key, as it was', async () => {
    const master = await load({ mayCreate: true })
    const dataKey = createDataKey()
    const opened = unwrapDataKey(wrapDataKey(dataKey, master), dataKey.id, master)
    expect([opened.id, opened.reveal().equals(dataKey.reveal())]).toEqual([dataKey.id, true])
  })

  it('does not come back under another master key; the sentence names the file', async () => {
    const dataKey = createDataKey()
    const wrapped = wrapDataKey(dataKey, await load({ mayCreate: true }))
    await writeFile(file, `${base64(32)}\n`)
    const other = await load()
    expect(() => unwrapDataKey(wrapped, dataKey.id, other)).toThrow(`The master key from the file ${file} does not fit this database.`)
  })

  it('does not come back changed, cut, under another id or in another version', async () => {
    const master = await load({ mayCreate: true })
    const dataKey = createDataKey()
    const wrapped = wrapDataKey(dataKey, master)
    for (const text of ['', wrapped.slice(0, -1), wrapped.replace('w1.', 'w2.'), wrapped.replace('w1.', ''), `${wrapped}A`, `${wrapped}.`]) expect(() => unwrapDataKey(text, dataKey.id, master)).toThrow(MasterKeyError)
    expect(() => unwrapDataKey(wrapped, createDataKey().id, master)).toThrow(MasterKeyError)
  })
})
