import 'server-only'
// The one module that opens and seals the secrets of channels.
import { Secret } from '@/lib/core/secret'
import { installationKeys } from '@/lib/installation/keys'
import { openSealed, seal, type SealOwner } from '@/lib/secrets/seal'
import type { StoredTarget } from './input'
import { channelSecrets, placeOf, type ChannelSecrets } from './stored'

/** Bound to the channel and to where it sends: worthless in another row and after a change of the target. */
const owner = (channelId: string, target: StoredTarget): SealOwner => ({ owner: channelId, origin: placeOf(target), field: `channel ${target.kind}` })

/** null when there is nothing to seal. */
export async function sealChannel(secrets: ChannelSecrets, channelId: string, target: StoredTarget): Promise<string | null> {
  if (Object.values(secrets).every((value) => value === undefined)) return null
  return seal(new Secret(JSON.stringify(secrets)), (await installationKeys()).dataKey, owner(channelId, target))
}

/** Throws AppError internal when it was sealed for another channel or target. */
export async function openChannel(sealed: string | null, channelId: string, target: StoredTarget): Promise<ChannelSecrets> {
  if (sealed === null) return {}
  return channelSecrets.parse(JSON.parse(openSealed(sealed, (await installationKeys()).dataKey, owner(channelId, target)).reveal()))
}
