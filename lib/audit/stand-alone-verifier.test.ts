// The verifier beside the document, as a person runs it: a process of its own on a file that the API exported.
import { spawn } from 'node:child_process'
import { createHash, createPublicKey, generateKeyPairSync, sign } from 'node:crypto'
import { once } from 'node:events'
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { text as textOf } from 'node:stream/consumers'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { auditOperations } from '@/lib/api/audit'
import type { Actor } from '@/lib/auth/actor'
import { db } from '@/lib/db/client'
import { call, tokenOf } from '@/lib/testing/api-client'
import { owner, startInstallation, type Installation } from '@/lib/testing/installation'
import { checkpointKeeper } from './checkpoint'
import { checkpointFile } from './checkpoint-file'
import { pruneWhenDue } from './prune'
import { recordAlone, withAuditedIntent } from './record'
import { verifyWhenDue } from './verify-log'

const VERIFIER = path.join(import.meta.dirname, '../../docs/verify-audit.mjs')
const NOW = new Date('2026-11-24T12:00:00.000Z')
const daysAgo = (days: number) => new Date(NOW.getTime() - days * 86_400_000)
const ZEROS = '0'.repeat(64)
const target = { kind: 'firewall', id: null, name: 'Ærø\u2028\r\n "fw" \u{1F512}' } as const

let installation: Installation
let actor: Actor
let token: string
/** The export as lines, the line of each entry and checkpoint in it, and the checkpoints that were kept outside. */
let whole: string[]
let kept: string
/** Numbers of the entries that have a checkpoint, and of the last entry. */
let signed: number[]
let last: number

const exported = async () => String((await call(auditOperations.export, { token, query: { format: 'chain' } })).body.text)
const linesOf = (text: string) => text.slice(0, -1).split('\n')
const textOfLines = (lines: readonly string[]) => lines.map((line) => `${line}\n`).join('')
const object = (line: string | undefined) => JSON.parse(line ?? '') as Record<string, string | number | null>
const entryAt = (entry: number) => whole.findIndex((line) => line.startsWith(`{"entry":${entry},`))
const checkpointAt = (entry: number) => whole.findIndex((line) => line.includes('"signature"') && line.includes(`"entry":${entry},`))
const changed = (place: number, change: Record<string, unknown>) => whole.with(place, JSON.stringify({ ...object(whole[place]), ...change }))
const without = (from: number, count = 1) => whole.toSpliced(from, count)

beforeAll(async () => {
  installation = await startInstallation()
  const person = await owner()
  actor = person
  token = await tokenOf(person, 'owner')
  const keeper = checkpointKeeper()
  await writeFile(path.join(installation.directory, 'many.mjs'), MANY)
  await withAuditedIntent(actor, { action: 'firewall.read', target }, () => Promise.resolve(7))
  await recordAlone(actor, { action: 'firewall.read', target, after: { '\u{1F512}': 1e21, '\uFB33': -0.5, ä: [0, -0, 1e-7] } })
  for (const days of [100, 50, 10]) {
    for (let more = 0; more < 8; more++) await recordAlone(actor, { action: 'firewall.read', target, ...(more === 1 && { customer: { id: 'c1', name: 'Mistral "Foods"' } }) }, more === 2 ? 'failed' : 'done')
    await keeper.keep(daysAgo(days))
  }
  for (let more = 0; more < 5; more++) await recordAlone(actor, { action: 'firewall.read', target })
  whole = linesOf(await exported())
  kept = await readFile(checkpointFile(), 'utf8')
  last = Number(object(whole[0]).lastEntry)
  signed = linesOf(kept).map((line) => Number(object(line).entry))
})
afterAll(() => installation.end())

type Run = { code: number; out: string; error: string }
async function run(...args: string[]): Promise<Run> {
  const child = spawn(process.execPath, [VERIFIER, ...args])
  const [out, error, [code]] = await Promise.all([textOf(child.stdout), textOf(child.stderr), once(child, 'close') as Promise<[number]>])
  return { code, out, error }
}

