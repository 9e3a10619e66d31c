/** A reply that is no JSON object: a download. */
export class Download {
  constructor(
    readonly body: ReadableStream<Uint8Array> | string,
    readonly contentType: string,
    readonly fileName: string,
  ) {}
}
