import 'server-only'
import { judgeReply } from '@/lib/channels/judge-reply'
import type { Send } from '@/lib/channels/outcome'
import { postJson } from '@/lib/channels/post-json'
import { signatureOf, webhookBody } from './payload'

/** JSON of our own to an address of theirs. The same delivery has the same `Palisade-Delivery`, however often it comes. */
export const sendWebhook: Send<'webhook'> = async ({ url }, { signing, previous }, message, way) => {
  const keys = [signing, previous !== undefined && new Date(previous.until) > message.at ? previous.signing : undefined].flatMap((key) => (key === undefined ? [] : [key]))
  const body = webhookBody(message)
  const reply = await postJson(url, body, { 'palisade-delivery': message.id, 'palisade-signature': signatureOf(body, message.at, keys) }, way)
  return judgeReply(reply, keys, message.at)
}
