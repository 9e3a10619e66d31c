// A stored backup without a firewall that gave it, for tests that need one to be there.
import { createHash } from 'node:crypto'
import { pieceNamer, sealPiece } from '@/lib/backups/vault'
import { TREE_FORMAT } from '@/lib/configuration/tree'
import { db } from '@/lib/db/client'

export const CONFIGURATION = '<?xml version="1.0"?>\n<opnsense>\n  <system>\n    <hostname>edge</hostname>\n  </system>\n</opnsense>\n'

/** Not parsed: it is there to be listed and downloaded. */
export async function aBackup(firewallId: string, text = CONFIGURATION, takenAt = new Date()): Promise<string> {
  const plain = Buffer.from(text)
  const piece = (await pieceNamer(firewallId))('raw', plain)
  await db().backupChunk.createMany({ data: [{ firewallId, id: piece.id, kind: 'raw', plainBytes: plain.length, chunkSealed: new Uint8Array(await sealPiece(piece, firewallId)) }], skipDuplicates: true })
  const content = { firewallId, sha256: createHash('sha256').update(plain).digest('hex'), bytes: plain.length, format: 'xml', createdAt: takenAt, rawChunks: [piece.id], treeFormat: TREE_FORMAT }
  const { id: contentId } = await db().backupContent.upsert({ where: { firewallId_sha256: { firewallId, sha256: content.sha256 } }, create: content, update: {} })
  const { id } = await db().backup.create({ data: { firewallId, contentId, takenAt, seenAt: takenAt, reason: 'by-hand', actor: { kind: 'operator', id: null, name: 'somebody' } } })
  return id
}
