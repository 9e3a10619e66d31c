import 'server-only'
import type { IssuedToken, TokenStore } from '@/lib/adapters/adapter'
import type { Secret } from '@/lib/core/secret'
import { db } from '@/lib/db/client'
import { holdLease } from './gate'
import { openAccessToken, sealAccessToken } from './vault'

const RENEW_BEFORE_MS = 60_000

/** Tokens of one stored firewall, shared by all processes; renewed before they end, one flight at a time. */
export function storedTokens(firewallId: string, origin: string, signal: AbortSignal): TokenStore {
  // A visit asks for it with each request; what the database said once holds as long as the token does.
  let held: IssuedToken | null = null
  const lasts = ({ expiresAt }: { expiresAt: Date }): boolean => expiresAt.getTime() - Date.now() >= RENEW_BEFORE_MS
  const current = async (): Promise<Secret | null> => {
    if (held && lasts(held)) return held.token
    const row = await db().firewallToken.findUnique({ where: { firewallId } })
    if (!row || !lasts(row)) return null
    held = { token: await openAccessToken(row.tokenSealed, firewallId, origin), expiresAt: row.expiresAt }
    return held.token
  }
  return {
    async get(issue) {
      const known = await current()
      if (known) return known
      // Whoever waited here finds the token of the first.
      return holdLease(origin, 'token', signal, async () => {
        const meanwhile = await current()
        if (meanwhile) return meanwhile
        const issued = await issue()
        held = issued
        const sealed = await sealAccessToken(issued.token, firewallId, origin)
        await db().firewallToken.upsert({ where: { firewallId }, create: { firewallId, tokenSealed: sealed, expiresAt: issued.expiresAt }, update: { tokenSealed: sealed, expiresAt: issued.expiresAt } })
        return issued.token
      })
    },
    async discard() {
      held = null
      await db().firewallToken.deleteMany({ where: { firewallId } })
    },
  }
}

/** Tokens for a test before anything is stored: kept for the length of the test. */
export function passingTokens(): TokenStore {
  let issued: IssuedToken | null = null
  return {
    async get(issue) {
      issued ??= await issue()
      return issued.token
    },
    discard() {
      issued = null
      return Promise.resolve()
    },
  }
}
