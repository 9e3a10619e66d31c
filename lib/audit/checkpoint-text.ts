import 'server-only'
import { verify, type KeyObject } from 'node:crypto'
import { canonicalJson } from '@/lib/core/canonical-json'
import type { Checkpoint } from '@/lib/db/audit-chain'

/** What a checkpoint signs: the hash of an entry, and when it was signed (ISO 8601 in UTC, milliseconds). */
export const checkpointText = (entry: number, hash: string, at: string): string => canonicalJson({ at, entry, hash })

/** A checkpoint as a line of the checkpoint file and of the chain export. `publicKey` is base64 of the DER bytes. */
export const checkpointLine = ({ at, entry, hash, signature }: Checkpoint, publicKey: string): string => `${canonicalJson({ at, entry, hash, publicKey, signature })}\n`

/** Whether the signature of a checkpoint is right under a public key. */
export function isSigned(key: KeyObject, { entry, hash, at, signature }: Checkpoint): boolean {
  const bytes = Buffer.from(signature, 'base64')
  // Buffer reads over what is no base64, so the text is held against what it should be.
  return bytes.toString('base64') === signature && verify(null, Buffer.from(checkpointText(entry, hash, at)), key, bytes)
}
