import 'server-only'
import { z } from 'zod'
import { storedTarget, type StoredTarget } from './input'

/** `Channel.settings`: written and read here alone. */
export const storedSettings = z.object({ target: storedTarget, timeZone: z.string(), privateAllowed: z.boolean() })
export type StoredSettings = z.output<typeof storedSettings>

/** What is sealed beside them: the password of a mail server, the token of ntfy, the address of Slack or Teams, the key that signs. */
export const channelSecrets = z.object({
  password: z.string().optional(),
  token: z.string().optional(),
  url: z.string().optional(),
  signing: z.string().optional(),
  /** Signs beside the new one until then (ISO), so that a receiver may change over. */
  previous: z.object({ signing: z.string(), until: z.string() }).optional(),
})
export type ChannelSecrets = z.output<typeof channelSecrets>

/** Where secrets may be sent, with all that decides it: after a change of any of it, they do not open. */
export function placeOf(target: StoredTarget): string {
  switch (target.kind) {
    case 'email':
      return JSON.stringify(['smtp', target.host.toLowerCase(), target.port, target.security, target.trust.mode === 'pin' ? target.trust.sha256 : 'public-ca', target.user])
    case 'webhook':
      return new URL(target.url).origin
    case 'ntfy':
      return new URL(target.server).origin
    case 'slack':
    case 'teams':
      return target.origin
  }
}
