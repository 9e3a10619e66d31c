import 'server-only'
import { roleGrants } from '@/lib/auth/sessions'
import { secondFactorDemanded } from '@/lib/auth/second-factor-rule'
import { db } from '@/lib/db/client'
import type { Prisma } from '@/lib/db/generated/client'
import type { OperatorDto } from './input'
import { ABLE_OWNER, ownsInstallation } from './last-owner'
import { isWithin, operatorIdOf, outranks, type TeamScope } from './reach'

/** Tokens that still work, and of them only those that reach into the scope. */
const countedTokens = ({ customerIds }: TeamScope, now: Date): Prisma.ApiTokenWhereInput => ({
  revokedAt: null,
  expiresAt: { gt: now },
  ...(customerIds !== 'all' && { OR: [{ everywhere: true }, { scopes: { some: { customerId: { in: [...customerIds] } } } }] }),
})

const shown = (scope: TeamScope, now: Date) =>
  ({
    grants: { include: { customer: { select: { name: true } } } },
    secondFactor: { select: { confirmedAt: true } },
    links: { where: { usedAt: null, expiresAt: { gt: now } } },
    _count: { select: { tokens: { where: countedTokens(scope, now) } } },
  }) as const satisfies Prisma.OperatorInclude
type ShownOperator = Prisma.OperatorGetPayload<{ include: ReturnType<typeof shown> }>

/** What is the same for all operators of a page. */
type Around = { secondFactorFor: string; ableOwners: number; lastSeen: Map<string, Date> }

async function readAround(ids: readonly string[]): Promise<Around> {
  const [settings, ableOwners, sessions] = await Promise.all([
    db().settings.findUniqueOrThrow({ where: { id: 1 } }),
    db().operator.count({ where: ABLE_OWNER }),
    db().session.groupBy({ by: ['operatorId'], where: { operatorId: { in: [...ids] } }, _max: { lastSeenAt: true } }),
  ])
  return { secondFactorFor: settings.secondFactorFor, ableOwners, lastSeen: new Map(sessions.flatMap(({ operatorId, _max }) => (_max.lastSeenAt ? [[operatorId, _max.lastSeenAt] as const] : []))) }
}

const stateOf = (row: { disabledAt: Date | null; joinedAt: Date | null }): OperatorDto['state'] => (row.disabledAt ? 'disabled' : row.joinedAt ? 'active' : 'invited')

/** All customers first, then by name. */
const grantsOf = (scope: TeamScope, row: ShownOperator): OperatorDto['grants'] =>
  row.grants
    .filter(({ customerId }) => isWithin(scope, customerId))
    .flatMap(({ customer, ...grant }) => roleGrants([grant]).map(({ role, customerId }) => ({ role, customerId, customerName: customer?.name ?? null })))
    .sort((one, other) => (one.customerName ?? '').localeCompare(other.customerName ?? ''))

const linkOf = ({ links, joinedAt }: ShownOperator): OperatorDto['link'] => {
  const [link] = links
  return link ? { purpose: joinedAt ? 'reset' : 'join', expiresAt: link.expiresAt.toISOString(), createdByName: link.createdByName } : null
}

function toOperator(scope: TeamScope, row: ShownOperator, around: Around): OperatorDto {
  const grants = grantsOf(scope, row)
  const isYou = operatorIdOf(scope.actor) === row.id
  const state = stateOf(row)
  return {
    id: row.id,
    email: row.email,
    name: row.name,
    state,
    grants,
    secondFactor: row.secondFactor?.confirmedAt != null,
    secondFactorDemanded: secondFactorDemanded(around.secondFactorFor, grants),
    mayChange: !isYou && outranks(scope.actor.grants, roleGrants(row.grants)),
    isYou,
    isLastOwner: around.ableOwners === 1 && state === 'active' && ownsInstallation(grants),
    lastSeenAt: around.lastSeen.get(row.id)?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
    link: linkOf(row),
    tokenCount: row._count.tokens,
    etag: `"${row.revision}"`,
  }
}

/** A page of operators, by name, as the scope may see them. */
export async function showOperators(scope: TeamScope, where: Prisma.OperatorWhereInput, take: number, now: Date): Promise<OperatorDto[]> {
  const rows = await db().operator.findMany({ where, include: shown(scope, now), orderBy: [{ name: 'asc' }, { id: 'asc' }], take })
  const around = await readAround(rows.map(({ id }) => id))
  return rows.map((row) => toOperator(scope, row, around))
}
