import 'server-only'
import { AppError } from '@/lib/core/errors'
import { log } from '@/lib/core/log'
import { findLivePlaces, readLiveChanges } from '@/lib/db/live-sql'
import { ALIVE_MS } from './dto'
import { LiveLine } from './line'
import { canResume, isBefore, type Position } from './position'
import type { Batch, LiveReader } from './reader'
import { rightsOf } from './rights'
import { decidesRights } from './topics'

const ROWS_PER_READ = 2_000
/** A reader who missed more than this looks at everything again instead. */
const CAUGHT_UP_ROWS_MAX = 20_000
/** A notification that got lost costs so long. */
const LOOK_MS = 1_000
/** Rights are looked up so often; who lost them is told nothing after this and a moment. */
const RIGHTS_MS = 2_500
/** Without the database nobody knows who may still listen: the streams end, and come back to where they were. */
const UNKNOWN_MS_MAX = 5_000
/** What happened between the reading of a page and its first event is told again. */
const OVERLAP_SECONDS = 10
const RETRY_MS = [100, 500, 1_000, 2_000, 5_000] as const

/** Everything after `from`, up to a number of rows; `upTo` may lie further than the last row, because nothing can appear before it. */
async function readAfter(from: Position): Promise<Batch & { isFull: boolean }> {
  const { horizon, nowMs, rows } = await readLiveChanges(from, ROWS_PER_READ)
  const last = rows.at(-1)
  const isFull = rows.length === ROWS_PER_READ
  const place = isFull && last ? { tx: BigInt(last.tx), id: BigInt(last.id) } : { tx: BigInt(horizon), id: 0n }
  return { from, rows, isFull, upTo: { ...(isBefore(place, from) ? from : place), atMs: nowMs } }
}

/** Follows what changes, once for this process, while someone listens, and tells each reader what they may see. */
export class LiveHub {
  readonly #joined = new Set<LiveReader>()
  readonly #joining = new Set<LiveReader>()
  #position: Position | null = null
  #running: Promise<void> | null = null
  #ready: Promise<void> = Promise.resolve()
  #wake: () => void = () => undefined
  #rightsMs = 0
  #aliveMs = 0

  readers(): LiveReader[] {
    return [...this.#joined, ...this.#joining]
  }

  /** Brings a reader to now, from where it was if that is still known, and keeps telling it. Throws unavailable without a database. */
  async join(reader: LiveReader, from: Position | null): Promise<void> {
    this.#joining.add(reader)
    try {
      this.#start()
      await this.#ready
      await this.#place(reader, from)
      while (this.#position && reader.position && isBefore(reader.position, this.#position)) {
        reader.take(await readAfter(reader.position))
      }
    } catch (error) {
      log().warn({ err: { message: error instanceof Error ? error.message : 'unknown' } }, 'a stream could not be opened')
      this.#joining.delete(reader)
      throw new AppError('unavailable', 'Changes cannot be followed just now: the database does not answer.', { nextStep: 'Try again in a moment.', retryAfterSeconds: 5 })
    }
    // Without a pause after the last comparison, so that nothing falls between.
    if (this.#joining.delete(reader)) this.#joined.add(reader)
  }

  leave(reader: LiveReader): void {
    this.#joined.delete(reader)
    this.#joining.delete(reader)
    if (this.readers().length === 0) this.#wake()
  }

  /** Ends all streams, as when this process stops; their readers go on at another one. */
  endAll(): void {
    for (const reader of this.readers()) reader.end()
  }

  async #place(reader: LiveReader, from: Position | null): Promise<void> {
    const { horizon, nowMs, recentTx, recentId } = await findLivePlaces(OVERLAP_SECONDS)
    const now = { tx: BigInt(horizon), id: 0n, atMs: nowMs }
    if (from === null) {
      const recent = recentTx !== null && recentId !== null ? { tx: BigInt(recentTx), id: BigInt(recentId) - 1n, atMs: nowMs } : now
      return reader.startAt(isBefore(recent, now) ? recent : now, false)
    }
    if (!canResume(from, now)) return reader.startAt(now, true)
    reader.startAt(from, false)
    for (let read = 0; read < CAUGHT_UP_ROWS_MAX; read += ROWS_PER_READ) {
      const batch = await readAfter(reader.position ?? from)
      reader.take(batch)
      if (!batch.isFull) return
    }
    reader.startAt(now, true)
  }

  #start(): void {
    if (this.#running) return
    let open: () => void = () => undefined
    let fail: (error: unknown) => void = () => undefined
    this.#ready = new Promise((resolve, reject) => void ([open, fail] = [resolve, reject]))
    this.#ready.catch(() => undefined)
    this.#position = null
    this.#rightsMs = performance.now()
    this.#running = this.#keepFollowing(open, fail)
  }

  async #keepFollowing(open: () => void, fail: (error: unknown) => void): Promise<void> {
    for (let failures = 0; this.readers().length > 0; ) {
      try {
        await this.#follow(() => {
          failures = 0
          open()
        })
      } catch (error) {
        fail(error)
        log().warn({ err: { message: error instanceof Error ? error.message : 'unknown' } }, 'live changes are not followed, trying again')
        if (performance.now() - this.#rightsMs > UNKNOWN_MS_MAX) this.endAll()
        await this.#sleep(RETRY_MS[Math.min(failures++, RETRY_MS.length - 1)] ?? LOOK_MS)
      }
    }
    // Without a pause after the last look for readers: the next one starts it again.
    this.#running = null
  }

  /** Until the line is lost, which throws, or nobody listens any more. */
  async #follow(onOpen: () => void): Promise<void> {
    let isLost = false
    let hasNews = false
    const line = new LiveLine(
      () => {
        hasNews = true
        this.#wake()
      },
      () => {
        isLost = true
        this.#wake()
      },
    )
    try {
      await line.open()
      while (!isLost && this.readers().length > 0) {
        hasNews = false
        await this.#look()
        onOpen()
        this.#sayAlive()
        if (!hasNews && !isLost && this.readers().length > 0) await this.#sleep(LOOK_MS)
      }
    } finally {
      await line.close()
    }
    if (isLost) throw new Error('The connection that hears of changes is gone.')
  }

  async #look(): Promise<void> {
    if (performance.now() - this.#rightsMs > RIGHTS_MS) await this.#lookUpRights()
    let from = this.#position
    if (!from) {
      const { horizon, nowMs } = await findLivePlaces(0)
      from = this.#position = { tx: BigInt(horizon), id: 0n, atMs: nowMs }
    }
    for (let more = true; more; ) {
      const batch = await readAfter(from)
      // First who may still hear it, then what there is to hear.
      if (batch.rows.some(decidesRights)) await this.#lookUpRights()
      for (const reader of this.#joined) reader.take(batch)
      from = this.#position = batch.upTo
      more = batch.isFull
    }
  }

  async #lookUpRights(): Promise<void> {
    const [readers, startedMs] = [this.readers(), performance.now()]
    const rights = await rightsOf(readers.map(({ key }) => key), new Date())
    for (const reader of readers) reader.setRights(rights.get(reader.key.id))
    this.#rightsMs = startedMs
  }

  #sayAlive(): void {
    if (performance.now() - this.#aliveMs < ALIVE_MS) return
    this.#aliveMs = performance.now()
    for (const reader of this.#joined) reader.alive()
  }

  #sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms)
      this.#wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }
}
