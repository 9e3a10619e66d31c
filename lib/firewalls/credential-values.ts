import type { Credential } from '@/lib/adapters/adapter'
import { Secret } from '@/lib/core/secret'
import type { CredentialInput } from './input'
import { credential as credentialSchema } from './input'

/** Wraps what a person entered, so that nothing below can print it. */
export function toCredential(input: CredentialInput): Credential {
  switch (input.method) {
    case 'key-secret':
      return { method: input.method, key: new Secret(input.key), secret: new Secret(input.secret) }
    case 'basic':
    case 'jwt':
      return { method: input.method, username: new Secret(input.username), password: new Secret(input.password) }
    case 'token':
      return { method: input.method, clientId: new Secret(input.clientId), clientToken: new Secret(input.clientToken) }
    case 'api-key':
      return { method: input.method, key: new Secret(input.key) }
  }
}

/** The text that is sealed. Only lib/firewalls/vault.ts calls this. */
export function credentialText(credential: Credential): Secret {
  const values = Object.entries(credential).map(([name, value]) => [name, value instanceof Secret ? value.reveal() : value])
  return new Secret(JSON.stringify(Object.fromEntries(values)))
}

/** The other way round; throws when the text is not one of ours. */
export const credentialFromText = (text: Secret): Credential => toCredential(credentialSchema.parse(JSON.parse(text.reveal())))
