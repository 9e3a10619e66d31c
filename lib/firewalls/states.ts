// What a firewall can be, as one table read by server, pages and tests alike. Browser-safe.

export const FIREWALL_STATES = [
  'certificate-changed',
  'credential-rejected',
  'credential-missing',
  'api-package-missing',
  'unreachable',
  'degraded',
  'stale',
  'not-visited',
  'paused',
  'reachable',
] as const
export type FirewallState = (typeof FIREWALL_STATES)[number]

type StateRule = {
  /** Smaller is worse; lists show the worst first. */
  rank: number
  /** Whether Palisade itself may call this firewall. */
  automation: boolean
  /** Whether a person may still ask it with the stored credential. */
  reads: boolean
}

/** `automation: false` with `reads: false` = stopped on purpose; only a person releases it. */
export const STATE_RULES = {
  'certificate-changed': { rank: 10, automation: false, reads: false },
  'credential-rejected': { rank: 11, automation: false, reads: false },
  'credential-missing': { rank: 12, automation: false, reads: false },
  'api-package-missing': { rank: 13, automation: true, reads: true },
  unreachable: { rank: 0, automation: true, reads: true },
  degraded: { rank: 20, automation: true, reads: true },
  stale: { rank: 30, automation: true, reads: true },
  'not-visited': { rank: 31, automation: true, reads: true },
  paused: { rank: 32, automation: false, reads: true },
  reachable: { rank: 40, automation: true, reads: true },
} as const satisfies Record<FirewallState, StateRule>

/** Only a person's decision leads out of these: the end of a call that began before may not. */
export const STATES_THAT_STAY = ['certificate-changed', 'credential-rejected', 'credential-missing'] as const satisfies readonly FirewallState[]
