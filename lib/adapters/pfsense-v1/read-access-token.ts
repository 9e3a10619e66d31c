// POST /api/v1/access_token: a JWT in `jwt` mode, a *new permanent pair at each call* in `token` mode (contract section 3).
import { z } from 'zod'
import type { Credential, IssuedToken } from '@/lib/adapters/adapter'
import { firewallError } from '@/lib/core/errors'
import { Secret } from '@/lib/core/secret'

export const ACCESS_TOKEN = { path: '/api/v1/access_token', privilege: '', callClass: 'read', lease: 'authentication' } as const

export type TokenPair = Extract<Credential, { method: 'token' }>
export type AccessToken = { kind: 'jwt'; issued: IssuedToken } | { kind: 'pair'; pair: TokenPair }

const accessTokenReply = z.union([z.object({ token: z.string().min(1) }), z.object({ 'client-id': z.string().min(1), 'client-token': z.string().min(1) })])
const claims = z.object({ exp: z.number(), nbf: z.number().optional(), iat: z.number().optional() })

/** The shortest lifetime that the package can be set to; assumed when the token does not tell. */
const SHORTEST_LIFETIME_SECONDS = 300

/** Reads `data` of the reply. Throws firewall-reply-not-understood. */
export function toAccessToken(data: unknown, now: Date): AccessToken {
  const parsed = accessTokenReply.safeParse(data)
  if (!parsed.success) throw firewallError('firewall-reply-not-understood', { details: { path: ACCESS_TOKEN.path } })
  if ('token' in parsed.data) {
    const token = parsed.data.token
    return { kind: 'jwt', issued: { token: new Secret(token), expiresAt: new Date(now.getTime() + lifetimeSeconds(token) * 1000) } }
  }
  const { 'client-id': clientId, 'client-token': clientToken } = parsed.data
  return { kind: 'pair', pair: { method: 'token', clientId: new Secret(clientId), clientToken: new Secret(clientToken) } }
}

/** Lifetime by the token's own two times, so that a firewall whose clock is wrong does not shorten or lengthen it. */
function lifetimeSeconds(token: string): number {
  const payload = token.split('.')[1] ?? ''
  try {
    const { exp, nbf, iat } = claims.parse(JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')))
    const from = nbf ?? iat
    const seconds = from === undefined ? SHORTEST_LIFETIME_SECONDS : exp - from
    return Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds, 86_400) : SHORTEST_LIFETIME_SECONDS
  } catch {
    return SHORTEST_LIFETIME_SECONDS
  }
}
