import 'server-only'
import { lockBackups, removeUnnamedPieces, storedPieces } from '@/lib/db/backups-sql'
import type { Tx } from '@/lib/db/client'
import { Prisma } from '@/lib/db/generated/client'
import { settleDrift } from '@/lib/drift/settle'
import type { PreparedContent } from './prepare'
import { pruneBackups } from './retention'
import type { BackupReason } from './states'
import { openPiece, sealPiece } from './vault'

export type BackupFacts = {
  takenAt: Date
  reason: BackupReason
  actor: Prisma.InputJsonObject
  revision: string | null
  revisedAt: Date | null
  revisedBy: string | null
  revisionNote: string | null
  version: string | null
}

type Whole = { there: Set<string>; damaged: Set<string> }

/** Which pieces are there. One that does not open any more is not: with what was fetched now it is made whole again. */
async function lookAtPieces(tx: Tx, firewallId: string, ids: readonly string[]): Promise<Whole> {
  const stored = await storedPieces(tx, firewallId, ids)
  const opens = await Promise.all(stored.map(({ id, plainBytes, chunkSealed }) => openPiece(chunkSealed, { firewallId, id, plainBytes }).then(() => true, () => false)))
  return { there: new Set(stored.map(({ id }) => id)), damaged: new Set(stored.filter((_, at) => !opens[at]).map(({ id }) => id)) }
}

/** In the order of their names, so that two transactions never wait for each other. `mendOnly`: writes none that is not there. */
async function storePieces(tx: Tx, firewallId: string, { pieces }: PreparedContent, mendOnly = false): Promise<void> {
  const byId = new Map(pieces.map((piece) => [piece.id, piece]))
  const { there, damaged } = await lookAtPieces(tx, firewallId, [...byId.keys()])
  if (damaged.size > 0) await tx.backupChunk.deleteMany({ where: { firewallId, id: { in: [...damaged] } } })
  const missing = [...byId.values()].filter(({ id }) => damaged.has(id) || (!mendOnly && !there.has(id))).sort((a, b) => (a.id < b.id ? -1 : 1))
  const data = await Promise.all(missing.map(async (piece) => ({ firewallId, id: piece.id, kind: piece.kind, plainBytes: piece.plain.length, chunkSealed: new Uint8Array(await sealPiece(piece, firewallId)) })))
  await tx.backupChunk.createMany({ data, skipDuplicates: true })
}

const treeColumns = ({ sections, itemCount, parseMs, parseError, treeFormat }: PreparedContent) => ({
  sections: sections === null ? Prisma.DbNull : sections.map((section) => ({ ...section, chunks: [...section.chunks] })),
  itemCount,
  parseMs,
  parseError,
  treeFormat,
})

/** Puts what a stored content tells now in the place of what it told, with its pieces. The transaction holds the firewall's lock. */
export async function renewTree(tx: Tx, { id, firewallId }: { id: string; firewallId: string }, prepared: PreparedContent): Promise<void> {
  await storePieces(tx, firewallId, prepared)
  await tx.backupContent.update({ where: { id }, data: treeColumns(prepared) })
  await removeUnnamedPieces(tx, firewallId)
}

async function contentIdOf(tx: Tx, firewallId: string, prepared: PreparedContent, createdAt: Date): Promise<string> {
  const { sha256, bytes, format, rawChunks } = prepared
  const known = await tx.backupContent.findUnique({ where: { firewallId_sha256: { firewallId, sha256 } }, select: { id: true, treeFormat: true } })
  // Of a content that could not be read when it was stored, or was read by older rules, what it tells now is stored.
  if (known && known.treeFormat < prepared.treeFormat) await renewTree(tx, { id: known.id, firewallId }, prepared)
  else await storePieces(tx, firewallId, prepared, known !== null)
  if (known) return known.id
  const { id } = await tx.backupContent.create({ data: { firewallId, sha256, bytes, format, createdAt, rawChunks: [...rawChunks], ...treeColumns(prepared) }, select: { id: true } })
  return id
}

/**
 * Stores a configuration as the newest backup of its firewall, or notes that the newest one still holds. Pieces that are
 * there already are not written again. What differs, whether the firewall drifted, and what is now too old to be kept, is
 * settled in the same transaction.
 */
export async function storeBackup(tx: Tx, firewallId: string, prepared: PreparedContent, facts: BackupFacts): Promise<{ backupId: string; isNew: boolean }> {
  await lockBackups(tx, firewallId)
  const keepForever = facts.reason === 'before-update'
  const newest = await tx.backup.findFirst({ where: { firewallId }, orderBy: [{ takenAt: 'desc' }, { id: 'desc' }], select: { id: true, content: { select: { sha256: true } } } })
  if (newest?.content.sha256 === prepared.sha256) {
    await contentIdOf(tx, firewallId, prepared, facts.takenAt)
    await tx.backup.update({ where: { id: newest.id }, data: { seenAt: facts.takenAt, ...(keepForever && { keepForever }) } })
    return { backupId: newest.id, isNew: false }
  }
  const contentId = await contentIdOf(tx, firewallId, prepared, facts.takenAt)
  const { id } = await tx.backup.create({ data: { ...facts, firewallId, contentId, seenAt: facts.takenAt, keepForever }, select: { id: true } })
  await settleDrift(tx, firewallId, id)
  await pruneBackups(tx, firewallId, facts.takenAt)
  return { backupId: id, isNew: true }
}
