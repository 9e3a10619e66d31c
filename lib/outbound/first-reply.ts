import { TLSSocket } from 'node:tls'
import type { Lane } from './pools'
import type { OutboundReply } from './transport'

/** What the first reply of a transport tells beside itself. */
export type FirstReply = {
  /** One round trip, as TCP needed to connect; null when the connection was open already. */
  roundTripMs: number | null
  /** The firewall's clock minus ours, to about a second; null without a Date header. */
  clockOffsetMs: number | null
  /** When the certificate of this connection ends; null over plain http. */
  certificateEndsAt: Date | null
}

/** `nowMs` is when the reply was complete. */
export function firstReplyOf({ socket, roundTripMs, repliesOnSocket }: Lane, { headers, durationMs }: OutboundReply, nowMs: number): FirstReply {
  const shownMs = Date.parse(headers.date ?? '')
  const ends = socket instanceof TLSSocket ? Date.parse(socket.getPeerCertificate(false).valid_to) : NaN
  return {
    roundTripMs: repliesOnSocket === 1 ? roundTripMs : null,
    // The header drops the fraction of its second: half of one is lost in the mean, and half of the exchange has passed since.
    clockOffsetMs: Number.isNaN(shownMs) ? null : shownMs + 500 - (nowMs - durationMs / 2),
    certificateEndsAt: Number.isNaN(ends) ? null : new Date(ends),
  }
}
