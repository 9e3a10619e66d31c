import { AppError } from '@/lib/core/errors'
import { Secret } from '@/lib/core/secret'
import { decrypt, decryptBytes, encrypt, encryptBytes } from './aead'
import type { DataKey } from './key-bytes'

/** Whose secret it is. `owner` is a firewall's id or 'installation'; `origin` where it may be sent, so that a changed address cannot open it. */
export type SealOwner = { owner: string; origin: string; field: string }

const VERSION = 'v1'

/** JSON of an array: no two different owners give the same text. */
const contextOf = ({ owner, origin, field }: SealOwner, keyId: string): string => JSON.stringify(['palisade sealed', VERSION, owner, origin, field, keyId])

/** Seals a secret as `v1.<keyId>.<iv>.<tag>.<body>`, bound to its owner, origin, field and key (product.md decision 8). */
export function seal(secret: Secret, key: DataKey, owner: SealOwner): string {
  return `${VERSION}.${key.id}.${encrypt(Buffer.from(secret.reveal(), 'utf8'), key.reveal(), contextOf(owner, key.id))}`
}

/** Opens what `seal` made for exactly this owner. Throws AppError internal with a sentence that holds nothing of the secret. */
export function openSealed(sealed: string, key: DataKey, owner: SealOwner): Secret {
  const [version, keyId = '', ...rest] = sealed.split('.')
  const isOurs = version === VERSION && keyId === key.id
  const plain = isOurs ? decrypt(rest.join('.'), key.reveal(), contextOf(owner, keyId)) : null
  if (plain) return new Secret(plain.toString('utf8'))
  throw new AppError('internal', version === VERSION && keyId !== key.id ? 'A stored secret was sealed with another data key.' : 'A stored secret cannot be opened: it was changed in the database, or belongs to another firewall or address.', {
    nextStep: 'Enter the credential again.',
  })
}

/** First byte of what `sealBytes` makes; then the length of the key's id, the id, and what the cipher made. */
const BYTES_VERSION = 1

/** Seals bytes that would be too many as text. The owner's field says what they are. */
export function sealBytes(plain: Buffer, key: DataKey, owner: SealOwner): Buffer {
  const keyId = Buffer.from(key.id)
  return Buffer.concat([Buffer.from([BYTES_VERSION, keyId.length]), keyId, encryptBytes(plain, key.reveal(), contextOf(owner, key.id))])
}

/** Opens what `sealBytes` made for exactly this owner; null when it was changed, or belongs to another owner or key. */
export function openSealedBytes(sealed: Uint8Array, key: DataKey, owner: SealOwner): Buffer | null {
  const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength)
  const end = 2 + (bytes[1] ?? 0)
  if (bytes[0] !== BYTES_VERSION || bytes.subarray(2, end).toString() !== key.id) return null
  return decryptBytes(bytes.subarray(end), key.reveal(), contextOf(owner, key.id))
}
