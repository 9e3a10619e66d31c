// Kinds of channels and their words, read by server and pages alike. Browser-safe.

export const CHANNEL_KINDS = {
  email: { word: 'E-mail', about: 'Over your own mail server, to a list of addresses.' },
  webhook: { word: 'Webhook', about: 'JSON to an address of yours, signed, so that you can tell it is from here.' },
  slack: { word: 'Slack', about: 'A channel of a Slack workspace, by its incoming webhook.' },
  teams: { word: 'Teams', about: 'A channel or chat of Microsoft Teams, by a workflow.' },
  ntfy: { word: 'ntfy', about: 'A push message to phones that follow a topic.' },
} as const satisfies Record<string, { word: string; about: string }>
export type ChannelKind = keyof typeof CHANNEL_KINDS

/** When notices go out. */
export const DIGESTS = ['at-once', 'hourly', 'daily'] as const
export type Digest = (typeof DIGESTS)[number]
