// Deceives a log of 10,000 entries in every single way, in memory, and demands that each is found where it is.
import { createHash } from 'node:crypto'
import { ChainCheck, type ChainProblem } from '@/lib/audit/chain-check'
import { columnThatDiffers } from '@/lib/audit/entry-text'
import type { ChainEntry, Checkpoint } from '@/lib/db/audit-chain'
import type { Random } from './audit-log'

type Log = { publicKeyPem: string; entries: readonly ChainEntry[]; checkpoints: readonly Checkpoint[] }
type Row = { -readonly [K in keyof ChainEntry]: ChainEntry[K] }
const SEGMENT = 100
const REWRITES = 500

export class Undetected extends Error {}

/** Looks at rows after a place that is known to be right, then at the checkpoints that name one of them or a later entry. */
function look(log: Log, after: number, rows: readonly ChainEntry[], checkpoints: readonly Checkpoint[]): ChainProblem | null {
  const before = log.entries[after - 1]
  const check = new ChainCheck(log.publicKeyPem, before ? { entry: before.entry, hash: before.hash } : null)
  for (const row of rows) {
    check.entry(row)
    for (const checkpoint of checkpoints) if (checkpoint.entry === row.entry) check.checkpoint(checkpoint)
    if (!check.whole) break
  }
  const last = rows.at(-1)?.entry ?? after
  for (const checkpoint of checkpoints) if (checkpoint.entry > last && check.whole) check.checkpoint(checkpoint)
  return check.end().problem
}

function demand(problem: ChainProblem | null, entry: number, what: string): void {
  if (problem?.entry !== entry) throw new Undetected(`${what}: expected entry ${entry}, found ${problem ? `${problem.entry}: ${problem.sentence}` : 'nothing'}`)
}

/** Another value for a column, as somebody would write who wants to deceive. */
function other(value: string | number | null, random: Random): string | number | null {
  if (typeof value === 'number') return random(4) === 0 ? null : value + 1 + random(7)
  if (value === null) return ['', 'null', 'x', ' '][random(4)] ?? ''
  const at = random(Math.max(1, value.length))
  const changed = [`${value.slice(0, at)}${value[at] === '0' ? '1' : '0'}${value.slice(at + 1)}`, `${value} `, value.slice(0, -1), value === value.toUpperCase() ? value.toLowerCase() : value.toUpperCase()][random(4)] ?? ''
  return changed === value ? `${value}x` : changed
}

/** The part of a log that ends with the checkpoint after an entry. */
function partAround(log: Log, entry: number) {
  const from = Math.floor((entry - 1) / SEGMENT) * SEGMENT
  return { from, rows: log.entries.slice(from, from + SEGMENT), signed: log.checkpoints.filter((checkpoint) => checkpoint.entry > from && checkpoint.entry <= from + SEGMENT) }
}

/** Every column of every entry, one at a time: from the checkpoint before for one column of each entry, else from the entry before. */
export function editEach(log: Log, random: Random): number {
  let edits = 0
  for (const row of log.entries) {
    const { from, rows, signed } = partAround(log, row.entry)
    const columns = Object.entries(row)
    const long = random(columns.length)
    for (const [at, [column, value]] of columns.entries()) {
      const to = column === 'entry' ? row.entry + 1 + random(20_000) : other(value, random)
      const edited: ChainEntry = { ...row, [column]: to }
      const begin = at === long ? from : row.entry - 1
      demand(look(log, begin, rows.slice(begin - from).with(row.entry - 1 - begin, edited), signed), row.entry, `column ${column} of entry ${row.entry} to ${JSON.stringify(to)}`)
      edits += 1
    }
  }
  return edits
}

/** Every entry once left out, doubled, swapped with the next (with and without its number), and moved within its part. */
export function moveEach(log: Log, random: Random): Record<string, number> {
  const counts = { deleted: 0, doubled: 0, swapped: 0, moved: 0 }
  for (const row of log.entries) {
    const { from, rows, signed } = partAround(log, row.entry)
    const at = row.entry - 1 - from
    const find = (tampered: readonly ChainEntry[], entry: number, what: string): void => demand(look(log, from, tampered, signed), entry, `entry ${row.entry} ${what}`)
    find(rows.toSpliced(at, 1), row.entry, 'deleted')
    find(rows.toSpliced(at, 0, row), row.entry, 'doubled')
    counts.deleted += 1
    counts.doubled += 1
    const next = rows[at + 1]
    if (next) {
      find(rows.with(at, next).with(at + 1, row), row.entry, 'swapped')
      find(rows.with(at, { ...next, entry: row.entry }).with(at + 1, { ...row, entry: next.entry }), row.entry, 'swapped, numbers kept')
      counts.swapped += 2
    }
    const to = random(rows.length)
    if (to === at) continue
    find(rows.toSpliced(at, 1).toSpliced(to, 0, row), from + 1 + Math.min(at, to), `moved to ${from + 1 + to}`)
    counts.moved += 1
  }
  return counts
}

/** 1 to 100 entries cut off the end, whole checkpoints there or only one that was kept. */
export function cutEach(log: Log): number {
  const end = log.entries.length
  for (let cut = 1; cut <= SEGMENT; cut++) {
    const rows = log.entries.slice(end - SEGMENT, end - cut)
    demand(look(log, end - SEGMENT, rows, log.checkpoints.slice(-1)), end - cut + 1, `${cut} entries cut off`)
    const check = new ChainCheck(log.publicKeyPem, { entry: end - SEGMENT, hash: log.entries[end - SEGMENT - 1]?.hash ?? '' })
    rows.forEach((row) => check.entry(row))
    const kept = log.checkpoints.at(-1)
    if (kept) check.kept({ ...kept, line: 1, unreadable: false, publicKey: log.publicKeyPem.replaceAll(/-----[^-]+-----|\n/g, '') })
    demand(check.end().problem, end - cut + 1, `${cut} entries cut off, with their checkpoints`)
  }
  return SEGMENT * 2
}

/** Somebody who knows the format makes all later hashes anew: it shows at the next checkpoint. */
export function rewriteSome(log: Log, random: Random): number {
  for (let time = 0; time < REWRITES; time++) {
    const place = 1 + random(log.entries.length)
    const { from, rows, signed } = partAround(log, place)
    let previousHash = log.entries[from - 1]?.hash ?? '0'.repeat(64)
    const forged = rows.map((row): Row => {
      const canonical = row.entry === place ? row.canonical.replace('"details":{', '"details":{"more":1,') : row.canonical
      const hash = createHash('sha256').update(previousHash + canonical).digest('hex')
      const made = { ...row, canonical, previousHash, hash }
      previousHash = hash
      return made
    })
    if (forged.some((row) => columnThatDiffers(row) !== null)) throw new Undetected('the forgery itself is not good')
    demand(look(log, from, forged, signed), from + SEGMENT, `entry ${place} forged, and the chain made anew`)
  }
  return REWRITES
}
