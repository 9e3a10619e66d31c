// What a firewall saw. Tests judge the product by this, not by what the product says of itself.

/** `token`: a request for a short-lived or permanent token. `write`: changes something or starts work. */
export type RequestKind = 'read' | 'write' | 'token'
export type Write = { method: string; path: string; body: string }

/** By the simulated clock and by the real one, ISO. Stays when the counts are set back. */
export type LogEntry = { at: string; realAt: string; what: string }

export type Counts = {
  requests: number
  /** Key is `METHOD /path` without the query string. */
  byPath: Record<string, number>
  /** Requests that carried a credential which was checked. */
  authentications: number
  /** Failed checks; for pfSense also requests without any credential, which feed its login protection too. */
  authenticationFailures: number
  tokenRequests: number
  peakConcurrentRequests: number
  peakConcurrentReads: number
  peakConcurrentWrites: number
  peakConcurrentAuthentications: number
  connections: number
  handshakes: number
  connectionsDropped: number
  /** Calls that ask for an update to be started, whether or not one was running. */
  updateStarts: number
  /** Every call that asks for an update or a restart, and what became of it: for judging double starts and pairs. */
  updateLog: LogEntry[]
  /** Requests that stand still right now (see Hold). */
  held: number
  commandsRun: string[]
  /** What really changed the firewall (a dry run that is not honoured stands here). */
  writes: Write[]
  lastHeaders: Record<string, string>
}

const fresh = (): Counts => ({
  requests: 0,
  byPath: {},
  authentications: 0,
  authenticationFailures: 0,
  tokenRequests: 0,
  peakConcurrentRequests: 0,
  peakConcurrentReads: 0,
  peakConcurrentWrites: 0,
  peakConcurrentAuthentications: 0,
  connections: 0,
  handshakes: 0,
  connectionsDropped: 0,
  updateStarts: 0,
  updateLog: [],
  held: 0,
  commandsRun: [],
  writes: [],
  lastHeaders: {},
})

export class Counter {
  #counts = fresh()
  readonly #log: LogEntry[] = []
  #held = 0
  #open = { read: 0, write: 0, token: 0 }

  /** Call the returned function once, when the exchange is over in whatever way. */
  begin(kind: RequestKind, method: string, path: string, headers: Record<string, string>): () => void {
    const counts = this.#counts
    const open = this.#open
    counts.requests += 1
    counts.byPath[`${method} ${path}`] = (counts.byPath[`${method} ${path}`] ?? 0) + 1
    counts.lastHeaders = headers
    if (kind === 'token') counts.tokenRequests += 1
    open[kind] += 1
    counts.peakConcurrentRequests = Math.max(counts.peakConcurrentRequests, open.read + open.write + open.token)
    counts.peakConcurrentReads = Math.max(counts.peakConcurrentReads, open.read)
    counts.peakConcurrentWrites = Math.max(counts.peakConcurrentWrites, open.write)
    counts.peakConcurrentAuthentications = Math.max(counts.peakConcurrentAuthentications, open.token)
    let over = false
    return () => {
      if (!over) open[kind] -= 1
      over = true
    }
  }

  authentication(succeeded: boolean): void {
    this.#counts.authentications += 1
    if (!succeeded) this.#counts.authenticationFailures += 1
  }

  /** A request without a credential where one is needed, on a firewall that logs it as a failed sign-in. */
  missingCredential(): void {
    this.#counts.authenticationFailures += 1
  }

  connection(): void {
    this.#counts.connections += 1
  }

  handshake(): void {
    this.#counts.handshakes += 1
  }

  dropped(): void {
    this.#counts.connectionsDropped += 1
  }

  /** `accepted` false: one was running, so this one does nothing. */
  updateStart(by: string, nowMs: number, accepted: boolean): void {
    this.#counts.updateStarts += 1
    this.log(`start by ${by}${accepted ? '' : ', dropped'}`, nowMs)
  }

  log(what: string, nowMs: number): void {
    this.#log.push({ at: new Date(nowMs).toISOString(), realAt: new Date().toISOString(), what })
  }

  held(change: 1 | -1): void {
    this.#held += change
  }

  command(text: string): void {
    this.#counts.commandsRun.push(text)
  }

  write(write: Write): void {
    this.#counts.writes.push(write)
  }

  read(): Counts {
    return structuredClone({ ...this.#counts, updateLog: this.#log, held: this.#held })
  }

  /** Starts anew; exchanges that are still open stay counted as open. */
  reset(): void {
    this.#counts = fresh()
  }
}
