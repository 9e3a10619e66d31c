import 'server-only'
import { cleanText } from '@/lib/core/clean-text'
import type { PostReply } from '@/lib/outbound/post'
import type { Outcome } from './outcome'

/** A refusal that only a person ends: tried again rarely, so that what waits goes out once it is mended, and nobody is locked out. */
export const WAITS_FOR_PERSON_MS = 900_000
const RETRY_AFTER_MS_MAX = 3_600_000
const SAID_LENGTH_MAX = 160
const TRY_LATER = [408, 425, 429]
const WHO_ARE_YOU = [401, 403, 407]
/** Nothing is there, or nothing that takes messages: the address is wrong, not the message. */
const NOBODY_THERE = [404, 405, 410]

/** What the other side said, in a line, without a secret that it may have echoed. */
export function said(text: string, secrets: readonly (string | undefined)[]): string {
  const bare = secrets.reduce<string>((rest, secret) => (secret === undefined || secret === '' ? rest : rest.replaceAll(secret, '[secret]')), text)
  const line = cleanText(bare).replace(/\s+/g, ' ').trim().slice(0, SAID_LENGTH_MAX)
  return line === '' ? '' : ` It said: ${line}`
}

/** An address that is a secret, and what of it could be said back alone. */
export const secretsOfAddress = (url: string): string[] => {
  const { pathname, search } = new URL(url)
  return [url, `${pathname}${search}`, pathname, ...pathname.split('/').filter((part) => part.length >= 8)].filter((text) => text.length >= 8)
}

/** Retry-After in seconds or as a date; null when there is none that can be read. */
function retryAfterMs(header: string | undefined, now: Date): number | null {
  if (header === undefined) return null
  const ms = /^\d+$/.test(header) ? Number(header) * 1_000 : Date.parse(header) - now.getTime()
  return Number.isNaN(ms) ? null : Math.min(Math.max(ms, 1_000), RETRY_AFTER_MS_MAX)
}

/** What a status means for a notice. `secrets` are cut out of what is kept of the answer. */
export function judgeReply({ status, headers, text, location }: PostReply, secrets: readonly (string | undefined)[], now: Date): Outcome {
  if (status >= 200 && status < 300) return { result: 'delivered', answer: `Taken with status ${status}.` }
  const heard = said(text, secrets)
  if (status >= 300 && status < 400) {
    return { result: 'later', afterMs: null, answer: location === null ? `It answered with a redirect (${status}), which is never followed.` : `It redirects to ${location}, which is never followed. Enter that address if it is right.` }
  }
  if (TRY_LATER.includes(status)) return { result: 'later', afterMs: retryAfterMs(headers['retry-after'], now), answer: `It asks to try later (status ${status}).${heard}` }
  if (WHO_ARE_YOU.includes(status)) return { result: 'later', afterMs: WAITS_FOR_PERSON_MS, answer: `It does not let Palisade in (status ${status}). Check the address and the secret.${heard}` }
  if (NOBODY_THERE.includes(status)) return { result: 'later', afterMs: WAITS_FOR_PERSON_MS, answer: `Nothing takes messages at this address (status ${status}). Check it.${heard}` }
  if (status >= 400 && status < 500) return { result: 'never', answer: `It refused the message for good (status ${status}).${heard}` }
  return { result: 'later', afterMs: retryAfterMs(headers['retry-after'], now), answer: `It failed with status ${status}.${heard}` }
}
