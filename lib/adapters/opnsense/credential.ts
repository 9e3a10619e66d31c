import type { Credential, CredentialMethod } from '@/lib/adapters/adapter'
import { AppError } from '@/lib/core/errors'

export const credentialMethods: readonly CredentialMethod[] = [
  {
    method: 'key-secret',
    label: 'API key and secret',
    whereMade:
      'System › Access › Users: open the user and press + at API keys. The firewall downloads a text file with key and secret once and cannot show the secret again. Make one key for Palisade alone.',
    fields: [
      { name: 'key', label: 'Key', help: 'The line that begins with key= in the downloaded file.', secret: true },
      { name: 'secret', label: 'Secret', help: 'The line that begins with secret= in the downloaded file.', secret: true },
    ],
  },
]

/**
 * Basic authentication with key and secret, the only method of this API (section 1.1). A colon would be cut by the
 * firewall, which splits the decoded text at every colon: invalid-input instead of a wasted failed sign-in.
 */
export function authorizationHeader(credential: Credential): string {
  if (credential.method !== 'key-secret') {
    throw new AppError('invalid-input', 'This family signs in with a key and a secret.', {
      issues: [{ field: 'credential.method', message: 'Choose key-secret.' }],
    })
  }
  const key = credential.key.reveal().trim()
  const secret = credential.secret.reveal().trim()
  for (const [field, value] of [
    ['key', key],
    ['secret', secret],
  ] as const) {
    if (!/^[\x21-\x39\x3b-\x7e]+$/.test(value)) {
      const message = 'It holds a blank, a colon or a sign that no key of this firewall has. Copy the part after the first = again.'
      throw new AppError('invalid-input', `The ${field} is not one that this firewall makes.`, { issues: [{ field: `credential.${field}`, message }] })
    }
  }
  return `Basic ${Buffer.from(`${key}:${secret}`, 'utf8').toString('base64')}`
}