/** Many cases in one process, because starting one for each takes minutes on a busy machine. Each loads the verifier anew. */
const MANY = `import { text } from 'node:stream/consumers'
const { verifier, cases } = JSON.parse(await text(process.stdin))
const runs = []
for (const args of cases) {
  const run = { code: 0, out: '', error: '' }
  console.log = (line) => (run.out += line + '\\n')
  console.error = (line) => (run.error += line + '\\n')
  process.argv = [...process.argv.slice(0, 2), ...args]
  process.exitCode = 0
  await import(verifier + '?' + runs.length)
  run.code = process.exitCode
  runs.push(run)
}
process.exitCode = 0
process.stdout.write(JSON.stringify(runs))`

async function runMany(cases: readonly (readonly string[])[]): Promise<Run[]> {
  const child = spawn(process.execPath, [path.join(installation.directory, 'many.mjs')], { stdio: ['pipe', 'pipe', 'inherit'] })
  child.stdin.end(JSON.stringify({ verifier: pathToFileURL(VERIFIER).href, cases }))
  return JSON.parse(await textOf(child.stdout)) as Run[]
}

let files = 0
async function file(content: string | Buffer | readonly string[]): Promise<string> {
  const name = path.join(installation.directory, `file-${(files += 1)}.jsonl`)
  await writeFile(name, typeof content === 'string' || Buffer.isBuffer(content) ? content : textOfLines(content as readonly string[]))
  return name
}

type Case = { name: string; content: string | Buffer | readonly string[]; entry: number | null; says: RegExp; kept?: string | readonly string[]; key?: string }
/** Each is refused with one sentence that names the entry, where there is one. */
async function refused(cases: readonly Case[]): Promise<void> {
  const calls = await Promise.all(
    cases.map(async ({ content, kept: checkpoints, key }) => [await file(content), ...(checkpoints === undefined ? [] : ['--checkpoints', await file(checkpoints)]), ...(key === undefined ? [] : ['--key', await file(key)])]),
  )
  const runs = await runMany(calls)
  expect(runs).toHaveLength(cases.length)
  // The first as a person runs it.
  expect(await run(...(calls[0] ?? []))).toEqual(runs[0])
  for (const [index, { name, entry, says }] of cases.entries()) {
    expect({ name, ...runs[index] }).toEqual({ name, code: 1, out: '', error: expect.stringMatching(says) as string })
    expect([name, runs[index]?.error]).toEqual([name, expect.stringMatching(entry === null ? /^Line \d+ of [^\n]+\.\n$/ : new RegExp(`^Entry ${entry} \\(line \\d+ of [^\\n]+\\.\\n$`))])
  }
}

const keys = generateKeyPairSync('ed25519')
const pem = keys.publicKey.export({ type: 'spki', format: 'pem' }).toString()
const base64 = keys.publicKey.export({ type: 'spki', format: 'der' }).toString('base64')
function checkpoint(entry: number, hash: string, at = NOW.toISOString()): string {
  const signature = sign(null, Buffer.from(JSON.stringify({ at, entry, hash })), keys.privateKey).toString('base64')
  return JSON.stringify({ at, entry, hash, publicKey: base64, signature })
}
/** An export of somebody who knows the format and holds a key. */
function forged(canonicals: readonly string[], { firstEntry = 1, anchor = ZEROS } = {}): string[] {
  let previousHash = anchor
  const entries = canonicals.map((canonical, index) => {
    const hash = createHash('sha256').update(previousHash + canonical).digest('hex')
    const line = JSON.stringify({ entry: firstEntry + index, previousHash, hash, canonical })
    previousHash = hash
    return line
  })
  const lastEntry = firstEntry + canonicals.length - 1
  const header = { format: 'palisade-audit-chain', version: 1, madeAt: NOW.toISOString(), publicKeyPem: pem, firstEntry, lastEntry, lastHash: previousHash, lastCheckpoint: lastEntry }
  return [JSON.stringify(header), ...(firstEntry > 1 ? [checkpoint(firstEntry - 1, anchor)] : []), ...entries, checkpoint(lastEntry, previousHash)]
}

