// What a delivery can be, as one table read by server, pages and tests alike. Browser-safe.

export const DELIVERY_STATE_NAMES = ['waiting', 'sending', 'delivered', 'given-up', 'dropped'] as const
export type DeliveryState = (typeof DELIVERY_STATE_NAMES)[number]

type DeliveryRule = {
  word: string
  /** What it means, as a sentence. */
  sentence: string
  /** Whether it ends by itself. */
  final: boolean
  /** Whether a person may send it again. */
  retry: boolean
  next: readonly DeliveryState[]
}

export const DELIVERY_STATES = {
  waiting: { word: 'Waiting', sentence: 'It goes out in its turn, after those before it.', final: false, retry: false, next: ['sending', 'dropped'] },
  sending: { word: 'Sending', sentence: 'It is on its way. Cut off now, it is sent again under the same id.', final: false, retry: false, next: ['delivered', 'waiting', 'given-up'] },
  delivered: { word: 'Delivered', sentence: 'The other side took it.', final: true, retry: false, next: [] },
  'given-up': { word: 'Given up', sentence: 'The other side can never take it as it is, or did not for three days.', final: true, retry: true, next: ['waiting'] },
  dropped: { word: 'Dropped', sentence: 'The channel was switched off before it was sent.', final: true, retry: false, next: [] },
} as const satisfies Record<DeliveryState, DeliveryRule>

/** What a channel is, worst first: `failing` holds what waits and tries again, `untried` has delivered nothing yet. */
export const CHANNEL_STATES = ['failing', 'untried', 'working', 'off'] as const
export type ChannelState = (typeof CHANNEL_STATES)[number]
