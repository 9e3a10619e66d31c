import 'server-only'
// The one module that opens and seals credentials of firewalls.
import { createHmac } from 'node:crypto'
import type { Credential } from '@/lib/adapters/adapter'
import type { Secret } from '@/lib/core/secret'
import { installationKeys } from '@/lib/installation/keys'
import { openSealed, seal, type SealOwner } from '@/lib/secrets/seal'
import { credentialFromText, credentialText, toCredential } from './credential-values'
import { credential, type CredentialInput } from './input'

/** Bound to firewall, origin and field: a sealed text is worthless in another row and after a change of origin. */
const owner = (firewallId: string, origin: string, field: 'credential' | 'token' | 'exchanged' | 'enrolment'): SealOwner => ({ owner: firewallId, origin, field })

export async function sealCredential(credential: Credential, firewallId: string, origin: string): Promise<string> {
  return seal(credentialText(credential), (await installationKeys()).dataKey, owner(firewallId, origin, 'credential'))
}

export async function openCredential(sealed: string, firewallId: string, origin: string): Promise<Credential> {
  return credentialFromText(openSealed(sealed, (await installationKeys()).dataKey, owner(firewallId, origin, 'credential')))
}

export async function sealAccessToken(token: Secret, firewallId: string, origin: string): Promise<string> {
  return seal(token, (await installationKeys()).dataKey, owner(firewallId, origin, 'token'))
}

export async function openAccessToken(sealed: string, firewallId: string, origin: string): Promise<Secret> {
  return openSealed(sealed, (await installationKeys()).dataKey, owner(firewallId, origin, 'token'))
}

/** A pair that a firewall handed out during enrolment, before the firewall has a row of its own. */
export async function sealExchanged(credential: Credential, enrolmentId: string, origin: string): Promise<string> {
  return seal(credentialText(credential), (await installationKeys()).dataKey, owner(enrolmentId, origin, 'exchanged'))
}

export async function openExchanged(sealed: string, enrolmentId: string, origin: string): Promise<Credential> {
  return credentialFromText(openSealed(sealed, (await installationKeys()).dataKey, owner(enrolmentId, origin, 'exchanged')))
}

/** Of a row of an enrolment file, which has no firewall yet; `rowId` names file and line. */
export async function sealRowCredential(given: CredentialInput, rowId: string, origin: string): Promise<string> {
  return seal(credentialText(toCredential(given)), (await installationKeys()).dataKey, owner(rowId, origin, 'enrolment'))
}

export async function openRowCredential(sealed: string, rowId: string, origin: string): Promise<CredentialInput> {
  const text = openSealed(sealed, (await installationKeys()).dataKey, owner(rowId, origin, 'enrolment'))
  return credential.parse(JSON.parse(text.reveal()))
}

/** Tells "the same credential as was tested" without keeping it: a keyed hash under a key derived from the session secret. */
export async function credentialFingerprint(credential: Credential, context: string): Promise<string> {
  const { sessionSecret } = await installationKeys()
  return createHmac('sha256', `enrolment ${sessionSecret.reveal()}`).update(`${context}\n${credentialText(credential).reveal()}`).digest('hex')
}
