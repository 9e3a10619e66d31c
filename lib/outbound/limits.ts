// Limits that hold over all processes live in the database; whoever opens a transport hands them in through these ports.
import type { OutboundRequest } from './transport'

export type Lease = OutboundRequest['lease']

/** Two reads, one write, one authentication per firewall at a time, over all processes. */
export type Gate = {
  /** Runs `act` while holding a lease. Throws firewall-busy when none is free in time; `signal` ends the waiting. */
  hold<T>(lease: Lease, signal: AbortSignal, act: () => Promise<T>): Promise<T>
}

/** The record of authentications, asked and told only about requests that carry a credential. */
export type Authentications = {
  /** Throws firewall-no-tries-left or firewall-calls-stopped. Called while the lease is held, right before sending. */
  beforeSend(): Promise<void>
  /** The firewall answered 401. Awaited before the reply is returned, so no later call can miss it. */
  failed(): Promise<void>
  /** The firewall accepted the credential. Called once per transport, and again after a failure. */
  succeeded(): Promise<void>
}
