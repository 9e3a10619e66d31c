import 'server-only'
import { firewallError } from '@/lib/core/errors'
import { db } from '@/lib/db/client'

/** So that no firewall locks the whole provider out (security.md row 29): failures per origin in the database. */
export const FAILURES_MAX = 2
export const FAILURE_WINDOW_MINUTES = 30
const windowMs = FAILURE_WINDOW_MINUTES * 60_000

export type Tries = { triesLeft: number; retryAt: string | null }

/** Failed sign-ins left towards an origin, and when the next one is free if there are none. */
export async function triesOf(origin: string, now: Date): Promise<Tries> {
  const failures = await db().authenticationFailure.findMany({ where: { origin, at: { gt: new Date(now.getTime() - windowMs) } }, orderBy: { at: 'desc' }, take: FAILURES_MAX, select: { at: true } })
  const oldest = failures.at(-1)
  const triesLeft = Math.max(0, FAILURES_MAX - failures.length)
  return { triesLeft, retryAt: triesLeft === 0 && oldest ? new Date(oldest.at.getTime() + windowMs).toISOString() : null }
}

/** Throws firewall-no-tries-left before anything is sent. */
export async function requireTry(origin: string, now: Date): Promise<void> {
  const { triesLeft, retryAt } = await triesOf(origin, now)
  if (triesLeft === 0) throw firewallError('firewall-no-tries-left', { details: { triesLeft, ...(retryAt !== null && { retryAt }) } })
}

export async function noteFailure(origin: string, now: Date): Promise<void> {
  await db().authenticationFailure.create({ data: { origin, at: now } })
}
