import 'server-only'
import { createHash, randomBytes } from 'node:crypto'
import { record } from '@/lib/audit/record'
import { AppError } from '@/lib/core/errors'
import { Secret } from '@/lib/core/secret'
import { db } from '@/lib/db/client'
import { findToken } from '@/lib/db/sql'
import type { Actor, RequestSource } from './actor'
import { authorise } from './authorise'
import { countTokenUse } from './rate-limit'
import type { Role } from './roles'
import { isRole, roleGrants } from './sessions'
import { tokenGrants } from './token-grants'

const PREFIX = 'pal_'
const LAST_USED_GRAIN_MS = 60_000
const hashOf = (token: string) => createHash('sha256').update(token).digest('hex')

export type NewToken = { email: string; role: Role; customer: string | null; days: number }

/** Makes a token for automation, shown once. It never has more than its operator: both are looked at on every use. */
export async function createToken(actor: Actor, { email, role, customer, days }: NewToken, now: Date): Promise<Secret> {
  authorise(actor, 'installation:manage', { customerId: null })
  const operator = await db().operator.findUnique({ where: { email: email.toLowerCase() }, include: { grants: true } })
  if (!operator) throw new AppError('not-found', `There is no operator ${email}.`, { nextStep: 'Create the operator first.' })
  const scope = customer === null ? null : await db().customer.findUnique({ where: { name: customer } })
  if (customer !== null && !scope) throw new AppError('not-found', `There is no customer ${customer}.`, { nextStep: 'Write the name as the customers page shows it.' })
  const token = new Secret(PREFIX + randomBytes(32).toString('base64url'))
  await db().$transaction(async (tx) => {
    const row = await tx.apiToken.create({
      data: { operatorId: operator.id, name: `${operator.email} ${role}`, tokenHash: hashOf(token.reveal()), role, everywhere: scope === null, ...(scope && { scopes: { create: { customerId: scope.id } } }), createdAt: now, expiresAt: new Date(now.getTime() + days * 86_400_000) },
    })
    await record(tx, actor, { action: 'token.create', target: { kind: 'token', id: row.id, name: row.name }, customer: scope && { id: scope.id, name: scope.name }, after: { role, expiresAt: row.expiresAt, operator: operator.email } })
  })
  return token
}

/** The actor of a bearer token; null when it is unknown, expired, revoked, or its operator is disabled. Throws too-many-requests. */
export async function actorOfToken(text: string, source: RequestSource, now: Date): Promise<Extract<Actor, { kind: 'token' }> | null> {
  if (!text.startsWith(PREFIX) || text.length > 100) return null
  const row = await findToken(hashOf(text))
  if (!row || !isRole(row.role)) return null
  const rate = await countTokenUse(row.id, now)
  if (!row.lastUsedAt || now.getTime() - row.lastUsedAt.getTime() > LAST_USED_GRAIN_MS) {
    await db().apiToken.updateMany({ where: { id: row.id }, data: { lastUsedAt: now } })
  }
  return { kind: 'token', id: row.id, name: row.name, operatorId: row.operatorId, grants: tokenGrants({ role: row.role, customerIds: row.everywhere ? 'all' : (row.customerIds ?? []) }, roleGrants(row.grants ?? [])), source, rate }
}
