import type { StreamEvent } from './dto'

/** So much may wait for a slow reader; then its stream ends, and it comes back to where it was. */
export const WAITING_BYTES_MAX = 262_144
/** What an EventSource waits before it comes back. */
const RETRY_MS = 1_000

/** A reply that goes on: server-sent events. */
export class EventStream {
  readonly body: ReadableStream<Uint8Array>
  readonly #encoder = new TextEncoder()
  #controller: ReadableStreamDefaultController<Uint8Array> | undefined

  /** `onEnd` runs once, whoever ends the stream. */
  constructor(private readonly onEnd: () => void) {
    this.body = new ReadableStream<Uint8Array>(
      {
        start: (controller) => {
          this.#controller = controller
          controller.enqueue(this.#encoder.encode(`retry: ${RETRY_MS}\n\n`))
        },
        cancel: () => this.#over(),
      },
      new ByteLengthQueuingStrategy({ highWaterMark: WAITING_BYTES_MAX }),
    )
  }

  /** `data` is one line. False, with the stream ended, when the reader does not keep up. */
  send(event: StreamEvent, id: string, data: string): boolean {
    const controller = this.#controller
    if (!controller) return false
    if ((controller.desiredSize ?? 0) <= 0) {
      this.end()
      return false
    }
    controller.enqueue(this.#encoder.encode(`event: ${event}\nid: ${id}\ndata: ${data}\n\n`))
    return true
  }

  end(): void {
    this.#controller?.close()
    this.#over()
  }

  #over(): void {
    if (!this.#controller) return
    this.#controller = undefined
    this.onEnd()
  }
}
