/** A reply that is no JSON object: a download. */
export class Download {
  constructor(
    readonly body: ReadableStream<Uint8Array> | string,
    readonly contentType: string,
    /** Null for what programs read where it is: it is not offered as a file. */
    readonly fileName: string | null,
  ) {}
}
