// How an operator's credential becomes exactly one Authorization header.
// A v1 firewall takes one authentication mode at a time and its 401 never says which (contract section 3).
import type { Credential, CredentialMethod } from '@/lib/adapters/adapter'
import { AppError } from '@/lib/core/errors'
import type { Secret } from '@/lib/core/secret'

const USER_FIELDS = [
  { name: 'username', label: 'User name', help: 'A user of the local database. LDAP and RADIUS accounts are refused by the API package.', secret: false },
  { name: 'password', label: 'Password', help: 'The password of that user.', secret: true },
] as const

const MADE_BY_USER = 'Make a user for Palisade alone under System, User Manager, in a group of its own with just the privileges listed in the test.'

export const credentialMethods: readonly CredentialMethod[] = [
  {
    method: 'basic',
    label: 'User and password (local database)',
    whereMade: `${MADE_BY_USER} The API must be in the mode Local Database under System, API.`,
    fields: USER_FIELDS,
  },
  {
    method: 'jwt',
    label: 'User and password for short tokens (JWT)',
    whereMade: `${MADE_BY_USER} The API must be in the mode JWT under System, API. Palisade fetches a token and renews it before it ends.`,
    fields: USER_FIELDS,
  },
  {
    method: 'token',
    label: 'API token',
    whereMade:
      'Sign in as a user made for Palisade alone and generate a token under System, API, API Tokens (mode API Token). It is shown once, in the banner; the list shows only a shortened hash.',
    fields: [
      { name: 'clientId', label: 'Client ID', help: 'The hexadecimal client ID from the banner.', secret: false },
      { name: 'clientToken', label: 'Client token', help: 'The whole token from the banner, not the shortened hash of the list.', secret: true },
    ],
  },
]

/** Printable ASCII without spaces: what may stand in a header next to one separating space. */
const HEADER_WORD = /^[\x21-\x7e]+$/

export function basicHeader(username: Secret, password: Secret): string {
  const name = username.reveal()
  if (name.includes(':')) {
    throw new AppError('invalid-input', 'The user name must not contain a colon.', {
      issues: [{ field: 'credential.username', message: 'Must not contain a colon.' }],
    })
  }
  return `Basic ${Buffer.from(`${name}:${password.reveal()}`, 'utf8').toString('base64')}`
}

/** `Authorization: <id> <token>` without a scheme word (contract section 3, token mode). */
export function tokenHeader(clientId: Secret, clientToken: Secret): string {
  for (const [field, value] of [
    ['credential.clientId', clientId],
    ['credential.clientToken', clientToken],
  ] as const) {
    if (HEADER_WORD.test(value.reveal())) continue
    throw new AppError('invalid-input', 'The client ID and the token must be printable characters without spaces.', {
      issues: [{ field, message: 'Must be printable characters without spaces.' }],
    })
  }
  return `${clientId.reveal()} ${clientToken.reveal()}`
}

/** The user a credential belongs to: a token's client ID is the hexadecimal of the user name. Null when it cannot be told. */
export function userOf(credential: Credential): string | null {
  if (credential.method === 'basic' || credential.method === 'jwt') return credential.username.reveal()
  if (credential.method === 'token') return Buffer.from(credential.clientId.reveal(), 'hex').toString('utf8') || null
  return null
}

export function unsupportedMethod(): AppError {
  return new AppError('invalid-input', 'The pfSense API v1 takes a user and password, a JWT or an API token.', {
    issues: [{ field: 'credential.method', message: 'Must be basic, jwt or token.' }],
  })
}