describe('an export that is whole', () => {
  it('holds, and says what is signed, what is not, and where the key is from', async () => {
    const c = signed[2]
    expect([signed.length, last]).toEqual([3, Number(c) + 5])
    const { code, out, error } = await run(await file(whole))
    expect({ code, error }).toEqual({ code: 0, error: '' })
    for (const line of [`Entries: ${last} (1 to ${last}).`, 'Checkpoints: 3 in the export.', `Head: entry ${last}, hash ${String(object(whole[0]).lastHash)}.`, `Entries covered by a signature: 1 to ${c}.`, `not covered by a signature: ${Number(c) + 1} to ${last}.`, 'taken from the file itself', 'Time: ']) expect(out).toContain(line)
    const both = await run(await file(whole), '--checkpoints', await file(kept), '--key', await file(String(object(whole[0]).publicKeyPem)))
    expect(both).toMatchObject({ code: 0, error: '' })
    expect(both.out).toContain('the one that you gave and the one of the kept checkpoints.')
    expect(both.out).toContain('; of those kept elsewhere 3 compared, and 0')
  })

  it('holds when the signed end is known from outside only, when a kept line is torn, and when one is younger', async () => {
    // Without the last checkpoint, as after its loss in the database; the kept one covers as much.
    const fewer = changed(0, { lastCheckpoint: signed[1] }).toSpliced(checkpointAt(Number(signed[2])), 1)
    expect((await run(await file(fewer))).out).toContain(`Entries covered by a signature: 1 to ${signed[1]}.`)
    const torn = await run(await file(fewer), '--checkpoints', await file(`${kept}{"at":"20`))
    expect(torn.out).toContain(`Entries covered by a signature: 1 to ${signed[2]}.`)
    const made = forged([entryText({})])
    const younger = await run(await file(made), '--checkpoints', await file([checkpoint(9, ZEROS, '2026-11-24T12:00:00.001Z')]))
    expect(younger).toMatchObject({ code: 0 })
    expect(younger.out).toContain('Not compared: 1 kept checkpoints of later entries')
  })

  it('holds without an entry', async () => {
    const header = { ...object(forged([entryText({})])[0]), firstEntry: 0, lastEntry: 0, lastHash: ZEROS, lastCheckpoint: null }
    expect(await run(await file([JSON.stringify(header)]))).toMatchObject({ code: 0, out: expect.stringContaining('Entries: 0 (none).') as string })
    await refused([
      { name: 'all cut off', content: [JSON.stringify(header)], kept: [checkpoint(3, ZEROS)], entry: 3, says: /end of the log was cut off/ },
      { name: 'a checkpoint of nothing', content: [JSON.stringify({ ...header, lastCheckpoint: 3 })], entry: 3, says: /end of the log was cut off/ },
      { name: 'the hash of nothing', content: [JSON.stringify({ ...header, lastHash: '7'.repeat(64) })], entry: null, says: /cannot be/ },
    ])
  })

  it('is called in one way only', async () => {
    const good = await file(whole)
    const secret = await file(keys.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString())
    const use = expect.stringMatching(/^Use it as: [^\n]+\n$/) as string
    const unread = expect.stringMatching(/^The check could not be finished: [^\n]+\.\n$/) as string
    const noKey = expect.stringMatching(/^The file [^\n]+ is not an Ed25519 public key in PEM\.\n$/) as string
    const calls: [string[], string][] = [
      [[], use], [[good, good], use], [[good, '--keys', good], use], [[good, '--key'], use],
      [['not-there.jsonl'], unread], [[installation.directory], unread], [[good, '--key', 'not-there.pem'], unread], [[good, '--checkpoints', 'not-there.jsonl'], unread],
      [[good, '--key', secret], noKey], [[good, '--key', good], noKey],
    ]
    expect(await run()).toEqual({ code: 2, out: '', error: use })
    expect(await runMany(calls.map(([args]) => args))).toEqual(calls.map(([, error]) => ({ code: 2, out: '', error })))
  })
})

