import 'server-only'
import type { NoticeText } from '@/lib/notices/text'
import type { Cidr } from '@/lib/outbound/address-policy'
import type { StoredTarget } from './input'
import type { ChannelSecrets } from './stored'

/**
 * How sending ended. `later`: the channel is held and tries the same again, after `afterMs` where the other side or the
 * reason says so. `never`: the other side can never take this message as it is. `answer` is a sentence without secrets.
 */
export type Outcome = { result: 'delivered'; answer: string } | { result: 'later'; answer: string; afterMs: number | null } | { result: 'never'; answer: string }

export type Message = {
  /** The same when it is repeated, so that a receiver can tell. */
  id: string
  at: Date
  /** In order; more than one is a digest. */
  texts: readonly NoticeText[]
}

/** Where the connection may go, and how long it may take. */
export type WayOut = { allowedNetworks: readonly Cidr[]; onlyPublic: boolean; signal: AbortSignal }

/** One kind of channel: a folder with this function. It throws AppErrors of the outbound module, and nothing else. */
export type Send<K extends StoredTarget['kind']> = (target: Extract<StoredTarget, { kind: K }>, secrets: ChannelSecrets, message: Message, way: WayOut) => Promise<Outcome>
