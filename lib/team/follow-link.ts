import 'server-only'
import type { z } from 'zod'
import { record } from '@/lib/audit/record'
import { nobody, type RequestSource } from '@/lib/auth/actor'
import { hashPassword, refuseCommonPassword } from '@/lib/auth/password'
import { countLinkUse } from '@/lib/auth/rate-limit'
import { db, type Tx } from '@/lib/db/client'
import { endSessionsOf } from '@/lib/db/session-sql'
import { namedGrantsOf } from './find'
import { onlyCustomer } from './grants'
import type { useLinkInput } from './input'
import { findOpenLink, hashOfLink, linkEnded } from './links'
import { takeTeamLock } from './lock'

/** Compare-and-set: of many at once exactly one goes on. */
async function markUsed(tx: Tx, token: string, now: Date): Promise<void> {
  const { count } = await tx.accessLink.updateMany({ where: { linkHash: hashOfLink(token), usedAt: null, expiresAt: { gt: now } }, data: { usedAt: now } })
  if (count !== 1) throw linkEnded()
}

/**
 * Joins, or sets a new password, with a link. A new password ends all sessions; a second factor stays, so that a link
 * alone is not enough where one is set. Throws link-ended, too-many-requests, or invalid-input naming `password`.
 */
export async function followLink(source: RequestSource, input: z.output<typeof useLinkInput>, now: Date): Promise<{ email: string }> {
  await countLinkUse(source.address, now)
  const seen = await findOpenLink(db(), input.token, now)
  const name = seen.purpose === 'join' ? (input.name ?? seen.operator.name) : seen.operator.name
  refuseCommonPassword(input.password, { email: seen.operator.email, name })
  const passwordHash = await hashPassword(input.password)
  return db().$transaction(async (tx) => {
    await takeTeamLock(tx)
    const { purpose, operatorId, createdByName } = await findOpenLink(tx, input.token, now)
    await markUsed(tx, input.token, now)
    const changed = { passwordHash, passwordChangedAt: now, revision: { increment: 1 } }
    const row = await tx.operator.update({ where: { id: operatorId }, data: purpose === 'join' ? { ...changed, name, joinedAt: now } : changed, include: { grants: { include: { customer: { select: { id: true, name: true } } } } } })
    const sessions = await endSessionsOf(tx, operatorId)
    const about = { target: { kind: 'operator', id: operatorId, name: row.email }, customer: onlyCustomer(namedGrantsOf(row)) }
    if (purpose === 'join') await record(tx, nobody(source, 'invitation link'), { ...about, action: 'operator.join', details: { linkMadeBy: createdByName }, after: { name } })
    else await record(tx, nobody(source, 'password link'), { ...about, action: 'operator.password.reset', details: { linkMadeBy: createdByName, sessionsEnded: sessions } })
    return { email: row.email }
  })
}
