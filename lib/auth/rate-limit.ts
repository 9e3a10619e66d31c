import 'server-only'
import { createHash } from 'node:crypto'
import { AppError } from '@/lib/core/errors'
import { db } from '@/lib/db/client'
import { countInWindow } from '@/lib/db/sql'
import type { RateLeft } from './actor'

type Limit = { name: string; refusal: string; countMax: number; windowSeconds: number }

// A person mistypes a few times; a guesser needs thousands. The day limit bounds guesses whatever the addresses.
const PER_ACCOUNT: Limit = { name: 'sign-in.account', refusal: 'Too many sign-ins were tried.', countMax: 10, windowSeconds: 900 }
const PER_ACCOUNT_AND_DAY: Limit = { name: 'sign-in.account-day', refusal: 'Too many sign-ins were tried.', countMax: 100, windowSeconds: 86_400 }
const PER_ADDRESS: Limit = { name: 'sign-in.address', refusal: 'Too many sign-ins were tried.', countMax: 30, windowSeconds: 900 }

const windowStart = (limit: Limit, now: Date) => new Date(Math.floor(now.getTime() / 1000 / limit.windowSeconds) * limit.windowSeconds * 1000)
const keyOf = (limit: Limit, subject: string) => `${limit.name}:${createHash('sha256').update(subject).digest('hex').slice(0, 32)}`

async function count(limit: Limit, subject: string, now: Date): Promise<RateLeft> {
  const startsAt = windowStart(limit, now)
  const counted = await countInWindow(keyOf(limit, subject), startsAt)
  const retryAfterSeconds = Math.ceil((startsAt.getTime() + limit.windowSeconds * 1000 - now.getTime()) / 1000)
  const left: RateLeft = { limit: limit.countMax, remaining: Math.max(0, limit.countMax - counted), resetSeconds: retryAfterSeconds, windowSeconds: limit.windowSeconds }
  if (counted <= limit.countMax) return left
  throw new AppError('too-many-requests', limit.refusal, { nextStep: `Wait ${Math.ceil(retryAfterSeconds / 60)} min, then try again.`, retryAfterSeconds }, { rate: left })
}

/** Counts a sign-in before the password is looked at; throws too-many-requests when a limit is passed. */
export async function countSignIn(account: string, address: string | null, now: Date): Promise<void> {
  await count(PER_ADDRESS, address ?? 'unknown', now)
  await count(PER_ACCOUNT, account, now)
  await count(PER_ACCOUNT_AND_DAY, account, now)
}

/** A good sign-in proves the person: the account's short window starts again. */
export async function forgetSignIns(account: string, now: Date): Promise<void> {
  await db().rateWindow.deleteMany({ where: { key: keyOf(PER_ACCOUNT, account), startsAt: windowStart(PER_ACCOUNT, now) } })
}

const PER_TOKEN: Limit = { name: 'token', refusal: 'This token made too many requests.', countMax: 600, windowSeconds: 60 }
/** Set-up is anonymous: a handful of tries per address. */
const SET_UP: Limit = { name: 'set-up', refusal: 'Too many tries.', countMax: 10, windowSeconds: 900 }
export const countTokenUse = (tokenId: string, now: Date): Promise<RateLeft> => count(PER_TOKEN, tokenId, now)
export const countSetUp = (address: string | null, now: Date): Promise<RateLeft> => count(SET_UP, address ?? 'unknown', now)