describe('an export that somebody changed', () => {
  it('is refused for every member of an entry', async () => {
    const entry = Number(signed[0]) + 2
    const place = entryAt(entry)
    const row = object(whole[place])
    const flip = (text: unknown) => String(text).replace(/.$/, (digit) => (digit === '0' ? '1' : '0'))
    const members: [string, unknown, RegExp][] = [
      ['entry', entry + 1, /not where it belongs/], ['entry', String(entry), /not where it belongs/], ['entry', null, /not where it belongs/],
      ['previousHash', flip(row.previousHash), /previousHash/], ['previousHash', ZEROS, /previousHash/],
      ['hash', flip(row.hash), /SHA-256/], ['hash', String(row.hash).toUpperCase(), /SHA-256/],
      ['canonical', String(row.canonical).replace('firewall.read', 'firewall.reed'), /SHA-256/], ['canonical', `${String(row.canonical)} `, /SHA-256/], ['canonical', {}, /not a text/],
      ['more', 1, /exactly the members/], ['signature', '', /neither/],
    ]
    const gone = Object.keys(row).map((name): [string, unknown, RegExp] => [name, undefined, /exactly the members|neither/])
    await refused([...members, ...gone].map(([name, value, says]) => ({ name, content: changed(place, { [name]: value }), entry, says })))
  })

  it('is refused for every member of a checkpoint', async () => {
    const entry = Number(signed[1])
    const place = checkpointAt(entry)
    const row = object(whole[place])
    const edited: [string, unknown, number, RegExp][] = [
      ['at', '2026-11-24T12:00:00.001Z', entry, /valid signature/], ['at', 'today', entry + 1, /cannot be/],
      ['entry', entry + 1, entry + 1, /valid signature/], ['entry', 0, entry + 1, /cannot be/],
      ['hash', ZEROS, entry, /valid signature/],
      ['publicKey', base64, entry, /another public key/],
      ['signature', object(checkpoint(entry, String(row.hash), String(row.at))).signature, entry, /valid signature/], ['signature', `${String(row.signature)}\n`, entry, /valid signature/], ['signature', '', entry, /valid signature/],
      ['than', 1, entry + 1, /exactly the members|out of order/], ['canonical', '{}', entry + 1, /neither/],
    ]
    const gone = Object.keys(row).map((name): [string, unknown, number, RegExp] => [name, undefined, entry + 1, /exactly the members|neither/])
    const reordered = whole.with(place, JSON.stringify({ entry: row.entry, ...row }))
    await refused([...[...edited, ...gone].map(([name, value, at, says]) => ({ name, content: changed(place, { [name]: value }), entry: at, says })), { name: 'order', content: reordered, entry: entry + 1, says: /spelled/ }])
  })

  it('is refused for lines that are missing, doubled, swapped, moved or added', async () => {
    const [a, b] = [Number(signed[0]), Number(signed[1])]
    const [place, mark] = [entryAt(a + 2), checkpointAt(b)]
    const line = String(whole[place])
    const blank = (at: number) => whole.toSpliced(at, 0, '')
    await refused([
      { name: 'entry missing', content: without(place), entry: a + 2, says: /not where it belongs/ },
      { name: 'signed entry missing', content: without(entryAt(b)), entry: b, says: /right after it/ },
      { name: 'signed entry and its checkpoint missing', content: without(entryAt(b), 2), entry: b, says: /not where it belongs/ },
      { name: 'first missing', content: without(1), entry: 1, says: /not where it belongs/ },
      { name: 'entry doubled', content: whole.toSpliced(place, 0, line), entry: a + 3, says: /not where it belongs/ },
      { name: 'checkpoint doubled', content: whole.toSpliced(mark, 0, String(whole[mark])), entry: b, says: /right after it/ },
      { name: 'swapped', content: whole.with(place, String(whole[place + 1])).with(place + 1, line), entry: a + 2, says: /not where it belongs/ },
      { name: 'moved', content: without(place).toSpliced(place + 4, 0, line), entry: a + 2, says: /not where it belongs/ },
      { name: 'checkpoint moved', content: without(mark).toSpliced(mark + 2, 0, String(whole[mark])), entry: b, says: /right after it/ },
      { name: 'checkpoint before its entry', content: without(mark).toSpliced(mark - 1, 0, String(whole[mark])), entry: b, says: /right after it/ },
      { name: 'last checkpoint missing', content: without(checkpointAt(Number(signed[2]))), entry: Number(signed[2]), says: /checkpoint is missing/ },
      { name: 'added', content: [...whole, line.replace(/\d+/, String(last + 1))], entry: last + 1, says: /comes after entry/ },
      { name: 'blank', content: blank(place), entry: a + 2, says: /empty/ },
      { name: 'blank at the end', content: [...whole, ''], entry: last + 1, says: /empty/ },
      { name: 'other', content: whole.toSpliced(place, 0, '{}'), entry: a + 2, says: /neither/ },
      { name: 'no object', content: whole.toSpliced(place, 0, 'null'), entry: a + 2, says: /not a JSON object/ },
      { name: 'second header', content: whole.toSpliced(place, 0, String(whole[0])), entry: a + 2, says: /neither/ },
    ])
  })

  it('is refused for other bytes, also where JSON means the same', async () => {
    const entry = Number(signed[0]) + 2
    const place = entryAt(entry)
    const line = String(whole[place])
    await refused([
      { name: 'CRLF', content: whole.map((each) => `${each}\r`), entry: null, says: /spelled/ },
      { name: 'CR', content: whole.with(place, `${line}\r`), entry, says: /spelled/ },
      { name: 'space', content: whole.with(place, line.replace(':', ': ')), entry, says: /spelled/ },
      { name: 'twice', content: whole.with(place, line.replace('{', '{"canonical":"{}",')), entry, says: /spelled/ },
      { name: 'escape', content: whole.with(place, line.replace('entry', '\\u0065ntry')), entry, says: /spelled/ },
      { name: 'not UTF-8', content: Buffer.concat([Buffer.from(textOfLines(whole.slice(0, place))), Buffer.from([0x22, 0xff, 0x22, 0x0a])]), entry, says: /not JSON/ },
      { name: 'byte order mark', content: `\uFEFF${textOfLines(whole)}`, entry: null, says: /not JSON/ },
      { name: 'deep', content: whole.with(place, `{"canonical":${'['.repeat(200_000)}${']'.repeat(200_000)}}`), entry, says: /not JSON|spelled|members/ },
      { name: 'endless', content: textOfLines(whole.slice(0, place)) + ' '.repeat(66 * 1024 * 1024), entry, says: /longer/ },
    ])
  })

  it('is refused when its end is cut off', async () => {
    const text = textOfLines(whole)
    const third = Number(signed[2])
    await refused([
      { name: 'at a line', content: whole.slice(0, -2), entry: last - 1, says: /file was cut off/ },
      { name: 'at a checkpoint', content: whole.slice(0, checkpointAt(third) + 1), entry: third + 1, says: /file was cut off/ },
      { name: 'within a line', content: text.slice(0, -20), entry: last, says: /no line feed/ },
      { name: 'before the last line feed', content: text.slice(0, -1), entry: last, says: /no line feed/ },
      { name: 'after the header', content: whole.slice(0, 1), entry: 1, says: /file was cut off/ },
      { name: 'within the header', content: text.slice(0, 40), entry: null, says: /within its first line/ },
      { name: 'all', content: '', entry: null, says: /empty/ },
      // With a header that fits. Only what was kept elsewhere tells.
      { name: 'with its header', content: cutAt(Number(signed[1])), kept, entry: third, says: /end of the log was cut off/ },
      { name: 'beyond', content: [...cutAt(Number(signed[1])), String(whole[checkpointAt(third)])], entry: third, says: /end of the log was cut off/ },
    ])
    expect(await run(await file(cutAt(Number(signed[1]))))).toMatchObject({ code: 0 })
  })

  it('is refused for every member of the header but the moment, which nothing proves', async () => {
    const third = Number(signed[2])
    const edited: [string, unknown, number | null, RegExp][] = [
      ['format', 'other', null, /not the header/], ['version', 2, null, /version 1/], ['version', '1', null, /version 1/],
      ['madeAt', 'today', null, /madeAt/], ['madeAt', '2026-02-30T00:00:00.000Z', null, /madeAt/],
      ['publicKeyPem', pem, Number(signed[0]), /another public key/], ['publicKeyPem', 'none', null, /publicKeyPem/], ['publicKeyPem', `${String(object(whole[0]).publicKeyPem)}\n`, null, /publicKeyPem/],
      ['firstEntry', 2, 2, /checkpoint of entry 1/], ['firstEntry', 0, null, /cannot be/], ['firstEntry', last + 1, null, /cannot be/],
      ['lastEntry', last + 1, last + 1, /cut off/], ['lastEntry', last - 1, last, /comes after entry/], ['lastEntry', third - 1, third, /cut off/],
      ['lastHash', ZEROS, last, /lastHash/], ['lastHash', null, null, /cannot be/], ['lastHash', '', null, /cannot be/],
      ['lastCheckpoint', third + 1, third + 1, /checkpoint is missing/], ['lastCheckpoint', signed[1], third, /comes after the last/], ['lastCheckpoint', null, Number(signed[0]), /comes after the last/], ['lastCheckpoint', last + 1, last + 1, /cut off/], ['lastCheckpoint', 0, null, /lastCheckpoint that cannot be/], ['lastCheckpoint', String(third), null, /lastCheckpoint that cannot be/],
      ['more', 1, null, /exactly the members/],
    ]
    const gone = Object.keys(object(whole[0])).map((name): [string, unknown, null, RegExp] => [name, undefined, null, /exactly the members|not the header|version 1/])
    await refused([...edited, ...gone].map(([name, value, entry, says]) => ({ name, content: changed(0, { [name]: value }), entry, says })))
    expect(await run(await file(changed(0, { madeAt: '2026-01-01T00:00:00.000Z' })))).toMatchObject({ code: 0 })
  })

  it('is refused by a key or a checkpoint that was kept elsewhere', async () => {
    const made = forged(whole.slice(1).filter((line) => line.includes('"canonical"')).map((line) => String(object(line).canonical)))
    const keptLines = linesOf(kept)
    const keptPem = String(object(whole[0]).publicKeyPem)
    expect(await run(await file(made), '--key', await file(pem))).toMatchObject({ code: 0 })
    await refused([
      { name: 'wrong key', content: whole, key: pem, entry: null, says: /than the one that you gave/ },
      { name: 'replaced key', content: made, key: keptPem, entry: null, says: /than the one that you gave/ },
      { name: 'replaced key, kept', content: made, kept, entry: Number(signed[0]), says: /another public key/ },
      { name: 'key changed midway', content: whole, kept: [...keptLines.slice(0, 2), checkpoint(Number(signed[2]), ZEROS)], entry: Number(signed[2]), says: /another public key/ },
      { name: 'checkpoint of something else', content: forged([entryText({}), entryText({})]).toSpliced(2, 0, checkpoint(1, ZEROS)), entry: 1, says: /another hash than it has/ },
      { name: 'rewritten by one with the key', content: made, kept: [checkpoint(2, ZEROS)], entry: 2, says: /another hash/ },
      { name: 'beyond the end', content: made, kept: [checkpoint(last + 1, ZEROS)], entry: last + 1, says: /end of the log was cut off/ },
      { name: 'kept signature', content: whole, kept: kept.replace(/"hash":"./, '"hash":"g'), entry: null, says: /cannot be/ },
      { name: 'kept hash', content: whole, kept: kept.replace(/"hash":"[^"]*"/, `"hash":"${ZEROS}"`), entry: Number(signed[0]), says: /valid signature/ },
      { name: 'kept order', content: whole, kept: kept + kept, entry: Number(signed[0]), says: /out of order/ },
      { name: 'kept blank', content: whole, kept: `\n${kept}`, entry: null, says: /not JSON/ },
      { name: 'kept CRLF', content: whole, kept: kept.replaceAll('\n', '\r\n'), entry: null, says: /spelled/ },
    ])
  })
})

/** The export that somebody makes of its beginning, with a header that fits. */
function cutAt(entry: number): string[] {
  const { hash } = object(whole[entryAt(entry)])
  return changed(0, { lastEntry: entry, lastHash: hash, lastCheckpoint: entry }).slice(0, checkpointAt(entry) + 1)
}

const sample = () => ({ action: 'firewall.read', actor: { id: null, kind: 'worker', name: 'w' }, after: null, at: NOW.toISOString(), before: null, customer: null, details: {}, intentEntry: null, requestId: null, result: 'done', sourceAddress: null, target: { id: null, kind: 'firewall', name: 'fw' } })
const entryText = (change: Record<string, unknown>) => JSON.stringify({ ...sample(), ...change })

describe('the text of an entry', () => {
  it('has the members that the document names, and is canonical, even when its chain is signed', async () => {
    const wrong: [string, unknown][] = [
      ['action', 7], ['action', ''], ['actor', null], ['actor', { id: null, kind: 'thief', name: 'x' }], ['actor', { kind: 'worker', name: 'x' }], ['actor', { id: 3, kind: 'worker', name: 'x' }],
      ['at', '2026-11-24T12:00:00Z'], ['customer', {}], ['customer', { id: null, name: 'x' }], ['details', null], ['details', []], ['intentEntry', 2], ['intentEntry', '1'],
      ['requestId', 1], ['result', 'fine'], ['sourceAddress', {}], ['target', { id: null, name: 'x' }],
      ...['actor', 'target', 'customer'].flatMap((name) => ['id', 'kind', 'name'].filter((part) => name !== 'customer' || part !== 'kind').map((part): [string, unknown] => [name, { ...(name === 'customer' ? { id: '1', name: 'c' } : { id: null, kind: 'worker', name: 'w' }), [part]: 1 }])),
    ]
    expect(await run(await file(forged([entryText({}), entryText({ intentEntry: 1 })])))).toMatchObject({ code: 0 })
    await refused([
      ...wrong.map(([name, value]) => ({ name, content: forged([entryText({}), entryText({ [name]: value })]), entry: 2, says: new RegExp(`member ${name} that cannot be`) })),
      ...Object.keys(sample()).filter((name) => name !== 'at').map((name) => ({ name, content: forged([entryText({ [name]: undefined })]), entry: 1, says: /exactly the members/ })),
      { name: 'more', content: forged([entryText({ zone: 1 })]), entry: 1, says: /exactly the members/ },
      { name: 'order', content: forged([JSON.stringify(Object.fromEntries(Object.entries(sample()).reverse()))]), entry: 1, says: /spelled/ },
      { name: 'twice', content: forged([entryText({}).replace('"result"', '"result":"done","result"')]), entry: 1, says: /spelled/ },
      { name: 'not JSON', content: forged(['{']), entry: 1, says: /not JSON/ },
      { name: 'array', content: forged(['[]']), entry: 1, says: /not a JSON object/ },
      { name: 'surrogate', content: forged([entryText({ after: '\uFFFD' })]).map((line) => line.replace('\uFFFD', '\\ud800')), entry: 1, says: /Unicode/ },
    ])
  })

  it('is hashed as the test vector of the document says', async () => {
    const [first, second] = ['5508d2b710e64bc470079e1b211d9c58e21011e59d0559e422345dc19d659a75', '405c7b199c1b77c77f2042f9f8f68f590e4b68872f4abc5863d4532d3137202d'] as const
    const one = (hash: string) => forged(['{}']).with(1, JSON.stringify({ entry: 1, previousHash: ZEROS, hash, canonical: '{}' }))
    const two = (hash: string) => forged(['{}'], { firstEntry: 2, anchor: first }).with(2, JSON.stringify({ entry: 2, previousHash: first, hash, canonical: '{"name":"Ærø"}' }))
    // The texts of the vector are no entries, which is looked at after the hash.
    await refused([
      { name: 'one', content: one(first), entry: 1, says: /exactly the members/ }, { name: 'one, other', content: one(second), entry: 1, says: /SHA-256/ },
      { name: 'two', content: two(second), entry: 2, says: /exactly the members/ }, { name: 'two, other', content: two(first), entry: 2, says: /SHA-256/ },
    ])
  })
})

describe('a log whose beginning is gone', () => {
  it('does not hold when nobody says that the retention removed it', async () => {
    const [a, b] = [Number(signed[0]), Number(signed[1])]
    const stolen = (entry: number) => [String(changed(0, { firstEntry: entry + 1 })[0]), ...whole.slice(checkpointAt(entry))]
    const pruned = (details: Record<string, unknown>, change: Record<string, unknown> = {}) => forged([entryText({ action: 'audit.prune', details, ...change })], { firstEntry: 8, anchor: '7'.repeat(64) })
    const right = { hash: '7'.repeat(64), keepDays: 30, removed: 7, upTo: 7 }
    expect(await run(await file(pruned(right)))).toMatchObject({ code: 0 })
    await refused([
      { name: 'stolen', content: stolen(a), entry: a + 1, says: /no entry says that the retention removed/ },
      { name: 'stolen without an anchor', content: stolen(b).toSpliced(1, 1), entry: b + 1, says: new RegExp(`checkpoint of entry ${b}, .* is missing`) },
      { name: 'other hash', content: pruned({ ...right, hash: ZEROS }), entry: 8, says: /no entry says/ },
      { name: 'other number', content: pruned({ ...right, upTo: 6 }), entry: 8, says: /no entry says/ },
      { name: 'failed', content: pruned(right, { result: 'failed' }), entry: 8, says: /no entry says/ },
      { name: 'other action', content: pruned(right, { action: 'audit.export' }), entry: 8, says: /no entry says/ },
      { name: 'anchor of another entry', content: pruned(right).with(1, checkpoint(6, '7'.repeat(64))), entry: 6, says: /right after it/ },
      { name: 'anchor with another hash', content: pruned(right).with(1, checkpoint(7, ZEROS)), entry: 8, says: /previousHash/ },
    ])
  })

  it('holds when the retention removed it, also beside older kept checkpoints', async () => {
    await db().settings.update({ where: { id: 1 }, data: { auditKeepDays: 30 } })
    const { signal } = new AbortController()
    // Longer than a block of reading.
    await recordAlone(actor, { action: 'firewall.read', target, after: 'Å\r'.repeat(400_000) })
    await verifyWhenDue('w', NOW, signal)
    await pruneWhenDue('w', NOW, signal)
    const rest = linesOf(await exported())
    const from = Number(signed[1]) + 1
    expect(object(rest[0]).firstEntry).toBe(from)
    const { code, out, error } = await run(await file(rest), '--checkpoints', await file(kept), '--key', await file(createPublicKey(String(object(rest[0]).publicKeyPem)).export({ type: 'spki', format: 'pem' }).toString()))
    expect({ code, error }).toEqual({ code: 0, error: '' })
    expect(out).toContain('2 compared, and 1 name entries that the retention removed.')
    expect(out).toContain(`Entries covered by a signature: ${from} to ${signed[2]}.`)
    await refused([{ name: 'anchor missing', content: rest.toSpliced(1, 1), entry: from, says: /is missing/ }, { name: 'first entry missing', content: rest.toSpliced(2, 1), entry: from, says: /not where it belongs/ }])
  })
})
