import 'server-only'
// The one module that opens and seals configurations.
import { createHmac, hkdfSync } from 'node:crypto'
import { promisify } from 'node:util'
import { deflateRaw, inflateRaw } from 'node:zlib'
import { AppError } from '@/lib/core/errors'
import { installationKeys } from '@/lib/installation/keys'
import { openSealedBytes, sealBytes, type SealOwner } from '@/lib/secrets/seal'

const KEY_BYTES = 32
/** 144 bits: enough that two pieces of one firewall never share a name, and short because names are most of a row. */
const ID_BYTES = 18

export type ChunkKind = 'raw' | 'tree'
/** A piece before it is stored. */
export type Piece = { id: string; kind: ChunkKind; plain: Buffer }

const pack = promisify(deflateRaw)
const unpack: (packed: Buffer, options: { maxOutputLength: number }) => Promise<Buffer> = promisify(inflateRaw)

/** Another key for each purpose, so that none of them says anything about the others. */
async function keyFor(purpose: string, salt: string): Promise<Buffer> {
  const { dataKey } = await installationKeys()
  return Buffer.from(hkdfSync('sha256', dataKey.reveal(), salt, `palisade ${purpose}`, KEY_BYTES))
}

/** Of the marks that stand for secrets; the same for the whole installation, so that two firewalls can be compared. */
export const markKey = (): Promise<Buffer> => keyFor('configuration marks', 'installation')

/** Names pieces of one firewall. Nobody without the key can tell whether a piece holds what they guess, nor whether two firewalls share one. */
export async function pieceNamer(firewallId: string): Promise<(kind: ChunkKind, plain: Buffer) => Piece> {
  const key = await keyFor('backup pieces', firewallId)
  return (kind, plain) => ({ id: createHmac('sha256', key).update(`${kind}\n`).update(plain).digest().subarray(0, ID_BYTES).toString('base64url'), kind, plain })
}

/** A keyed hash of a masked section; equal sections of two firewalls have the same. */
export async function sectionDigester(): Promise<(bytes: Uint8Array) => string> {
  const key = await keyFor('configuration sections', 'installation')
  return (bytes) => createHmac('sha256', key).update(bytes).digest().subarray(0, ID_BYTES).toString('base64url')
}

/** Bound to firewall and piece: a row is worthless under another firewall or another name. */
const owner = (firewallId: string, id: string): SealOwner => ({ owner: firewallId, origin: 'backup', field: id })

/** Compressed and sealed. */
export async function sealPiece({ id, plain }: Piece, firewallId: string): Promise<Buffer> {
  const { dataKey } = await installationKeys()
  return sealBytes(await pack(plain), dataKey, owner(firewallId, id))
}

/** Throws internal when the row was changed, or belongs to another firewall or piece. */
export async function openPiece(sealed: Uint8Array, { firewallId, id, plainBytes }: { firewallId: string; id: string; plainBytes: number }): Promise<Buffer> {
  const { dataKey } = await installationKeys()
  const packed = openSealedBytes(sealed, dataKey, owner(firewallId, id))
  if (!packed) throw damaged()
  const plain = await unpack(packed, { maxOutputLength: Math.max(plainBytes, 1) }).catch(() => null)
  if (plain?.length !== plainBytes) throw damaged()
  return plain
}

export const damaged = (): AppError =>
  new AppError('internal', 'A stored configuration cannot be opened: it was changed in the database, or belongs to another firewall.', { nextStep: 'Take a new backup. An admin restores the old ones from a backup of Palisade.' })
