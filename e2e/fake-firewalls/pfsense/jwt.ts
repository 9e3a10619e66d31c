// HS256 tokens as both pfSense packages issue them.
import { createHmac } from 'node:crypto'
import { objectOf, textOf, tryParseJson } from '../json'

const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
const signature = (text: string, key: Buffer) => createHmac('sha256', key).update(text).digest('base64url')

/** Valid from now for `lifetimeSeconds`; `data` is the user name. */
export function issueJwt(key: Buffer, hostname: string, user: string, nowMs: number, lifetimeSeconds: number): string {
  const now = Math.floor(nowMs / 1000)
  const claims = { iss: hostname, aud: hostname, exp: now + lifetimeSeconds, nbf: now, data: user }
  const text = `${encode({ typ: 'JWT', alg: 'HS256' })}.${encode(claims)}`
  return `${text}.${signature(text, key)}`
}

/** The user's name, or null for a token that is not ours, expired, or from the future (clocks that jumped). */
export function userOfJwt(token: string, key: Buffer, nowMs: number): string | null {
  const [head, body, seal] = token.split('.')
  if (head === undefined || body === undefined || seal !== signature(`${head}.${body}`, key)) return null
  const claims = objectOf(tryParseJson(Buffer.from(body, 'base64url').toString('utf8')))
  const now = nowMs / 1000
  if (Number(claims['nbf']) > now || Number(claims['exp']) <= now) return null
  return textOf(claims['data'])
}
