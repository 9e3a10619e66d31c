import 'server-only'
import { AppError } from '@/lib/core/errors'
import { environment } from '@/lib/core/env'
import { log } from '@/lib/core/log'
import type { Channel } from '@/lib/db/generated/client'
import { parseNetworks } from '@/lib/outbound/address-policy'
import { sendEmail } from './email/send'
import type { StoredTarget } from './input'
import { sendNtfy } from './ntfy/send'
import type { Message, Outcome, WayOut } from './outcome'
import { sendSlack } from './slack/send'
import { storedSettings, type ChannelSecrets, type StoredSettings } from './stored'
import { sendTeams } from './teams/send'
import { openChannel } from './vault'
import { sendWebhook } from './webhook/send'

/** More in one message than this is several: what the formats and their readers bear. */
const DIGEST_MAX = { email: 200, webhook: 200, slack: 15, teams: 15, ntfy: 20 } as const satisfies Record<StoredTarget['kind'], number>
export const digestMaxOf = (kind: string): number => Object.entries(DIGEST_MAX).find(([name]) => name === kind)?.[1] ?? 1

/**
 * Private addresses only where an admin of the installation allowed them for this channel: then like those of firewalls,
 * with PALISADE_ALLOWED_NETWORKS. Without, that list opens nothing either.
 */
export const wayOutOf = ({ privateAllowed }: Pick<StoredSettings, 'privateAllowed'>, signal: AbortSignal): WayOut => ({ allowedNetworks: privateAllowed ? parseNetworks(environment().PALISADE_ALLOWED_NETWORKS) : [], onlyPublic: !privateAllowed, signal })

/** The outbound module speaks of firewalls; what answers here is a server of someone. */
export function sentenceOf({ code, message }: AppError): string {
  if (code === 'firewall-address-forbidden') return 'This address is not allowed: private, loopback and link-local addresses are refused. An admin of all customers can allow private ones for this channel.'
  return message.replaceAll('The firewall', 'The server').replaceAll('the firewall', 'the server')
}

async function over(target: StoredTarget, secrets: ChannelSecrets, message: Message, way: WayOut): Promise<Outcome> {
  switch (target.kind) {
    case 'email':
      return sendEmail(target, secrets, message, way)
    case 'webhook':
      return sendWebhook(target, secrets, message, way)
    case 'slack':
      return sendSlack(target, secrets, message, way)
    case 'teams':
      return sendTeams(target, secrets, message, way)
    case 'ntfy':
      return sendNtfy(target, secrets, message, way)
  }
}

/** A channel as it is stored. */
export type ChannelRow = Pick<Channel, 'id' | 'settings' | 'settingsSealed'>

/** Sends one message over a channel; whatever goes wrong on the way is an outcome with a sentence. */
export async function sendMessage({ id, settings, settingsSealed }: ChannelRow, message: Message, signal: AbortSignal): Promise<Outcome> {
  try {
    const { target, privateAllowed } = storedSettings.parse(settings)
    return await over(target, await openChannel(settingsSealed, id, target), message, wayOutOf({ privateAllowed }, signal))
  } catch (error) {
    if (error instanceof AppError) return { result: 'later', afterMs: null, answer: sentenceOf(error) }
    // Its name alone: what it says may quote an address that is a secret.
    log().error({ channel: id, err: error instanceof Error ? error.name : 'unknown' }, 'sending over a channel failed')
    return { result: 'later', afterMs: null, answer: 'Palisade itself could not send it. Look at the settings of the channel; the log of Palisade says when.' }
  }
}
