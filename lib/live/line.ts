import 'server-only'
import pg from 'pg'
import { databaseUrl } from '@/lib/core/env'
import { LIVE_CHANNEL, tellLiveNews } from '@/lib/db/live-sql'
import { LOCKS } from '@/lib/db/locks'
import { isBefore, type Position } from './position'

/** At most five times a second, whatever happens. */
const TICK_MS = 200
/** Each process tries so often to become the one that tells; a killed one is replaced within this time. */
const TRY_MS = 1_000

type Place = Pick<Position, 'tx' | 'id'>

/**
 * The one connection of this process that hears of news. Of all processes that have one, the holder of an advisory lock looks
 * for rows and tells the others without saying which: a notification at each commit would make all commits wait for one another.
 */
export class LiveLine {
  readonly #client = new pg.Client({ connectionString: databaseUrl(), keepAlive: true, application_name: 'palisade live' })
  #timer: ReturnType<typeof setTimeout> | undefined
  #tells = false
  #told: Place = { tx: 0n, id: 0n }
  #closed = false

  /** `onNews` runs for each notification, `onLost` once when the connection is gone, unless it was closed. */
  constructor(
    private readonly onNews: () => void,
    private readonly onLost: () => void,
  ) {}

  /** Resolves when nothing can be missed any more. */
  async open(): Promise<void> {
    this.#client.on('error', () => this.#lose())
    this.#client.on('end', () => this.#lose())
    this.#client.on('notification', this.onNews)
    await this.#client.connect()
    await this.#client.query(`LISTEN ${LIVE_CHANNEL}`)
    this.#next(0)
  }

  async close(): Promise<void> {
    this.#closed = true
    clearTimeout(this.#timer)
    await this.#client.end().catch(() => undefined)
  }

  #lose(): void {
    if (this.#closed) return
    this.#closed = true
    clearTimeout(this.#timer)
    this.onLost()
  }

  #next(ms: number): void {
    if (this.#closed) return
    this.#timer = setTimeout(() => {
      // What fails here is the connection, which says so by itself.
      this.#turn().then(() => this.#next(this.#tells ? TICK_MS : TRY_MS), () => this.#lose())
    }, ms)
  }

  async #turn(): Promise<void> {
    if (!this.#tells) {
      const { rows } = await this.#client.query<{ mine: boolean }>('SELECT pg_try_advisory_lock($1) AS mine', [LOCKS.live])
      this.#tells = rows[0]?.mine === true
    }
    const told = this.#tells ? await tellLiveNews(this.#client, this.#told) : null
    if (told && isBefore(this.#told, told)) this.#told = told
  }
}
