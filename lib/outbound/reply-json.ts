import { firewallError } from '@/lib/core/errors'
import { isDeeperThan } from '@/lib/core/json-depth'
import { redactReply } from './redact'

const DEPTH_MAX = 64
// The key as written, or any escape that may spell it.
const MAY_NAME_PROTO = /__proto__|\\u00/i
const dropProto = (key: string, value: unknown): unknown => (key === '__proto__' ? undefined : value)

/**
 * A JSON reply as a value, at most 64 levels deep and without `__proto__` keys. The value is still the firewall's word:
 * only what a schema returns goes on. Throws firewall-reply-not-understood with the redacted reply.
 */
export function parseReplyJson(text: string): unknown {
  if (text.trim() === '') throw firewallError('firewall-reply-not-understood', { message: 'The reply of the firewall was empty.' })
  if (isDeeperThan(text, DEPTH_MAX)) throw firewallError('firewall-reply-not-understood', { message: 'The reply of the firewall is nested too deeply and was dropped.' })
  try {
    return JSON.parse(text, MAY_NAME_PROTO.test(text) ? dropProto : undefined)
  } catch {
    // The parser's message quotes the reply; it must not become a cause.
    throw firewallError('firewall-reply-not-understood', { message: 'The reply of the firewall is not JSON.', rawReply: redactReply(text) })
  }
}
