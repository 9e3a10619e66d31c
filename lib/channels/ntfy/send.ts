import 'server-only'
import { judgeReply } from '@/lib/channels/judge-reply'
import type { Send } from '@/lib/channels/outcome'
import { postJson } from '@/lib/channels/post-json'
import { ntfyBody } from './payload'

/** Published as JSON, so that no name can become a header. */
export const sendNtfy: Send<'ntfy'> = async ({ server, topic }, { token }, message, way) => {
  const reply = await postJson(server, ntfyBody(topic, message), token === undefined ? {} : { authorization: `Bearer ${token}` }, way)
  return judgeReply(reply, [token], message.at)
}
