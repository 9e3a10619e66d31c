/** How the firewall at an origin proves that it is itself (product.md decision 9). */
export type Trust =
  | { mode: 'public-ca' }
  /** Exactly this certificate; `spkiSha256` of the pinned one tells a renewal with the same key apart. */
  | { mode: 'pin'; sha256: string; spkiSha256: string | null }
  /** Only for http:// origins. */
  | { mode: 'plain-http' }
