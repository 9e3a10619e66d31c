import type { RoleGrant } from '@/lib/auth/actor'
import type { StoredChange } from '@/lib/db/live-sql'
import { coalesce } from './coalesce'
import { EventStream } from './event-stream'
import { isBefore, positionText, type Position } from './position'
import type { Key } from './rights'
import { mayBeTold } from './topics'

const sameGrants = (a: readonly RoleGrant[], b: readonly RoleGrant[]): boolean => JSON.stringify(a.map(({ role, customerId }) => [role, customerId]).sort()) === JSON.stringify(b.map(({ role, customerId }) => [role, customerId]).sort())

/** Rows after `from`, in order, up to `upTo`. */
export type Batch = { from: Position; rows: readonly StoredChange[]; upTo: Position }

/** One open stream: who reads it, what they may see, and how far they were told. */
export class LiveReader {
  readonly stream: EventStream
  #position: Position | null = null

  constructor(
    readonly key: Key,
    readonly operatorId: string,
    private grants: readonly RoleGrant[],
    onEnd: (reader: LiveReader) => void,
  ) {
    this.stream = new EventStream(() => onEnd(this))
  }

  get position(): Position | null {
    return this.#position
  }

  /** Sets where the reader stands. With `reset` they are asked to look at everything again. */
  startAt(position: Position, reset: boolean): void {
    this.#position = position
    this.stream.send(reset ? 'reset' : 'alive', positionText(position), '')
  }

  /** Tells what of a batch the reader may see and was not told. */
  take({ from, rows, upTo }: Batch): void {
    const told = this.#position
    if (!told || isBefore(upTo, told)) return
    this.#position = upTo
    const listener = { operatorId: this.operatorId, grants: this.grants }
    const isAhead = isBefore(from, told)
    const changes = coalesce(rows.filter((row) => mayBeTold(listener, row) && !(isAhead && !isBefore(told, { tx: BigInt(row.tx), id: BigInt(row.id) }))))
    if (changes.length > 0) this.stream.send('changes', positionText(upTo), JSON.stringify(changes))
  }

  /** Says that the stream lives although nothing happens. */
  alive(): void {
    if (this.#position) this.stream.send('alive', positionText(this.#position), '')
  }

  /** Who may see less, or more, than before looks at everything again; who may see nothing is told so, and the stream ends. */
  setRights(grants: readonly RoleGrant[] | undefined): void {
    if (grants === undefined) return this.end('ended')
    if (sameGrants(grants, this.grants)) return
    this.grants = grants
    if (this.#position) this.stream.send('reset', positionText(this.#position), '')
  }

  /** Ends the stream; without `event` as a broken line would, so that the reader comes back. */
  end(event?: 'ended'): void {
    if (event && this.#position) this.stream.send(event, positionText(this.#position), '')
    this.stream.end()
  }
}
