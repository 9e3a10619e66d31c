// The contract between the one outbound module and the family adapters. The adapters build requests and read
// replies; only lib/outbound opens sockets.

/** Deadline and size cap by kind of call (product.md decision 10). */
export const CALL_CLASSES = {
  probe: { deadlineMs: 5_000, replyBytesMax: 64 * 1024 },
  read: { deadlineMs: 30_000, replyBytesMax: 8 * 1024 * 1024 },
  list: { deadlineMs: 60_000, replyBytesMax: 64 * 1024 * 1024 },
  configuration: { deadlineMs: 120_000, replyBytesMax: 64 * 1024 * 1024 },
  command: { deadlineMs: 190_000, replyBytesMax: 1024 * 1024 },
} as const
export type CallClass = keyof typeof CALL_CLASSES

export type OutboundRequest = {
  method: 'GET' | 'POST' | 'OPTIONS'
  /** Absolute path with query, from constants of the family's folder. */
  path: string
  /** Sent exactly as given; the transport adds only Host, Connection, Accept-Encoding: gzip and User-Agent. */
  headers: Readonly<Record<string, string>>
  /** JSON text, or undefined for none. */
  body?: string
  callClass: CallClass
  /**
   * Which lease the call takes over all processes: two reads, one write, one authentication per firewall at a time.
   * `write` = changes state on the firewall (check, command). `authentication` = asks for a token.
   */
  lease: 'read' | 'write' | 'authentication'
  /** A POST that changes nothing, such as a search: treated like a GET, so it goes over an open connection and may be sent again. */
  onlyReads?: boolean
  /** Whether a credential is in it: only then a 401 counts as a failed authentication. */
  carriesCredential: boolean
  /** The reply is a file: its bytes are wanted as they came, and `text` stays empty for a 200. */
  wantsBytes?: boolean
  signal: AbortSignal
}

export type OutboundReply = {
  status: number
  /** Lower-case names; a repeated header is joined with ', '. */
  headers: Readonly<Record<string, string>>
  /** Decoded (identity or gzip only), within the cap. */
  text: string
  /** For a 200 to a request with `wantsBytes`. */
  bytes?: Buffer
  durationMs: number
}

/**
 * A way to exactly one firewall: origin, trust and limits are bound in.
 * Throws AppError firewall-unreachable, firewall-timed-out, firewall-address-forbidden, firewall-certificate-unknown,
 * firewall-certificate-changed, firewall-redirect (any 3xx, unless `acceptRedirect`), firewall-reply-too-large,
 * firewall-reply-not-understood (encoding), firewall-no-tries-left, firewall-busy (no lease in time). Any other status is returned for the adapter to read.
 * A 401 to a request that carries a credential is recorded as a failed authentication before the reply is returned.
 */
export interface Transport {
  readonly origin: string
  send(request: OutboundRequest & { acceptRedirect?: boolean }): Promise<OutboundReply>
}

/** What enrolment shows before any credential is sent. */
export type SeenCertificate = {
  /** Lower-case hex of the DER certificate. */
  sha256: string
  /** Lower-case hex of the public key (SPKI): equal after a renewal with the same key. */
  spkiSha256: string
  subject: string
  issuer: string
  selfSigned: boolean
  validFrom: string
  validTo: string
  keyType: string
  /** Chain verifies against the public CAs and the name fits. */
  publiclyTrusted: boolean
}
