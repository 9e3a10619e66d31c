import type { Socket } from 'node:net'
import { Client } from 'undici'
import { connectorOf, type Way } from './connector'

const IDLE_MS = 10_000
const HEADER_BYTES_MAX = 32 * 1024

/** One connection, opened when needed and kept alive between requests. */
export type Lane = {
  readonly client: Client
  isBusy: boolean
  /** The socket in use; null before the first connection. */
  socket: Socket | null
  /** Milliseconds of one round trip, as TCP needed to connect that socket. */
  roundTripMs: number
  /** Complete replies on that socket: above 0, the next request reuses it. */
  repliesOnSocket: number
}

/** The connections to one firewall under one trust. Leases bound how many are busy; nothing here does. */
export type Pool = {
  readonly identity: string
  readonly lanes: Lane[]
  idleTimer: NodeJS.Timeout | null
  /** Whether a credential was accepted on these connections; until then calls with one go one at a time. */
  isProven: boolean
  /** How often a credential was refused with a 401. */
  refusals: number
  /** Settles when the call that tries the credential has its reply. */
  proving: Promise<void> | null
}

// Routes and instrumentation of Next are bundled apart: a module variable would exist more than once.
const shared: typeof globalThis & { palisadePools?: Map<string, Pool> } = globalThis
const pools = (): Map<string, Pool> => (shared.palisadePools ??= new Map())

const identityOf = ({ url, trust }: Way): string => JSON.stringify([url.origin, trust])

/** The pool of a firewall. One with another origin or trust is destroyed: two trusts never share a socket. */
export function poolFor(firewallKey: string, way: Way): Pool {
  const known = pools().get(firewallKey)
  if (known?.identity === identityOf(way)) return known
  closePool(firewallKey)
  const pool: Pool = { identity: identityOf(way), lanes: [], idleTimer: null, isProven: false, refusals: 0, proving: null }
  pools().set(firewallKey, pool)
  return pool
}

/** Ends every connection to a firewall, calls under way included; to be called when its credential, trust or origin changes. */
export function closePool(firewallKey: string): void {
  const pool = pools().get(firewallKey)
  if (!pool) return
  pools().delete(firewallKey)
  discard(pool)
}

function discard(pool: Pool): void {
  if (pool.idleTimer) clearTimeout(pool.idleTimer)
  for (const lane of pool.lanes) destroy(lane)
}

// A destroy that fails has nothing left to close.
const destroy = ({ client }: Lane): void => void client.destroy().catch(() => undefined)

/** Runs `act` on a connection of its own, one that is already open if there is one. */
export async function withLane<T>(firewallKey: string, way: Way, pool: Pool, act: (lane: Lane) => Promise<T>): Promise<T> {
  const idle = pool.lanes.filter((lane) => !lane.isBusy)
  const lane = idle.find(({ socket }) => socket !== null && !socket.destroyed) ?? idle[0] ?? openLane(pool, way)
  lane.isBusy = true
  if (pool.idleTimer) clearTimeout(pool.idleTimer)
  try {
    return await act(lane)
  } catch (error) {
    // undici puts an aborted request back into its queue and connects again for nothing; so the client goes too.
    pool.lanes.splice(pool.lanes.indexOf(lane), 1)
    destroy(lane)
    throw error
  } finally {
    lane.isBusy = false
    if (!pool.lanes.some(({ isBusy }) => isBusy)) {
      pool.idleTimer = setTimeout(() => {
        if (pools().get(firewallKey) === pool) pools().delete(firewallKey)
        discard(pool)
      }, IDLE_MS)
      pool.idleTimer.unref()
    }
  }
}

function openLane(pool: Pool, way: Way): Lane {
  const opened = (socket: Socket, roundTripMs: number): void => {
    lane.socket = socket
    lane.roundTripMs = roundTripMs
    lane.repliesOnSocket = 0
  }
  const lane: Lane = {
    client: new Client(way.url.origin, {
      connect: connectorOf(way, opened),
      pipelining: 1,
      keepAliveTimeout: IDLE_MS,
      keepAliveMaxTimeout: IDLE_MS,
      maxHeaderSize: HEADER_BYTES_MAX,
      // The total deadline of each call ends what these would; they would cut a slow command short.
      headersTimeout: 0,
      bodyTimeout: 0,
    }),
    isBusy: false,
    socket: null,
    roundTripMs: 0,
    repliesOnSocket: 0,
  }
  pool.lanes.push(lane)
  return lane
}
