import 'server-only'
import { record } from '@/lib/audit/record'
import type { Actor } from '@/lib/auth/actor'
import { authoriseScope, notFound } from '@/lib/auth/authorise'
import { db } from '@/lib/db/client'
import { takeTeamLock } from '@/lib/team/lock'
import type { TokenDto } from './input'
import { findTokenOf, onlyCustomerOf, toToken } from './reach'

/** Ends a token for good, from its next request on. Stopping is easy: it asks for no fresh proof, and twice is once. */
export async function revokeToken(actor: Actor, { id }: { id: string }): Promise<TokenDto> {
  const row = await findTokenOf(authoriseScope(actor, 'customer:read'), id)
  if (!row) throw notFound('token')
  const now = new Date()
  await db().$transaction(async (tx) => {
    await takeTeamLock(tx)
    const { count } = await tx.apiToken.updateMany({ where: { id, revokedAt: null }, data: { revokedAt: now } })
    if (count === 0) return
    await tx.accessLink.deleteMany({ where: { createdById: id, usedAt: null } })
    await record(tx, actor, { action: 'token.revoke', target: { kind: 'token', id, name: row.name }, customer: onlyCustomerOf(row), before: { role: row.role, operator: row.operator.email } })
  })
  return toToken(actor, { ...row, revokedAt: row.revokedAt ?? now }, now)
}
