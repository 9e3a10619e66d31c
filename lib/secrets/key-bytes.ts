import { randomBytes } from 'node:crypto'
import { inspect } from 'node:util'

export const KEY_BYTES = 32

/** 32 key bytes that cannot be printed or serialised; only `reveal` hands them out. Throws RangeError on another length. */
class KeyBytes {
  readonly #bytes: Buffer
  constructor(bytes: Buffer) {
    if (bytes.length !== KEY_BYTES) throw new RangeError(`A key has ${KEY_BYTES} bytes.`)
    this.#bytes = Buffer.from(bytes)
  }
  reveal(): Buffer {
    return this.#bytes
  }
  toJSON(): string {
    return '[key]'
  }
  toString(): string {
    return '[key]'
  }
  [inspect.custom](): string {
    return '[key]'
  }
}

/** The key under which secrets in the database are sealed; its id stands in each sealed text. */
export class DataKey extends KeyBytes {
  constructor(
    readonly id: string,
    bytes: Buffer,
  ) {
    super(bytes)
  }
}

/** The key that wraps the data key and is never in the database. */
export class MasterKey extends KeyBytes {
  constructor(
    /** Where it came from, as sentences name it: the file, or the command's variable. */
    readonly origin: string,
    bytes: Buffer,
  ) {
    super(bytes)
  }
}

/** A fresh random data key. */
export const createDataKey = (): DataKey => new DataKey(randomBytes(9).toString('base64url'), randomBytes(KEY_BYTES))
