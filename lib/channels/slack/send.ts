import 'server-only'
import { judgeReply, secretsOfAddress } from '@/lib/channels/judge-reply'
import type { Send } from '@/lib/channels/outcome'
import { postJson } from '@/lib/channels/post-json'
import { slackBody } from './payload'

/** To an incoming webhook, whose address is the secret. Slack knows no id of a message: a repeat appears twice. */
export const sendSlack: Send<'slack'> = async (_target, { url }, message, way) => {
  if (url === undefined) return { result: 'later', afterMs: null, answer: 'The address of the webhook is missing. Enter it again.' }
  return judgeReply(await postJson(url, slackBody(message), {}, way), secretsOfAddress(url), message.at)
}
