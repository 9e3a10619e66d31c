import 'server-only'
import { createHash } from 'node:crypto'
import { AppError } from '@/lib/core/errors'
import { db } from '@/lib/db/client'
import { countInWindow } from '@/lib/db/sql'

type Limit = { name: string; countMax: number; windowSeconds: number }

// A person mistypes a few times; a guesser needs thousands. The day limit bounds guesses whatever the addresses.
const PER_ACCOUNT: Limit = { name: 'sign-in.account', countMax: 10, windowSeconds: 900 }
const PER_ACCOUNT_AND_DAY: Limit = { name: 'sign-in.account-day', countMax: 100, windowSeconds: 86_400 }
const PER_ADDRESS: Limit = { name: 'sign-in.address', countMax: 30, windowSeconds: 900 }

const windowStart = (limit: Limit, now: Date) => new Date(Math.floor(now.getTime() / 1000 / limit.windowSeconds) * limit.windowSeconds * 1000)
const keyOf = (limit: Limit, subject: string) => `${limit.name}:${createHash('sha256').update(subject).digest('hex').slice(0, 32)}`

async function count(limit: Limit, subject: string, now: Date): Promise<void> {
  const startsAt = windowStart(limit, now)
  if ((await countInWindow(keyOf(limit, subject), startsAt)) <= limit.countMax) return
  const retryAfterSeconds = Math.ceil((startsAt.getTime() + limit.windowSeconds * 1000 - now.getTime()) / 1000)
  throw new AppError('too-many-requests', 'Too many sign-ins were tried.', { nextStep: `Wait ${Math.ceil(retryAfterSeconds / 60)} min, then try again.`, retryAfterSeconds })
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

const PER_TOKEN: Limit = { name: 'token', countMax: 600, windowSeconds: 60 }
/** Set-up is anonymous: a handful of tries per address. */
const SET_UP: Limit = { name: 'set-up', countMax: 10, windowSeconds: 900 }
export const countTokenUse = (tokenId: string, now: Date): Promise<void> => count(PER_TOKEN, tokenId, now)
export const countSetUp = (address: string | null, now: Date): Promise<void> => count(SET_UP, address ?? 'unknown', now)
