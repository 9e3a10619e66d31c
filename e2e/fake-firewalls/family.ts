// What a family module gives the server, and what it gets from it.
import type { Counter, RequestKind } from './counts'
import type { Incoming, Reply } from './exchange'
import type { JsonObject } from './json'
import type { Lockout } from './lockout'
import type { PatchOptions } from './options'

export type Presence = 'up' | 'away' | 'silent'

export type FamilyHost = {
  readonly name: string
  readonly counter: Counter
  readonly lockout: Lockout
  /** The firewall's own clock: the simulated one plus its offset. */
  nowMs(): number
  /** Ends every open connection of a source address. */
  dropConnections(peer: string): void
}

export interface SimulatedFamily {
  /** Method name of the product's outside contract to a working credential object. */
  readonly credentials: JsonObject
  /** The same for a user with few privileges. */
  readonly limited: JsonObject
  /** The web server closes a connection after this many replies. */
  readonly repliesPerConnection: number | null
  kindOf(request: Incoming): RequestKind
  handle(request: Incoming): Reply
  /** While it restarts nothing listens (`away`), then connections are accepted and never answered (`silent`). */
  presence(): Presence
  patch(options: PatchOptions): void
}
