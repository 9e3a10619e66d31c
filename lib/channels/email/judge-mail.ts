import 'server-only'
import { said, WAITS_FOR_PERSON_MS } from '@/lib/channels/judge-reply'
import type { Outcome } from '@/lib/channels/outcome'

function fieldsOf(error: unknown): { code: string; status: number; response: string; command: string } {
  if (typeof error !== 'object' || error === null) return { code: '', status: 0, response: '', command: '' }
  const [code, status, response, command]: unknown[] = ['code', 'responseCode', 'response', 'command'].map((name) => Reflect.get(error, name))
  return { code: typeof code === 'string' ? code : '', status: typeof status === 'number' ? status : 0, response: typeof response === 'string' ? response : '', command: typeof command === 'string' ? command : '' }
}

/** Where a refusal is about this message; before, it is about who sends. */
const OF_MESSAGE = /^(?:RCPT TO|DATA)/i

/**
 * What a failure in the middle of a conversation with a mail server means: 4xx is a wish to try later, as greylisting
 * does; 5xx is for good; a refused login is tried again rarely; a connection that broke tells nothing.
 */
export function judgeMailError(error: unknown, secrets: readonly (string | undefined)[]): Outcome {
  const { code, status, response, command } = fieldsOf(error)
  const heard = said(response, secrets)
  if (code === 'EAUTH') return status >= 400 && status < 500 ? { result: 'later', afterMs: null, answer: `The mail server puts the sign-in off (status ${status}).${heard}` } : { result: 'later', afterMs: WAITS_FOR_PERSON_MS, answer: `The mail server refused the sign-in. Check user and password.${heard}` }
  if (status >= 500 && !OF_MESSAGE.test(command)) return { result: 'later', afterMs: WAITS_FOR_PERSON_MS, answer: `The mail server does not take mail from Palisade (status ${status}). Check its settings and the sender.${heard}` }
  if (status >= 500) return { result: 'never', answer: `The mail server refused the message for good (status ${status}).${heard}` }
  if (status >= 400) return { result: 'later', afterMs: null, answer: `The mail server asks to try later (status ${status}).${heard}` }
  if (code === 'ETIMEDOUT') return { result: 'later', afterMs: null, answer: 'The mail server did not answer in time.' }
  return { result: 'later', afterMs: null, answer: 'The mail server ended the connection before it took the message.' }
}
