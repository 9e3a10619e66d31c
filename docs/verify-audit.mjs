#!/usr/bin/env node
// Verifies an export of the audit log (format=chain) without Palisade: one file, no dependencies, Node.js 20.19 or newer.
// It was written from audit-format.md alone, so that a mistake of the writer is not repeated here.
//
//   node verify-audit.mjs EXPORT.jsonl [--checkpoints KEPT.jsonl] [--key PUBLIC.pem]
//
// Exit code: 0 when everything holds, 1 at the first thing that does not, 2 when it was called wrongly or cannot read a file.
import { createHash, createPublicKey, verify } from 'node:crypto'
import { closeSync, openSync, readFileSync, readSync } from 'node:fs'
import { parseArgs } from 'node:util'

const ZEROS = '0'.repeat(64)
// Far above any real entry. Without a limit, a file without line feeds would fill the memory.
const LONGEST_LINE = 64 * 1024 * 1024
const HEADER = ['format', 'version', 'madeAt', 'publicKeyPem', 'firstEntry', 'lastEntry', 'lastHash', 'lastCheckpoint']
const ENTRY = ['entry', 'previousHash', 'hash', 'canonical']
const CHECKPOINT = ['at', 'entry', 'hash', 'publicKey', 'signature']

class UsageError extends Error {}
class Failure extends Error {}

/** `place` is where the reading is: the file, the number of the line, and of the entry that is expected there. */
function fail({ file, line, entry: expected }, sentence, entry = expected) {
  throw new Failure(entry === null ? `Line ${line} of ${file}: ${sentence}` : `Entry ${entry} (line ${line} of ${file}): ${sentence}`)
}

// ---- Lines

/** Splits at the byte 0x0A and at nothing else: U+2028 may stand inside a text, and a CR is an edit. */
function* linesOf(place) {
  const file = openSync(place.file)
  const block = Buffer.alloc(1024 * 1024)
  let [begun, length] = [[], 0]
  try {
    for (let size = readSync(file, block); size > 0; size = readSync(file, block)) {
      const chunk = block.subarray(0, size)
      let start = 0
      for (let end = chunk.indexOf(0x0a); end !== -1; end = chunk.indexOf(0x0a, start)) {
        place.line += 1
        yield Buffer.concat([...begun, chunk.subarray(start, end)])
        ;[begun, length, start] = [[], 0, end + 1]
      }
      begun.push(Buffer.from(chunk.subarray(start)))
      length += size - start
      if (length > LONGEST_LINE) fail({ ...place, line: place.line + 1 }, 'the line is longer than any entry is.')
    }
    place.cut = length > 0
  } finally {
    closeSync(file)
  }
}

// A byte order mark is kept, so that it is refused like anything else that does not belong there.
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Written again, an object has to give the same text: no white space, no line end, no member twice, no second spelling. */
function parse(text, write, what, place) {
  let value, same
  try {
    value = JSON.parse(typeof text === 'string' ? text : (text = utf8.decode(text)))
    same = write(value) === text
  } catch {
    fail(place, `${what} is not JSON.`)
  }
  if (!isObject(value)) fail(place, `${what} is not a JSON object.`)
  if (!same) fail(place, `${what} is JSON, but not spelled as it was written: white space, a line end, a member twice or out of order.`)
  return value
}

