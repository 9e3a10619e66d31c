import 'server-only'
import type { Family } from '@/lib/adapters/model'
import { AppError } from '@/lib/core/errors'
import { parseConfiguration } from '@/lib/configuration/parse-on-thread'
import { TREE_FORMAT } from '@/lib/configuration/tree'
import { cutIntoChunks } from './chunks'
import type { StoredSection } from './contents'
import { sha256Of } from './sha256'
import { markKey, pieceNamer, sectionDigester, type Piece } from './vault'

/** A configuration that is ready to be stored. Nothing of it is in the database yet. */
export type PreparedContent = {
  sha256: string
  bytes: number
  format: 'xml' | 'json'
  pieces: readonly Piece[]
  rawChunks: readonly string[]
  sections: readonly StoredSection[] | null
  itemCount: number | null
  parseMs: number | null
  parseError: string | null
  /** 0 = a fault of ours kept it from being parsed, so it is tried again before it is compared. */
  treeFormat: number
}

type Parsed = Pick<PreparedContent, 'sections' | 'itemCount' | 'parseMs' | 'parseError' | 'treeFormat'> & { pieces: readonly Piece[] }

/** What cannot be parsed is kept all the same: it may be exactly what somebody needs back. */
async function parsed(firewallId: string, bytes: Buffer, options: { family: Family; format: 'xml' | 'json'; signal: AbortSignal }): Promise<Parsed> {
  try {
    const [key, name, digest] = await Promise.all([markKey(), pieceNamer(firewallId), sectionDigester()])
    const { sections, itemCount, parseMs } = await parseConfiguration(bytes, { ...options, markKey: key })
    const pieces = sections.map((section) => cutIntoChunks(Buffer.from(section.bytes)).map((plain) => name('tree', plain)))
    return {
      pieces: pieces.flat(),
      sections: sections.map((section, index) => ({ name: section.name, digest: digest(section.bytes), items: section.itemCount, chunks: (pieces[index] ?? []).map(({ id }) => id) })),
      itemCount,
      parseMs: Math.round(parseMs),
      parseError: null,
      treeFormat: TREE_FORMAT,
    }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    options.signal.throwIfAborted()
    return { pieces: [], sections: null, itemCount: null, parseMs: null, parseError: error.message, treeFormat: error.code === 'firewall-reply-not-understood' ? TREE_FORMAT : 0 }
  }
}

/** Cuts, names, parses and masks a configuration: the work that needs no database. */
export async function prepareContent(firewallId: string, bytes: Buffer, options: { family: Family; format: 'xml' | 'json'; signal: AbortSignal }): Promise<PreparedContent> {
  const name = await pieceNamer(firewallId)
  const raw = cutIntoChunks(bytes).map((plain) => name('raw', plain))
  const { pieces, ...told } = await parsed(firewallId, bytes, options)
  return { sha256: sha256Of(bytes), bytes: bytes.length, format: options.format, pieces: [...raw, ...pieces], rawChunks: raw.map(({ id }) => id), ...told }
}
