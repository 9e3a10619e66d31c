import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

const ALGORITHM = 'aes-256-gcm'
const IV_BYTES = 12
// Given on both sides: without it, Node accepts a tag that was cut to four bytes.
const TAG_BYTES = 16

/** AES-256-GCM under a fresh random nonce, as `<iv>.<tag>.<body>` in base64url. `context` is bound, not stored. */
export function encrypt(plain: Buffer, key: Buffer, context: string): string {
  const iv = randomBytes(IV_BYTES)
  const cipher = createCipheriv(ALGORITHM, key, iv, { authTagLength: TAG_BYTES }).setAAD(Buffer.from(context))
  const body = Buffer.concat([cipher.update(plain), cipher.final()])
  return [iv, cipher.getAuthTag(), body].map((part) => part.toString('base64url')).join('.')
}

/** null when a single bit, the key or the context is another than at encryption. */
export function decrypt(text: string, key: Buffer, context: string): Buffer | null {
  const parts = text.split('.').map((part) => Buffer.from(part, 'base64url'))
  const [iv, tag, body] = parts
  // Base64 has spellings with the same bytes; only the one that was written counts.
  if (parts.map((part) => part.toString('base64url')).join('.') !== text) return null
  if (parts.length !== 3 || iv?.length !== IV_BYTES || tag?.length !== TAG_BYTES || body === undefined) return null
  try {
    const decipher = createDecipheriv(ALGORITHM, key, iv, { authTagLength: TAG_BYTES }).setAAD(Buffer.from(context)).setAuthTag(tag)
    return Buffer.concat([decipher.update(body), decipher.final()])
  } catch {
    return null
  }
}