/** RFC 8785. `sort` without a function compares UTF-16 code units, as it wants. */
function canonicalJson(value) {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join()}]`
  if (!isObject(value)) return JSON.stringify(value)
  return `{${Object.keys(value).sort().map((name) => `${JSON.stringify(name)}:${canonicalJson(value[name])}`).join()}}`
}

// ---- Values

const isText = (value) => typeof value === 'string'
const isTextOrNull = (value) => value === null || isText(value)
const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value)
const isNumber = (value, least) => Number.isSafeInteger(value) && value >= least
const isHash = (value) => isText(value) && /^[0-9a-f]{64}$/.test(value)
const isMoment = (value) => isText(value) && /^\d{4}(-\d\d){2}T\d\d(:\d\d){2}\.\d{3}Z$/.test(value) && !Number.isNaN(Date.parse(value)) && new Date(value).toISOString() === value
const hasExactly = (value, names) => isObject(value) && Object.keys(value).length === names.length && names.every((name) => Object.hasOwn(value, name))

/** An Ed25519 public key, and the base64 of its DER as the checkpoint lines have it; null for anything else. */
function publicKey(pem) {
  // The library would also take a private key or a certificate.
  if (!isText(pem) || !pem.startsWith('-----BEGIN PUBLIC KEY-----')) return null
  try {
    const key = createPublicKey(pem)
    if (key.asymmetricKeyType !== 'ed25519') return null
    return { key, pem: key.export({ type: 'spki', format: 'pem' }), base64: key.export({ type: 'spki', format: 'der' }).toString('base64') }
  } catch {
    return null
  }
}

// The members of an entry; each is told its value, the whole entry and its number.
const CANONICAL = {
  action: (value) => isText(value) && value !== '',
  actor: (value) => hasExactly(value, ['id', 'kind', 'name']) && isTextOrNull(value.id) && isText(value.name) && ['operator', 'token', 'worker', 'console', 'nobody'].includes(value.kind),
  after: () => true,
  at: isMoment,
  before: () => true,
  customer: (value) => value === null || (hasExactly(value, ['id', 'name']) && isText(value.id) && isText(value.name)),
  details: isObject,
  // An outcome comes after its intent, and an intent is not an outcome.
  intentEntry: (value, { result }, number) => value === null || (isNumber(value, 1) && value < number && result !== 'intent'),
  requestId: isTextOrNull,
  result: (value) => ['intent', 'done', 'failed', 'refused'].includes(value),
  sourceAddress: isTextOrNull,
  target: (value) => hasExactly(value, ['id', 'kind', 'name']) && isTextOrNull(value.id) && isText(value.kind) && isText(value.name),
}

// ---- What the lines say by themselves

function readHeader(bytes, place) {
  if (bytes === undefined) fail({ ...place, line: 1 }, place.cut ? 'the file was cut off within its first line.' : 'the file is empty.')
  const header = parse(bytes, JSON.stringify, 'the header', place)
  const { format, version, madeAt, firstEntry, lastEntry, lastHash, lastCheckpoint } = header
  if (format !== 'palisade-audit-chain') fail(place, 'the first line is not the header of an export with format=chain.')
  if (version !== 1) fail(place, 'the export does not have version 1, the only one that this verifier knows.')
  if (!hasExactly(header, HEADER)) fail(place, `the header does not have exactly the members ${HEADER.join(', ')}.`)
  const key = publicKey(header.publicKeyPem)
  if (key?.pem !== header.publicKeyPem) fail(place, 'the header has a publicKeyPem that is not an Ed25519 public key.')
  const empty = firstEntry === 0 && lastEntry === 0 && lastHash === ZEROS
  if (!empty && !(isNumber(firstEntry, 1) && isNumber(lastEntry, firstEntry) && isHash(lastHash))) fail(place, 'the header has a firstEntry, lastEntry or lastHash that cannot be.')
  if (!isMoment(madeAt)) fail(place, 'the header has a madeAt that is not a moment.')
  if (lastCheckpoint !== null && !isNumber(lastCheckpoint, Math.max(firstEntry - 1, 1))) fail(place, 'the header has a lastCheckpoint that cannot be.')
  if (lastCheckpoint > lastEntry) fail(place, `by the header there is a checkpoint of it, but the last entry is ${lastEntry}: the end of the log was cut off.`, lastCheckpoint)
  return { ...header, key }
}

function readCheckpoint(checkpoint, key, place) {
  if (!hasExactly(checkpoint, CHECKPOINT)) fail(place, `the checkpoint does not have exactly the members ${CHECKPOINT.join(', ')}.`)
  const { at, entry, hash, signature } = checkpoint
  if (!isNumber(entry, 1) || !isMoment(at) || !isHash(hash) || !isText(signature)) fail(place, 'the checkpoint has an entry, at, hash or signature that cannot be.')
  if (checkpoint.publicKey !== key.base64) fail(place, 'its checkpoint names another public key than the header of the export.', entry)
  const bytes = Buffer.from(signature, 'base64')
  // Written again, because the decoder skips what is not base64.
  const valid = bytes.toString('base64') === signature && verify(null, Buffer.from(canonicalJson({ at, entry, hash })), key.key, bytes)
  if (!valid) fail(place, 'its checkpoint does not have a valid signature.', entry)
  return checkpoint
}

function readCanonical(text, place) {
  const value = parse(text, canonicalJson, 'its canonical text', place)
  if (!hasExactly(value, Object.keys(CANONICAL))) fail(place, `its canonical text does not have exactly the members ${Object.keys(CANONICAL).join(', ')}.`)
  for (const [name, holds] of Object.entries(CANONICAL)) if (!holds(value[name], value, place.entry)) fail(place, `its canonical text has a member ${name} that cannot be.`)
  return value
}

// ---- Checkpoints that were kept elsewhere. They are read beside the export, as both grow by entry; so neither has to be in memory.

class Kept {
  constructor(file, key) {
    Object.assign(this, { key, place: { file, line: 0, entry: null }, compared: 0, removed: 0, younger: 0, last: 0 })
    this.lines = file === undefined ? [].values() : linesOf(this.place)
    this.read()
    this.any = this.next !== null
  }
  read() {
    const before = this.next?.entry ?? 0
    const { value: bytes } = this.lines.next()
    // A last line without its line feed is no line: a machine that dies while writing may leave one.
    this.next = bytes ? readCheckpoint(parse(bytes, canonicalJson, 'the kept checkpoint', this.place), this.key, this.place) : null
    if (this.next && this.next.entry <= before) fail(this.place, `the kept checkpoint of it comes after the one of entry ${before}, which is out of order.`, this.next.entry)
  }
  upTo(entry, judge) {
    for (; this.next !== null && this.next.entry <= entry; this.read()) judge(this.next)
  }
  skipRemoved(entry) {
    this.upTo(entry, () => (this.removed += 1))
  }
  compare(entry, hash) {
    this.upTo(entry, (checkpoint) => {
      if (checkpoint.hash !== hash) fail(this.place, 'a kept checkpoint has another hash than the export: the log was rewritten.', entry)
      Object.assign(this, { compared: this.compared + 1, last: entry })
    })
  }
  finish({ madeAt, lastEntry }) {
    this.upTo(Infinity, ({ at, entry }) => {
      if (at <= madeAt) fail(this.place, `a kept checkpoint of it is older than the export, whose last entry is ${lastEntry}: the end of the log was cut off.`, entry)
      this.younger += 1
    })
  }
}

// ---- The chain. `walk` is all that is remembered from one line to the next.

function takeEntry(walk, line, { firstEntry, lastEntry }, place) {
  if (!hasExactly(line, ENTRY)) fail(place, `the line does not have exactly the members ${ENTRY.join(', ')}.`)
  if (walk.atAnchor) fail(place, `the checkpoint of entry ${firstEntry - 1}, which it has to follow, is missing.`)
  if (line.entry !== place.entry) fail(place, `it is not where it belongs, there is ${JSON.stringify(line.entry)}: an entry is missing, there twice or out of order.`)
  if (line.entry > lastEntry) fail(place, `it comes after entry ${lastEntry}, which is the last one by the header.`)
  if (line.previousHash !== walk.hash) fail(place, 'its previousHash is not that of the entry before it (64 zeros before entry 1).')
  // A lone surrogate would be hashed as U+FFFD is, so two texts would have one hash.
  if (!isText(line.canonical) || !line.canonical.isWellFormed()) fail(place, 'its canonical text is not a text in Unicode.')
  walk.hash = createHash('sha256').update(walk.hash + line.canonical).digest('hex')
  if (line.hash !== walk.hash) fail(place, 'its hash is not the SHA-256 of previousHash and canonical.')
  const { action, result, details } = readCanonical(line.canonical, place)
  if (action === 'audit.prune' && result === 'done' && details.upTo === firstEntry - 1 && details.hash === walk.anchor) walk.pruned = true
  place.entry += 1
}

function takeCheckpoint(walk, line, { key, lastEntry, lastCheckpoint }, place) {
  const { entry, hash } = readCheckpoint(line, key, place)
  if (entry > lastEntry) fail(place, `there is a checkpoint of it, but the last entry is ${lastEntry}: the end of the log was cut off.`, entry)
  if (entry !== place.entry - 1 || entry === walk.checkpoint) fail(place, 'its checkpoint does not stand once and right after it: a line is missing, there twice or out of order.', entry)
  if (lastCheckpoint === null || entry > lastCheckpoint) fail(place, 'its checkpoint comes after the last one by the header.', entry)
  if (walk.atAnchor) Object.assign(walk, { hash, anchor: hash, atAnchor: false })
  if (hash !== walk.hash) fail(place, 'its checkpoint has another hash than it has.', entry)
  Object.assign(walk, { checkpoint: entry, checkpoints: walk.checkpoints + 1 })
}

function takeLine(walk, bytes, header, place) {
  if (bytes.length === 0) fail(place, 'the line is empty.')
  const line = parse(bytes, JSON.stringify, 'the line', place)
  const [isEntry, isCheckpoint] = [Object.hasOwn(line, 'canonical'), Object.hasOwn(line, 'signature')]
  if (isEntry === isCheckpoint) fail(place, 'the line is neither an entry nor a checkpoint.')
  if (isEntry) takeEntry(walk, line, header, place)
  else takeCheckpoint(walk, parse(bytes, canonicalJson, 'the checkpoint', place), header, place)
}

function requireEnd(walk, { firstEntry, lastEntry, lastHash, lastCheckpoint }, place) {
  if (place.cut) fail({ ...place, line: place.line + 1 }, 'the line has no line feed: the file was cut off.')
  if (place.entry <= lastEntry) fail(place, `it is missing, and all up to entry ${lastEntry}, the last one by the header: the file was cut off.`)
  if (walk.checkpoint !== lastCheckpoint) fail(place, 'its checkpoint is missing, the last one by the header: the file was cut off.', lastCheckpoint)
  if (walk.hash !== lastHash) fail(place, 'its hash is not the lastHash of the header.', lastEntry)
  if (firstEntry > 1 && !walk.pruned) fail(place, `the log begins with it, and no entry says that the retention removed all up to entry ${firstEntry - 1}.`, firstEntry)
}

function verifyExport(file, keptFile, given) {
  const place = { file, line: 0, entry: null }
  const lines = linesOf(place)
  const header = readHeader(lines.next().value, place)
  if (given && given.base64 !== header.key.base64) fail(place, 'the header names another public key than the one that you gave.')
  const kept = new Kept(keptFile, header.key)
  const walk = { hash: ZEROS, atAnchor: header.firstEntry > 1, anchor: null, pruned: false, checkpoint: null, checkpoints: 0 }
  place.entry = Math.max(header.firstEntry, 1)
  kept.skipRemoved(header.firstEntry - 2)
  for (const bytes of lines) {
    takeLine(walk, bytes, header, place)
    kept.compare(place.entry - 1, walk.hash)
  }
  requireEnd(walk, header, place)
  kept.finish(header)
  return { header, walk, kept }
}

// ---- The command

function report({ header: { firstEntry, lastEntry, lastHash, madeAt, key }, walk, kept }, given, seconds) {
  const range = (from, to) => (from > to || to === 0 ? 'none' : `${from} to ${to}`)
  const signed = Math.max(walk.checkpoint ?? 0, kept.last)
  const source = [given && 'the one that you gave', kept.any && 'the one of the kept checkpoints'].filter(Boolean).join(' and ')
  return [
    'The export holds.',
    `Entries: ${lastEntry === 0 ? 0 : lastEntry - firstEntry + 1} (${range(firstEntry, lastEntry)})${firstEntry > 1 ? '; the log says that the retention removed those before' : ''}.`,
    `Checkpoints: ${walk.checkpoints} in the export${kept.any ? `; of those kept elsewhere ${kept.compared} compared, and ${kept.removed} name entries that the retention removed` : ''}.`,
    `Head: entry ${lastEntry}, hash ${lastHash}.`,
    `Entries covered by a signature: ${range(firstEntry, signed)}.`,
    `Entries chained, but not covered by a signature: ${range(Math.max(signed + 1, firstEntry), lastEntry)}. The header is not signed either.`,
    `Public key: ${key.base64}, ${source || 'taken from the file itself: compare it with one that you know, or give --key or --checkpoints, as who rewrites a log can replace its key'}.`,
    kept.younger > 0 && `Not compared: ${kept.younger} kept checkpoints of later entries, younger than the export says it is (${madeAt}). If you made it after that, its end was cut off.`,
    `Time: ${seconds.toFixed(1)} s.`,
  ].filter(Boolean).join('\n')
}

function readArguments() {
  try {
    const { values, positionals } = parseArgs({ allowPositionals: true, options: { checkpoints: { type: 'string' }, key: { type: 'string' } } })
    if (positionals.length === 1) return { file: positionals[0], ...values }
  } catch {
    // One sentence says it for every wrong use.
  }
  throw new UsageError('Use it as: node verify-audit.mjs EXPORT.jsonl [--checkpoints KEPT.jsonl] [--key PUBLIC.pem]')
}

try {
  const { file, checkpoints, key } = readArguments()
  const given = key === undefined ? null : publicKey(readFileSync(key, 'utf8'))
  if (key !== undefined && given === null) throw new UsageError(`The file ${key} is not an Ed25519 public key in PEM.`)
  const result = verifyExport(file, checkpoints, given)
  console.log(report(result, given, performance.now() / 1000))
} catch (error) {
  const known = error instanceof Failure || error instanceof UsageError
  console.error(known ? error.message : `The check could not be finished: ${error.message}.`)
  process.exitCode = error instanceof Failure ? 1 : 2
}
