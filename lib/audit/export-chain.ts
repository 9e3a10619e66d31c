import 'server-only'
import { createPublicKey } from 'node:crypto'
import type { Actor } from '@/lib/auth/actor'
import { authorise } from '@/lib/auth/authorise'
import { AppError } from '@/lib/core/errors'
import { db } from '@/lib/db/client'
import { installationKeys } from '@/lib/installation/keys'
import { checkpointLine } from './checkpoint-text'
import type { AuditFilter } from './list'

const PAGE_ROWS = 2_000
const NO_HASH = '0'.repeat(64)
type Header = { madeAt: Date; firstEntry: bigint; lastEntry: bigint; lastHash: string; lastCheckpoint: bigint | null }

const line = (value: unknown): string => `${JSON.stringify(value)}\n`
const firstEntry = async (): Promise<bigint | null> => (await db().auditEntry.findFirst({ orderBy: { entry: 'asc' }, select: { entry: true } }))?.entry ?? null

async function headerOf(upTo: bigint, lastCheckpoint: bigint | null, madeAt: Date): Promise<Header> {
  const last = await db().auditEntry.findFirst({ where: { entry: { lte: upTo } }, orderBy: { entry: 'desc' }, select: { entry: true, hash: true } })
  return { madeAt, firstEntry: last ? ((await firstEntry()) ?? 0n) : 0n, lastEntry: last?.entry ?? 0n, lastHash: last?.hash ?? NO_HASH, lastCheckpoint: last ? lastCheckpoint : null }
}

/** Lines of the checkpoints of a range, each with the number of its entry. */
async function checkpointLines(from: bigint, to: bigint, publicKey: string): Promise<{ entry: bigint; text: string }[]> {
  const rows = await db().auditCheckpoint.findMany({ where: { entry: { gte: from, lte: to } }, orderBy: { entry: 'asc' } })
  return rows.map((row) => ({ entry: row.entry, text: checkpointLine({ ...row, entry: Number(row.entry), at: row.at.toISOString() }, publicKey) }))
}

async function* chainLines(upTo: bigint, lastCheckpoint: bigint | null, madeAt: Date): AsyncGenerator<string> {
  const { auditPublicPem } = await installationKeys()
  const publicKey = createPublicKey(auditPublicPem).export({ type: 'spki', format: 'der' }).toString('base64')
  const header = await headerOf(upTo, lastCheckpoint, madeAt)
  const signedUpTo = header.lastCheckpoint ?? -1n
  yield line({ format: 'palisade-audit-chain', version: 1, madeAt, publicKeyPem: auditPublicPem, firstEntry: Number(header.firstEntry), lastEntry: Number(header.lastEntry), lastHash: header.lastHash, lastCheckpoint: header.lastCheckpoint === null ? null : Number(header.lastCheckpoint) })
  let [after, signed] = [header.firstEntry - 1n, header.firstEntry - 1n]
  for (;;) {
    const rows = await db().auditEntry.findMany({ where: { entry: { gt: after, lte: header.lastEntry } }, orderBy: { entry: 'asc' }, take: PAGE_ROWS, select: { entry: true, previousHash: true, hash: true, canonical: true } })
    const last = rows.at(-1)
    const to = last && last.entry < header.lastEntry ? last.entry : signedUpTo
    const checkpoints = await checkpointLines(signed, to < signedUpTo ? to : signedUpTo, publicKey)
    signed = (last?.entry ?? signed) + 1n
    // Retention may remove what is not written yet. A log that begins later now cannot be told from a damaged one.
    if (rows[0] && rows[0].entry > after + 1n && ((await firstEntry()) ?? 0n) > after + 1n) throw new AppError('unavailable', 'Old entries were removed while this file was written.', { nextStep: 'Export again.' })
    yield merge(rows.map((row) => ({ entry: row.entry, text: line({ entry: Number(row.entry), previousHash: row.previousHash, hash: row.hash, canonical: row.canonical }) })), checkpoints)
    if (!last || last.entry === header.lastEntry) return
    after = last.entry
  }
}

type Line = { entry: bigint; text: string }

/** Each checkpoint right after the entry that it names. */
function merge(entries: readonly Line[], checkpoints: readonly Line[]): string {
  // Sorting is stable: an entry stays before the checkpoint of the same number.
  return [...entries, ...checkpoints].sort((a, b) => (a.entry < b.entry ? -1 : a.entry > b.entry ? 1 : 0)).map(({ text }) => text).join('')
}

/**
 * The whole log as docs/audit-format.md describes it, up to an entry that is named when the export has its own. Refused
 * to who does not see all customers, and with a filter: a part cannot be verified.
 */
export async function chainToExport(actor: Actor, filter: AuditFilter): Promise<(upTo: bigint) => AsyncGenerator<string>> {
  authorise(actor, 'audit:read', { customerId: null })
  const [condition] = Object.keys(filter)
  if (condition !== undefined) throw new AppError('invalid-input', 'The chain is exported whole.', { nextStep: 'Leave the conditions out, or choose CSV or JSON.', issues: [{ field: condition, message: 'This cannot go with the format chain.' }] })
  // Asked before the export has its entry: a checkpoint of a later one means that the end was cut off.
  const newest = await db().auditCheckpoint.findFirst({ orderBy: { entry: 'desc' }, select: { entry: true } })
  const madeAt = new Date()
  return (upTo) => chainLines(upTo, newest?.entry ?? null, madeAt)
}
