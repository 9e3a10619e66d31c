import type { LiveMessage } from './live-stream'
import { followStream, SILENT_MS_MAX } from './live-stream'

/** What tabs of one browser tell each other. */
type Note = { kind: 'message'; message: LiveMessage } | { kind: 'lost' } | { kind: 'refused' } | { kind: 'hello' }

type Tab = {
  /** The same for all tabs that share a stream. */
  name: string
  onMessage: (message: LiveMessage) => void
  onLost: () => void
  onRefused: () => void
  signal: AbortSignal
}

const LOOK_MS = 5_000
const isAbort = (error: unknown): boolean => error instanceof DOMException && error.name === 'AbortError'

/**
 * One stream for all tabs of a browser: the tab that holds a lock reads it and tells the others. When it is closed, another
 * gets the lock and goes on after the last event. A tab in the background may be frozen with the lock in its hand; a tab that
 * somebody looks at and that hears nothing takes it away.
 */
export class LiveTab {
  readonly #channel: BroadcastChannel
  #lastId: string | null = null
  #heardMs = Date.now()
  #leads = false
  #isLost = false
  #hands = new AbortController()

  constructor(private readonly tab: Tab) {
    this.#channel = new BroadcastChannel(tab.name)
    this.#channel.addEventListener('message', ({ data }: MessageEvent<Note>) => this.#hear(data))
    const looking = setInterval(() => this.#look(), LOOK_MS)
    tab.signal.addEventListener('abort', () => {
      clearInterval(looking)
      this.#hands.abort()
      this.#channel.close()
    })
    this.#channel.postMessage({ kind: 'hello' } satisfies Note)
    this.#want(false)
  }

  #want(steal: boolean): void {
    // Out of the queue first, else this tab would stand in it twice.
    this.#hands.abort()
    const hands = new AbortController()
    this.#hands = hands
    // A lock that is taken away can have no signal.
    const options: LockOptions = steal ? { steal } : { signal: hands.signal }
    navigator.locks
      .request(this.tab.name, options, () => this.#lead(hands.signal))
      .catch((error: unknown) => {
        // Given up, or taken away by a tab that heard nothing: then this one waits again.
        if (!isAbort(error)) throw error
        if (this.#hands === hands && !this.tab.signal.aborted) this.#want(false)
      })
  }

  async #lead(signal: AbortSignal): Promise<void> {
    this.#leads = true
    await followStream({
      from: () => this.#lastId,
      onMessage: (message) => this.#tell({ kind: 'message', message }),
      onLost: () => this.#tell({ kind: 'lost' }),
      onRefused: () => this.#tell({ kind: 'refused' }),
      signal,
    })
    this.#leads = false
  }

  #tell(note: Note): void {
    this.#hear(note)
    if (!this.tab.signal.aborted) this.#channel.postMessage(note)
  }

  #hear(note: Note): void {
    if (note.kind === 'hello') return this.#greet()
    if (note.kind === 'refused') return this.tab.onRefused()
    this.#isLost = note.kind === 'lost'
    if (note.kind === 'lost') return this.tab.onLost()
    this.#heardMs = Date.now()
    if (note.message.id !== '') this.#lastId = note.message.id
    this.tab.onMessage(note.message)
  }

  /** A new tab learns at once how it stands. */
  #greet(): void {
    if (!this.#leads) return
    const alive = { event: 'alive', id: this.#lastId ?? '', changes: [] } as const
    this.#channel.postMessage((this.#isLost || this.#lastId === null ? { kind: 'lost' } : { kind: 'message', message: alive }) satisfies Note)
  }

  #look(): void {
    if (this.#leads || document.visibilityState !== 'visible' || Date.now() - this.#heardMs < SILENT_MS_MAX) return
    this.#heardMs = Date.now()
    this.#want(true)
  }
}
