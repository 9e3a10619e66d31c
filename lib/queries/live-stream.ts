import { ALIVE_MS, LIVE_TOPICS, STREAM_EVENTS, type LiveChange, type StreamEvent } from '@/lib/live/dto'
import { ApiError, apiStream } from './client'

export type LiveMessage = { event: StreamEvent; id: string; changes: readonly LiveChange[] }

/** Two signs of life missed, and some: the line is dead although nothing has said so. */
export const SILENT_MS_MAX = 2.5 * ALIVE_MS
const FIRST_PAUSE_MS = 250
const LONGEST_PAUSE_MS = 10_000

const textOrNull = (value: unknown): string | null => (typeof value === 'string' ? value : null)

/** Topics of a newer server are left out. */
function changesIn(data: string): LiveChange[] {
  const list: unknown = data === '' ? [] : JSON.parse(data)
  if (!Array.isArray(list)) return []
  return list.flatMap((item: unknown) => {
    if (typeof item !== 'object' || item === null || !('topic' in item)) return []
    const topic = LIVE_TOPICS.find((known) => known === item.topic)
    if (topic === undefined) return []
    return [{ topic, firewallId: 'firewallId' in item ? textOrNull(item.firewallId) : null, detail: 'detail' in item ? textOrNull(item.detail) : null }]
  })
}

/** One event; null for blocks without a name that we know, such as comments. */
export function parseMessage(block: string): LiveMessage | null {
  const fields = new Map(block.split('\n').map((line) => [line.slice(0, Math.max(0, line.indexOf(':'))), line.slice(line.indexOf(':') + 1).replace(/^ /, '')]))
  const event = STREAM_EVENTS.find((known) => known === fields.get('event'))
  return event === undefined ? null : { event, id: fields.get('id') ?? '', changes: changesIn(fields.get('data') ?? '') }
}

/** Events as they arrive; a block that is cut off is no event. */
export async function* messagesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<LiveMessage> {
  const reader = body.getReader()
  const decoder = new TextDecoder()
  let rest = ''
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      const blocks = (rest + decoder.decode(value, { stream: true })).split('\n\n')
      rest = blocks.pop() ?? ''
      for (const block of blocks) {
        const message = parseMessage(block)
        if (message) yield message
      }
    }
  } finally {
    await reader.cancel().catch(() => undefined)
  }
}

type Follower = {
  /** Where to go on; null at first. */
  from: () => string | null
  onMessage: (message: LiveMessage) => void
  onLost: () => void
  /** The session is over: nothing is tried again. */
  onRefused: () => void
  signal: AbortSignal
}

/** A pause that ends early when the network is back, the tab is looked at, or nobody wants it any more. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer)
      window.removeEventListener('online', done)
      document.removeEventListener('visibilitychange', done)
      signal.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    window.addEventListener('online', done)
    document.addEventListener('visibilitychange', done)
    signal.addEventListener('abort', done)
  })
}

async function readOnce({ from, onMessage, signal }: Follower, onLife: () => void): Promise<void> {
  const line = new AbortController()
  const giveUp = () => line.abort()
  signal.addEventListener('abort', giveUp)
  let silence = setTimeout(giveUp, SILENT_MS_MAX)
  try {
    for await (const message of messagesOf(await apiStream('/events', from(), line.signal))) {
      clearTimeout(silence)
      silence = setTimeout(giveUp, SILENT_MS_MAX)
      onLife()
      onMessage(message)
    }
  } finally {
    clearTimeout(silence)
    signal.removeEventListener('abort', giveUp)
  }
}

/** Reads the stream, again and again after it broke, each time from where it was, until the signal or a refusal. */
export async function followStream(follower: Follower): Promise<void> {
  for (let pauseMs = FIRST_PAUSE_MS; !follower.signal.aborted; ) {
    let waitMs = pauseMs
    try {
      await readOnce(follower, () => (pauseMs = FIRST_PAUSE_MS))
      waitMs = pauseMs
    } catch (error) {
      if (follower.signal.aborted) return
      if (error instanceof ApiError && error.status === 401) return follower.onRefused()
      if (error instanceof ApiError && typeof error.details['retryAfterSeconds'] === 'number') waitMs = Math.max(waitMs, error.details['retryAfterSeconds'] * 1000)
    }
    if (follower.signal.aborted) return
    follower.onLost()
    await pause(waitMs, follower.signal)
    pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)
  }
}
