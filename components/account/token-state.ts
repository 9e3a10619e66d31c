// How a token stands, in words and in order. Pure, so that it can be tested.
import type { TokenDto } from '@/lib/tokens/input'

const DAY_MS = 86_400_000
const WARN_DAYS = 14

export type TokenStand = { tone: 'warn' | 'plain' | 'none'; word: string; reason: string | null }

/** Whole days until it ends, rounded down; below 0 when it has ended. */
export const daysLeft = (token: Pick<TokenDto, 'expiresAt'>, nowMs: number): number => Math.floor((new Date(token.expiresAt).getTime() - nowMs) / DAY_MS)

/** Whether it works, and whether somebody has to think of it soon. */
export function tokenStand(token: Pick<TokenDto, 'state' | 'expiresAt'>, nowMs: number): TokenStand {
  if (token.state === 'revoked') return { tone: 'none', word: 'Revoked', reason: null }
  const days = daysLeft(token, nowMs)
  if (token.state === 'expired' || days < 0) return { tone: 'none', word: 'Expired', reason: null }
  if (days >= WARN_DAYS) return { tone: 'plain', word: 'Works', reason: null }
  return { tone: 'warn', word: 'Ends soon', reason: days === 0 ? 'in less than a day' : `in ${days} ${days === 1 ? 'day' : 'days'}` }
}

const PLACE = { warn: 0, plain: 1, none: 2 } as const satisfies Record<TokenStand['tone'], number>

/** What ends soon first, then what works by its end, then what has ended, the latest first. */
export const inOrder = (tokens: readonly TokenDto[], nowMs: number): TokenDto[] =>
  [...tokens].sort((a, b) => {
    const [first, second] = [tokenStand(a, nowMs), tokenStand(b, nowMs)]
    if (first.tone !== second.tone) return PLACE[first.tone] - PLACE[second.tone]
    const order = a.expiresAt.localeCompare(b.expiresAt)
    return first.tone === 'none' ? -order : order
  })

/** The sentence above the list. */
export function tokenSentence(tokens: readonly TokenDto[], nowMs: number): string {
  const stands = tokens.map((token) => tokenStand(token, nowMs).tone)
  const live = stands.filter((tone) => tone !== 'none').length
  const soon = stands.filter((tone) => tone === 'warn').length
  if (live === 0) return 'No token works in your name.'
  const first = live === 1 ? 'One token works in your name' : `${live} tokens work in your name`
  return soon === 0
    ? `${first}.`
    : `${first}; ${soon === live ? (live === 1 ? 'it ends' : 'all end') : soon === 1 ? 'one ends' : `${soon} end`} within ${WARN_DAYS} days.`
}
