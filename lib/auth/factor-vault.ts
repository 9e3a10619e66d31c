import 'server-only'
// The one module that opens and seals the secrets of second factors.
import type { Secret } from '@/lib/core/secret'
import { installationKeys } from '@/lib/installation/keys'
import { openSealed, seal, type SealOwner } from '@/lib/secrets/seal'

/** Bound to the operator: a sealed text is worthless in the row of someone else. */
const owner = (operatorId: string): SealOwner => ({ owner: operatorId, origin: 'second-factor', field: 'totp' })

export async function sealFactor(secret: Secret, operatorId: string): Promise<string> {
  return seal(secret, (await installationKeys()).dataKey, owner(operatorId))
}

export async function openFactor(sealed: string, operatorId: string): Promise<Secret> {
  return openSealed(sealed, (await installationKeys()).dataKey, owner(operatorId))
}
