import 'server-only'
import { createHash } from 'node:crypto'
import ipaddr from 'ipaddr.js'
import { AppError } from '@/lib/core/errors'
import type { Tx } from '@/lib/db/client'
import { countInWindow } from '@/lib/db/sql'
import type { RateLeft } from './actor'

type Limit = { name: string; refusal: string; countMax: number; windowSeconds: number }

const SIGN_IN_REFUSAL = 'Too many sign-ins were tried.'
const PROOF_REFUSAL = 'Too many codes or passwords were tried.'
const QUARTER_SECONDS = 900
const DAY_SECONDS = 86_400

// A person mistypes a few times; a guesser needs thousands. The day limits bound guesses whatever the addresses.
const PER_ACCOUNT: Limit = { name: 'sign-in.account', refusal: SIGN_IN_REFUSAL, countMax: 10, windowSeconds: QUARTER_SECONDS }
const PER_ACCOUNT_AND_DAY: Limit = { name: 'sign-in.account-day', refusal: SIGN_IN_REFUSAL, countMax: 100, windowSeconds: DAY_SECONDS }
const PER_ADDRESS: Limit = { name: 'sign-in.address', refusal: SIGN_IN_REFUSAL, countMax: 30, windowSeconds: QUARTER_SECONDS }
const PER_DEVICE: Limit = { name: 'sign-in.device', refusal: SIGN_IN_REFUSAL, countMax: 10, windowSeconds: QUARTER_SECONDS }
const PER_DEVICE_AND_DAY: Limit = { name: 'sign-in.device-day', refusal: SIGN_IN_REFUSAL, countMax: 100, windowSeconds: DAY_SECONDS }
/** Codes of the second factor, and passwords that a signed-in person gives again. */
const PER_PROOF: Limit = { name: 'proof', refusal: PROOF_REFUSAL, countMax: 5, windowSeconds: QUARTER_SECONDS }
const PER_PROOF_AND_DAY: Limit = { name: 'proof-day', refusal: PROOF_REFUSAL, countMax: 100, windowSeconds: DAY_SECONDS }

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

/** Whoever has one IPv6 address has its whole /64. */
function network(address: string | null): string {
  if (address === null || !ipaddr.isValid(address)) return 'unknown'
  const parsed = ipaddr.process(address)
  return parsed instanceof ipaddr.IPv6 ? parsed.parts.slice(0, 4).join(':') : parsed.toString()
}

const forget = (tx: Tx, limits: readonly Limit[], subject: string, now: Date) =>
  tx.rateWindow.deleteMany({ where: { OR: limits.map((limit) => ({ key: keyOf(limit, subject), startsAt: windowStart(limit, now) })) } })

/** Which windows a sign-in counts in: those of a browser that signed in to this account before, or those of strangers. */
export type SignInSubject = { account: string; deviceId: string | null; address: string | null }

/**
 * Counts a sign-in before the password is looked at; throws too-many-requests when a limit is passed. A browser that knows
 * the account has windows of its own, so that guesses from elsewhere do not keep it out.
 */
export async function countSignIn({ account, deviceId, address }: SignInSubject, now: Date): Promise<void> {
  if (deviceId !== null) {
    await count(PER_DEVICE, deviceId, now)
    await count(PER_DEVICE_AND_DAY, deviceId, now)
    return
  }
  // In this order, so that a try which is refused anyway takes nothing of the account's day.
  await count(PER_ADDRESS, network(address), now)
  await count(PER_ACCOUNT, account, now)
  await count(PER_ACCOUNT_AND_DAY, account, now)
}

/** A good sign-in proves the person: the short window starts again. */
export async function forgetSignIns(tx: Tx, { account, deviceId }: SignInSubject, now: Date): Promise<void> {
  if (deviceId === null) await forget(tx, [PER_ACCOUNT], account, now)
  else await forget(tx, [PER_DEVICE, PER_DEVICE_AND_DAY], deviceId, now)
}

/** Counts a code, or a password given again, before it is looked at; throws too-many-requests after 5 in 15 minutes. */
export async function countProof(operatorId: string, now: Date): Promise<void> {
  await count(PER_PROOF, operatorId, now)
  await count(PER_PROOF_AND_DAY, operatorId, now)
}

/** What was accepted counts no more, nor do the tries before it. */
export async function forgetProofs(tx: Tx, operatorId: string, now: Date): Promise<void> {
  await forget(tx, [PER_PROOF, PER_PROOF_AND_DAY], operatorId, now)
}

const PER_TOKEN: Limit = { name: 'token', refusal: 'This token made too many requests.', countMax: 600, windowSeconds: 60 }
/** Set-up is anonymous: a handful of tries per address. */
const SET_UP: Limit = { name: 'set-up', refusal: 'Too many tries.', countMax: 10, windowSeconds: 900 }
export const countTokenUse = (tokenId: string, now: Date): Promise<RateLeft> => count(PER_TOKEN, tokenId, now)
export const countSetUp = (address: string | null, now: Date): Promise<RateLeft> => count(SET_UP, network(address), now)
/** A link is a secret of 192 bits or more: the limit only keeps the noise down. */
const LINK_USE: Limit = { name: 'link', refusal: 'Too many tries.', countMax: 30, windowSeconds: QUARTER_SECONDS }
export const countLinkUse = (address: string | null, now: Date): Promise<RateLeft> => count(LINK_USE, network(address), now)
