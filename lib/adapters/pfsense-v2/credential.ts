import type { Credential, CredentialMethod, IssuedToken } from '@/lib/adapters/adapter'
import { AppError, firewallError } from '@/lib/core/errors'
import { Secret } from '@/lib/core/secret'

const ONE_FOR_PALISADE = 'Make a local user for Palisade alone, so that it can be withdrawn alone; LDAP and RADIUS users are refused by the API.'
const PASSWORD_FIELDS = [
  { name: 'username', label: 'User name', help: 'A local user of the firewall, not one from LDAP or RADIUS.', secret: false },
  { name: 'password', label: 'Password', help: 'The password of that user.', secret: true },
] as const

export const credentialMethods: readonly CredentialMethod[] = [
  {
    method: 'api-key',
    label: 'API key',
    whereMade:
      'System › REST API › Keys, signed in as the user that Palisade shall act as; the key has that user’s privileges. It is shown once. Key authentication has to be on under System › REST API › Settings. Make one key for Palisade alone.',
    fields: [{ name: 'key', label: 'API key', help: 'The long hexadecimal text that was shown once.', secret: true }],
  },
  {
    method: 'jwt',
    label: 'User and password, exchanged for tokens',
    whereMade: `System › User Manager. ${ONE_FOR_PALISADE} JWT authentication has to be on under System › REST API › Settings, and the user needs api-v2-auth-jwt-post. Read-only mode refuses tokens.`,
    fields: PASSWORD_FIELDS,
  },
  {
    method: 'basic',
    label: 'User and password with every call',
    whereMade: `System › User Manager. ${ONE_FOR_PALISADE} It works as installed; an API key is the better choice, because it opens nothing but the API.`,
    fields: PASSWORD_FIELDS,
  },
]

const invalid = (field: string, message: string): AppError => new AppError('invalid-input', message, { issues: [{ field: `credential.${field}`, message }] })

/**
 * Basic authentication. What the firewall can only refuse (an empty part, a colon in the name) is invalid-input here
 * instead of a wasted failed sign-in (contract section 3).
 */
export function basicHeader(username: Secret, password: Secret): string {
  const name = username.reveal()
  if (name === '' || /[:\u0000-\u001f\u007f]/.test(name)) throw invalid('username', 'Enter the user name; it cannot hold a colon.')
  if (password.reveal() === '') throw invalid('password', 'Enter the password.')
  return `Basic ${Buffer.from(`${name}:${password.reveal()}`, 'utf8').toString('base64')}`
}

/** Exactly one header: with two, the first enabled method decides and its failure is final (contract section 3). */
export function keyHeaders(key: Secret): Record<string, string> {
  const value = key.reveal().trim()
  if (!/^[\x21-\x7e]+$/.test(value)) throw invalid('key', 'Enter the API key alone, without blanks or line breaks.')
  return { 'X-API-Key': value }
}

export const unsupportedMethod = (credential: Credential): AppError =>
  new AppError('invalid-input', 'This family signs in with an API key, with a user and password, or with tokens.', {
    issues: [{ field: 'credential.method', message: `The method ${credential.method} is not one of this family.` }],
  })

const LIFETIME_MAX_SECONDS = 86_400

/**
 * The expiry stands only in the token (`exp`, seconds). The firewall's clock may differ from ours, so the span between
 * `nbf` (the moment of issue) and `exp` is counted from `askedAt`; without `nbf`, `exp` is taken as it is.
 */
export function toIssuedToken(token: string, askedAt: Date): IssuedToken {
  const claims = readClaims(token)
  if (claims === null) throw firewallError('firewall-reply-not-understood', { message: 'The firewall sent something that is not a token.' })
  const askedSeconds = askedAt.getTime() / 1000
  const lifetimeSeconds = Math.min(claims.exp - (claims.nbf ?? askedSeconds), LIFETIME_MAX_SECONDS)
  if (!(lifetimeSeconds > 0))
    throw firewallError('firewall-reply-not-understood', {
      message: 'The firewall sent a token that has already expired.',
      details: { nextStep: 'Compare the clock of the firewall with that of Palisade.' },
    })
  return { token: new Secret(token), expiresAt: new Date(askedAt.getTime() + Math.floor(lifetimeSeconds * 1000)) }
}

function readClaims(token: string): { exp: number; nbf: number | null } | null {
  const match = /^[\w-]+\.([\w-]+)\.[\w-]+$/.exec(token)
  if (match === null || token.length > 8192) return null
  try {
    const claims: unknown = JSON.parse(Buffer.from(match[1] ?? '', 'base64url').toString('utf8'))
    if (typeof claims !== 'object' || claims === null) return null
    const { exp, nbf }: { exp?: unknown; nbf?: unknown } = claims
    if (typeof exp !== 'number' || !Number.isFinite(exp)) return null
    return { exp, nbf: typeof nbf === 'number' && Number.isFinite(nbf) ? nbf : null }
  } catch {
    return null
  }
}
