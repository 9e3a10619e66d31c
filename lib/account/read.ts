import 'server-only'
import type { Actor } from '@/lib/auth/actor'
import { ownSession } from '@/lib/auth/own-session'
import { secondFactorDemanded } from '@/lib/auth/second-factor-rule'
import { db } from '@/lib/db/client'
import type { AccountDto } from './input'

/** The account of the signed-in person. */
export async function readAccount(actor: Actor): Promise<AccountDto> {
  const self = ownSession(actor)
  const [row, settings] = await Promise.all([
    db().operator.findUniqueOrThrow({ where: { id: self.id }, select: { name: true, email: true, passwordChangedAt: true, secondFactor: true, _count: { select: { recoveryCodes: { where: { usedAt: null } } } } } }),
    db().settings.findUniqueOrThrow({ where: { id: 1 } }),
  ])
  const since = row.secondFactor?.confirmedAt ?? null
  return {
    name: row.name,
    email: row.email,
    secondFactor: { on: since !== null, since: since?.toISOString() ?? null, demanded: secondFactorDemanded(settings.secondFactorFor, self.grants), installationAsks: settings.secondFactorFor !== 'nobody', recoveryCodesLeft: since === null ? 0 : row._count.recoveryCodes },
    passwordChangedAt: row.passwordChangedAt?.toISOString() ?? null,
  }
}
