/** How long what open pages were told is kept; the sweep removes what is older. */
export const LIVE_KEPT_MS = 3_600_000
/** A position older than this may lie before what is kept; the sweep comes each ten minutes, so the rest is a margin. */
const RESUMED_MS_MAX = LIVE_KEPT_MS - 300_000

/** All rows up to and with this one, in the order of `tx` and `id`, were told. `atMs` is when, by the database's clock. */
export type Position = { tx: bigint; id: bigint; atMs: number }

const FORMAT = /^(\d{1,20})-(\d{1,19})-([0-9a-z]{1,10})$/

/** The id of an event: where a stream goes on after it. */
export const positionText = ({ tx, id, atMs }: Position): string => `${tx}-${id}-${Math.floor(atMs).toString(36)}`

export function parsePosition(text: string): Position | null {
  const found = FORMAT.exec(text)
  if (!found) return null
  const [, tx = '', id = '', at = ''] = found
  return { tx: BigInt(tx), id: BigInt(id), atMs: Number.parseInt(at, 36) }
}

export const isBefore = (a: Pick<Position, 'tx' | 'id'>, b: Pick<Position, 'tx' | 'id'>): boolean => a.tx < b.tx || (a.tx === b.tx && a.id < b.id)

/** Whether everything after `from` is still kept. One that lies ahead of `now` is of another database, such as one before a restore. */
export const canResume = (from: Position, now: Position): boolean => now.atMs - from.atMs <= RESUMED_MS_MAX && !isBefore(now, from)
