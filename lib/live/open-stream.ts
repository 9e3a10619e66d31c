import 'server-only'
import type { Actor } from '@/lib/auth/actor'
import { authoriseScope } from '@/lib/auth/authorise'
import { AppError } from '@/lib/core/errors'
import type { EventStream } from './event-stream'
import { LiveHub } from './hub'
import { parsePosition } from './position'
import { LiveReader } from './reader'
import type { Key } from './rights'

/** One browser needs one; a few more for its private windows and for lines that are dead and not yet known to be. */
export const STREAMS_PER_KEY_MAX = 8
const STREAMS_PER_PROCESS_MAX = 1_000
/** Before everything, so that nothing can be resumed from it. */
const NOWHERE = { tx: 0n, id: 0n, atMs: 0 }

// Routes are bundled apart: one hub per process lives on globalThis.
const shared: typeof globalThis & { palisadeLive?: LiveHub } = globalThis

function hub(): LiveHub {
  if (shared.palisadeLive) return shared.palisadeLive
  const made = new LiveHub()
  // A server that stops waits for its connections; these would never end by themselves.
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => made.endAll())
  shared.palisadeLive = made
  return made
}

function keyOf(actor: Actor): { key: Key; operatorId: string } {
  if (actor.kind === 'operator') return { key: { kind: 'session', id: actor.sessionId }, operatorId: actor.id }
  if (actor.kind === 'token') return { key: { kind: 'token', id: actor.id }, operatorId: actor.operatorId }
  throw new AppError('forbidden', 'Only a signed-in person or a token can follow changes.')
}

function demandPlace(readers: readonly LiveReader[], key: Key): void {
  if (readers.filter((reader) => reader.key.id === key.id).length >= STREAMS_PER_KEY_MAX) {
    throw new AppError('too-many-requests', `This session or token has ${STREAMS_PER_KEY_MAX} open streams already.`, { nextStep: 'Close one of them. All tabs of a browser share one.', retryAfterSeconds: 30 })
  }
  if (readers.length >= STREAMS_PER_PROCESS_MAX) {
    throw new AppError('too-many-requests', 'Too many streams are open on this server.', { nextStep: 'Pages ask again every 15 seconds meanwhile. Try again in a minute.', retryAfterSeconds: 60 })
  }
}

/**
 * Opens a stream of what the actor may look at again, from the event `lastEventId` on if that is known; one that is not, or
 * older than 55 minutes, begins with `reset`. Throws forbidden, too-many-requests, unavailable.
 */
export async function openStream(actor: Actor, lastEventId: string | null, signal: AbortSignal): Promise<EventStream> {
  authoriseScope(actor, 'firewall:read')
  const { key, operatorId } = keyOf(actor)
  demandPlace(hub().readers(), key)
  const reader = new LiveReader(key, operatorId, actor.grants, (ended) => hub().leave(ended))
  signal.addEventListener('abort', () => reader.end(), { once: true })
  await hub().join(reader, lastEventId === null ? null : (parsePosition(lastEventId) ?? NOWHERE))
  if (signal.aborted) reader.end()
  return reader.stream
}
