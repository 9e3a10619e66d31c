import 'server-only'
import { createHash, createPublicKey, type KeyObject } from 'node:crypto'
import type { ChainEntry, Checkpoint } from '@/lib/db/audit-chain'
import { isSigned } from './checkpoint-text'
import { columnThatDiffers, removalIn } from './entry-text'

/** A checkpoint from outside the database. `line` is its place in the file; one that cannot be read has only that. */
export type KeptCheckpoint = { entry: number; line: number } & ({ unreadable: true } | (Checkpoint & { unreadable: false; publicKey: string }))

/** The first thing that is wrong, as a sentence, and the entry where it is. */
export type ChainProblem = { entry: number; sentence: string }

/** What was looked at. Without any entry, `firstEntry` and `lastEntry` are 0. `signedUpTo` is the entry of the newest checkpoint. */
export type ChainReport = { firstEntry: number; lastEntry: number; lastHash: string; entries: number; checkpoints: number; keptCheckpoints: number; signedUpTo: number; problem: ChainProblem | null }

type Place = { entry: number; hash: string }
const START: Place = { entry: 0, hash: '0'.repeat(64) }
const IN_FILE = ' in the checkpoint file'

const hashOf = (previousHash: string, canonical: string): string => createHash('sha256').update(previousHash + canonical).digest('hex')
const are = (from: number, to: number): string => (from === to ? `Entry ${from} is` : `Entries ${from} to ${to} are`)

function readKey(pem: string): KeyObject | null {
  try {
    return createPublicKey(pem)
  } catch {
    return null
  }
}

/**
 * The rules of docs/audit-format.md, one thing at a time: entries in their order, each checkpoint after the entry that it
 * names, then `end`. After the first problem it looks at nothing more. `after` is a place that is known to be right, to
 * look at a part of a chain.
 */
export class ChainCheck {
  readonly #key: KeyObject | null
  readonly #ownKey: string
  readonly #part: boolean
  #last: Place
  /** The newest checkpoint before the first entry: after a removal it says what that entry has to follow. */
  #anchor: Place | null = null
  #keptBefore = 0
  /** Whether the removal of what is missing before the first entry is named in the chain, or nothing is missing. */
  #removalNamed = true
  readonly #report: ChainReport = { firstEntry: 0, lastEntry: 0, lastHash: START.hash, entries: 0, checkpoints: 0, keptCheckpoints: 0, signedUpTo: 0, problem: null }

  constructor(publicKeyPem: string, after: Place | null = null) {
    this.#key = readKey(publicKeyPem)
    this.#ownKey = this.#key?.export({ type: 'spki', format: 'der' }).toString('base64') ?? ''
    this.#part = after !== null
    this.#last = after ?? START
    if (!this.#key) this.#wrong(0, 'The public key of this installation cannot be read.')
  }

  get whole(): boolean {
    return this.#report.problem === null
  }

  get empty(): boolean {
    return this.#report.entries === 0
  }

  #wrong(entry: number, sentence: string): void {
    this.#report.problem ??= { entry, sentence }
  }

  #begin(row: ChainEntry): void {
    if (row.entry < 1) return this.#wrong(row.entry, `There is an entry ${row.entry}, but entries count from 1.`)
    if (row.entry === 1) return
    if (this.#anchor?.entry !== row.entry - 1) return this.#wrong(1, `${are(1, row.entry - 1)} missing, and no signed checkpoint says what stood before entry ${row.entry}.`)
    this.#last = this.#anchor
    this.#removalNamed = false
  }

  entry(row: ChainEntry): void {
    if (this.whole && this.empty && !this.#part) this.#begin(row)
    const expected = this.#last.entry + 1
    if (!this.whole) return
    if (row.entry === this.#last.entry) return this.#wrong(row.entry, `Entry ${row.entry} is there twice.`)
    if (row.entry < expected) return this.#wrong(row.entry, `Entry ${row.entry} is out of order: it comes after entry ${this.#last.entry}.`)
    if (row.entry > expected) return this.#wrong(expected, `${are(expected, row.entry - 1)} missing.`)
    if (row.previousHash !== this.#last.hash) return this.#wrong(expected, `Entry ${expected} does not follow the entry before it.`)
    if (row.hash !== hashOf(row.previousHash, row.canonical)) return this.#wrong(expected, `Entry ${expected} was changed: its text and its hash do not belong together.`)
    const column = columnThatDiffers(row)
    if (column === 'canonical') return this.#wrong(expected, `Entry ${expected} has a text that is no audit entry.`)
    if (column !== null) return this.#wrong(expected, `Entry ${expected} was changed: its column ${column} does not say what its text says.`)
    if (!this.#removalNamed && this.#anchor) this.#removalNamed = removalIn(row, this.#anchor)
    this.#last = { entry: row.entry, hash: row.hash }
    if (this.empty) this.#report.firstEntry = row.entry
    Object.assign(this.#report, { lastEntry: row.entry, lastHash: row.hash, entries: this.#report.entries + 1 })
  }

  /** Signature and hash of a checkpoint; `where` says in a sentence where it was found. */
  #compare(signed: Checkpoint, where: string): void {
    if (!this.#key || !isSigned(this.#key, signed)) return this.#wrong(signed.entry, `The checkpoint of entry ${signed.entry}${where} has a wrong signature.`)
    if (this.empty && !this.#part) {
      if (this.#anchor?.entry === signed.entry && this.#anchor.hash !== signed.hash) this.#wrong(signed.entry, `Entry ${signed.entry} had another hash when a checkpoint${where} signed it.`)
      return
    }
    if (signed.entry > this.#last.entry) return this.#wrong(this.#last.entry + 1, `${are(this.#last.entry + 1, signed.entry)} missing at the end: a checkpoint${where} signed entry ${signed.entry}.`)
    if (signed.entry < this.#last.entry) return this.#wrong(signed.entry, `The checkpoint of entry ${signed.entry}${where} is out of order.`)
    if (signed.hash !== this.#last.hash) this.#wrong(signed.entry, `Entry ${signed.entry} is not what a checkpoint${where} signed: it, or an entry after ${this.#report.signedUpTo}, was changed and the chain made anew from there.`)
  }

  checkpoint(signed: Checkpoint): void {
    if (this.whole) this.#compare(signed, '')
    if (!this.whole) return
    if (this.empty) this.#anchor = { entry: signed.entry, hash: signed.hash }
    this.#report.checkpoints += 1
    this.#report.signedUpTo = signed.entry
  }

  kept(given: KeptCheckpoint): void {
    if (!this.whole) return
    if (given.unreadable) return this.#wrong(given.entry, `Line ${given.line} of the checkpoint file is no checkpoint, or not in its place.`)
    if (given.publicKey !== this.#ownKey) return this.#wrong(given.entry, `The checkpoint of entry ${given.entry}${IN_FILE} was signed with another key than this installation's.`)
    this.#compare(given, IN_FILE)
    if (!this.whole) return
    if (this.empty) this.#keptBefore = given.entry
    this.#report.keptCheckpoints += 1
  }

  /** What shows only at the end, then the report. */
  end(): ChainReport {
    const signedBefore = Math.max(this.#anchor?.entry ?? 0, this.#keptBefore)
    if (this.empty && signedBefore > 0) this.#wrong(1, `${are(1, signedBefore)} missing: a checkpoint signed entry ${signedBefore}, and the log is empty.`)
    if (!this.#removalNamed && this.#anchor) this.#wrong(1, `${are(1, this.#anchor.entry)} missing, and no entry says that they were removed when their time was over.`)
    return this.#report
  }
}
