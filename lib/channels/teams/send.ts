import 'server-only'
import { judgeReply, secretsOfAddress } from '@/lib/channels/judge-reply'
import type { Send } from '@/lib/channels/outcome'
import { postJson } from '@/lib/channels/post-json'
import { teamsBody } from './payload'

/** To a workflow, whose address is the secret. Teams knows no id of a message: a repeat appears twice. */
export const sendTeams: Send<'teams'> = async (_target, { url }, message, way) => {
  if (url === undefined) return { result: 'later', afterMs: null, answer: 'The address of the workflow is missing. Enter it again.' }
  return judgeReply(await postJson(url, teamsBody(message), {}, way), secretsOfAddress(url), message.at)
}
