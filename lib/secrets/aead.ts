import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

const ALGORITHM = 'aes-256-gcm'
const IV_BYTES = 12
// Given on both sides: without it, Node accepts a tag that was cut to four bytes.
const TAG_BYTES = 16

/** AES-256-GCM under a fresh random nonce, as nonce (12 bytes), tag (16 bytes) and body. `context` is bound, not stored. */
export function encryptBytes(plain: Buffer, key: Buffer, context: string): Buffer {
  const iv = randomBytes(IV_BYTES)
  const cipher = createCipheriv(ALGORITHM, key, iv, { authTagLength: TAG_BYTES }).setAAD(Buffer.from(context))
  const body = Buffer.concat([cipher.update(plain), cipher.final()])
  return Buffer.concat([iv, cipher.getAuthTag(), body])
}

/** null when a single bit, the key or the context is another than at encryption. */
export function decryptBytes(sealed: Buffer, key: Buffer, context: string): Buffer | null {
  if (sealed.length < IV_BYTES + TAG_BYTES) return null
  const [iv, tag, body] = [sealed.subarray(0, IV_BYTES), sealed.subarray(IV_BYTES, IV_BYTES + TAG_BYTES), sealed.subarray(IV_BYTES + TAG_BYTES)]
  try {
    const decipher = createDecipheriv(ALGORITHM, key, iv, { authTagLength: TAG_BYTES }).setAAD(Buffer.from(context)).setAuthTag(tag)
    return Buffer.concat([decipher.update(body), decipher.final()])
  } catch {
    return null
  }
}

/** The same as text: `<iv>.<tag>.<body>` in base64url. */
export function encrypt(plain: Buffer, key: Buffer, context: string): string {
  const sealed = encryptBytes(plain, key, context)
  return [sealed.subarray(0, IV_BYTES), sealed.subarray(IV_BYTES, IV_BYTES + TAG_BYTES), sealed.subarray(IV_BYTES + TAG_BYTES)].map((part) => part.toString('base64url')).join('.')
}

/** null when a single bit, the key or the context is another than at encryption. */
export function decrypt(text: string, key: Buffer, context: string): Buffer | null {
  const parts = text.split('.').map((part) => Buffer.from(part, 'base64url'))
  const [iv, tag, body] = parts
  // Base64 has spellings with the same bytes; only the one that was written counts.
  if (parts.map((part) => part.toString('base64url')).join('.') !== text) return null
  if (parts.length !== 3 || iv?.length !== IV_BYTES || tag?.length !== TAG_BYTES || body === undefined) return null
  return decryptBytes(Buffer.concat([iv, tag, body]), key, context)
}
