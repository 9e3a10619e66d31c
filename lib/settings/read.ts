import 'server-only'
import type { Actor } from '@/lib/auth/actor'
import { authorise } from '@/lib/auth/authorise'
import { db } from '@/lib/db/client'
import type { Prisma } from '@/lib/db/generated/client'
import { SECOND_FACTOR_FOR, type SettingsDto } from './input'

const CONCERNED = {
  nobody: { id: { in: [] } },
  admins: { grants: { some: { role: { in: ['admin', 'owner'] } } } },
  everyone: {},
} as const satisfies Record<SettingsDto['secondFactorFor'], Prisma.OperatorWhereInput>

/** The owner's decisions. A word that this version does not know counts as the strictest. */
export async function readSettings(actor: Actor): Promise<SettingsDto> {
  authorise(actor, 'installation:manage', { customerId: null })
  const row = await db().settings.findUniqueOrThrow({ where: { id: 1 } })
  const secondFactorFor = SECOND_FACTOR_FOR.find((word) => word === row.secondFactorFor) ?? 'everyone'
  const withoutSecondFactor = await db().operator.count({ where: { AND: [CONCERNED[secondFactorFor], { disabledAt: null, NOT: { secondFactor: { confirmedAt: { not: null } } } }] } })
  return { secondFactorFor, auditKeepDays: row.auditKeepDays, withoutSecondFactor, changedAt: row.changedAt.toISOString(), etag: `"${row.revision}"` }
}
