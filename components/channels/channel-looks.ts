import { Check, Circle, CircleDashed, CirclePause, CircleSlash, Hourglass, OctagonX, Send } from 'lucide-react'
import type { Look } from '@/components/firewalls/detail/looks'
import type { ChannelDto } from '@/lib/channels/input'
import { DELIVERY_STATES, type ChannelState, type DeliveryState } from '@/lib/channels/states'
import { CHANNEL_KINDS } from '@/lib/channels/words'
import { SEVERITY_WORDS } from '@/lib/notices/words'

/** A new state does not compile without its row. */
export const CHANNEL_LOOKS = {
  failing: { word: 'Failing', role: 'bad', icon: OctagonX, shape: 'mark' },
  untried: { word: 'Not used yet', role: 'none', icon: CircleDashed, shape: 'dashed' },
  working: { word: 'Working', role: 'good', icon: Circle, shape: 'dot' },
  off: { word: 'Switched off', role: 'plain', icon: CirclePause, shape: 'mark' },
} as const satisfies Record<ChannelState, Look>

export const DELIVERY_LOOKS = {
  waiting: { word: DELIVERY_STATES.waiting.word, role: 'plain', icon: Hourglass, shape: 'mark' },
  sending: { word: DELIVERY_STATES.sending.word, role: 'plain', icon: Send, shape: 'mark' },
  delivered: { word: DELIVERY_STATES.delivered.word, role: 'none', icon: Check, shape: 'mark' },
  'given-up': { word: DELIVERY_STATES['given-up'].word, role: 'bad', icon: OctagonX, shape: 'mark' },
  dropped: { word: DELIVERY_STATES.dropped.word, role: 'none', icon: CircleSlash, shape: 'mark' },
} as const satisfies Record<DeliveryState, Look>

export const DIGEST_WORDS = { 'at-once': 'At once', hourly: 'Each hour', daily: 'Each day at 08:00' } as const satisfies Record<ChannelDto['digest'], string>

/** "E-mail to noc@nordwall.example and 2 more". */
export function targetInWords({ target }: Pick<ChannelDto, 'target'>): string {
  const { word } = CHANNEL_KINDS[target.kind]
  switch (target.kind) {
    case 'email':
      return `${word} to ${target.to[0] ?? ''}${target.to.length > 1 ? ` and ${target.to.length - 1} more` : ''}`
    case 'webhook':
      return `${word} to ${new URL(target.url).host}`
    case 'ntfy':
      return `${word}, topic ${target.topic} at ${new URL(target.server).host}`
    case 'slack':
    case 'teams':
      return word
  }
}

/** "Critical and warning"; every severity is "everything". */
export function severitiesInWords({ severities }: Pick<ChannelDto, 'severities'>): string {
  if (severities.length === Object.keys(SEVERITY_WORDS).length) return 'Everything'
  const words = severities.map((severity) => SEVERITY_WORDS[severity])
  return words.map((word, at) => (at === 0 ? word : word.toLowerCase())).join(' and ')
}

/** Whom it is about: one customer, chosen ones, or all. */
export function aboutInWords({ customer, customerIds }: Pick<ChannelDto, 'customer' | 'customerIds'>): string {
  if (customer) return customer.name
  return customerIds.length === 0 ? 'All customers' : customerIds.length === 1 ? 'One customer' : `${customerIds.length} customers`
}

/** What a list of channels comes to, in a sentence. */
export function channelsSentence(channels: readonly Pick<ChannelDto, 'state' | 'waiting'>[]): string {
  const failing = channels.filter(({ state }) => state === 'failing')
  const waiting = failing.reduce((sum, channel) => sum + channel.waiting, 0)
  const on = channels.filter(({ state }) => state !== 'off').length
  if (failing.length > 0)
    return `${failing.length} of ${channels.length} ${channels.length === 1 ? 'channel fails' : failing.length === 1 ? 'channels fails' : 'channels fail'}. ${waiting === 0 ? 'Nothing waits.' : `${waiting} ${waiting === 1 ? 'notice waits and goes' : 'notices wait and go'} out when it works again.`}`
  if (on === 0)
    return channels.length === 1 ? 'The channel is switched off: nobody is told of anything.' : 'All channels are switched off: nobody is told of anything.'
  return on === 1 ? 'One channel tells of alerts.' : `${on} channels tell of alerts.`
}
