import 'server-only'
import { z } from 'zod'
import { db, type Tx } from '@/lib/db/client'
import { damaged, openPiece } from './vault'
import { sha256Of } from './sha256'

const storedSection = z.object({ name: z.string(), digest: z.string(), items: z.number(), chunks: z.array(z.string()) })

/** A section of the masked tree as it is stored: equal sections of one firewall have equal pieces. */
export type StoredSection = {
  name: string
  /** Keyed hash of the masked section; equal on two firewalls where the section is equal. */
  digest: string
  items: number
  chunks: readonly string[]
}
export type StoredContent = {
  id: string
  firewallId: string
  sha256: string
  bytes: number
  format: 'xml' | 'json'
  rawChunks: readonly string[]
  /** null = it could not be parsed; `parseError` says why. */
  sections: readonly StoredSection[] | null
  itemCount: number | null
  parseError: string | null
  /** TREE_FORMAT when `sections` was made. */
  treeFormat: number
}

/** The content of a backup, without its bytes; null when there is none. Its caller has authorised backup:read for the firewall. */
export async function contentOfBackup(backupId: string, tx: Tx = db()): Promise<StoredContent | null> {
  const row = await tx.backup.findUnique({ where: { id: backupId }, select: { content: true } })
  if (!row) return null
  const { id, firewallId, sha256, bytes, format, rawChunks, sections, itemCount, parseError, treeFormat } = row.content
  const parsed = z.array(storedSection).nullable().safeParse(sections)
  if (!parsed.success) throw damaged()
  return { id, firewallId, sha256, bytes, format: format === 'json' ? 'json' : 'xml', rawChunks, sections: parsed.data, itemCount, parseError, treeFormat }
}

/** Pieces by their names, opened. Throws internal when one is missing or was changed. */
async function openPieces(firewallId: string, ids: readonly string[], tx: Tx): Promise<(id: string) => Buffer> {
  const rows = await tx.backupChunk.findMany({ where: { firewallId, id: { in: [...new Set(ids)] } } })
  const opened = new Map(await Promise.all(rows.map(async ({ id, chunkSealed, plainBytes }) => [id, await openPiece(chunkSealed, { firewallId, id, plainBytes })] as const)))
  return (id) => {
    const plain = opened.get(id)
    if (!plain) throw damaged()
    return plain
  }
}

/** The bytes as the firewall gave them. Throws internal when a piece is missing or changed, or the whole has another SHA-256. */
export async function readContentBytes({ firewallId, rawChunks, sha256 }: StoredContent, tx: Tx = db()): Promise<Buffer> {
  const piece = await openPieces(firewallId, rawChunks, tx)
  const whole = Buffer.concat(rawChunks.map(piece))
  if (sha256Of(whole) !== sha256) throw damaged()
  return whole
}

/** JSON values of the named sections of the masked tree, in no order; a name that is not there is left out. */
export async function readSections({ firewallId, sections }: StoredContent, names: readonly string[], tx: Tx = db()): Promise<Map<string, unknown>> {
  const wanted = (sections ?? []).filter(({ name }) => names.includes(name))
  const piece = await openPieces(firewallId, wanted.flatMap(({ chunks }) => chunks), tx)
  return new Map(wanted.map(({ name, chunks }): [string, unknown] => [name, JSON.parse(Buffer.concat(chunks.map(piece)).toString('utf8'))]))
}
