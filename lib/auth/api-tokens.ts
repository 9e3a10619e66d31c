import 'server-only'
import { createHash, randomBytes } from 'node:crypto'
import { record } from '@/lib/audit/record'
import { AppError } from '@/lib/core/errors'
import { Secret } from '@/lib/core/secret'
import { db, type Tx } from '@/lib/db/client'
import { findToken } from '@/lib/db/sql'
import type { Actor, RequestSource } from './actor'
import { authorise } from './authorise'
import { countTokenUse } from './rate-limit'
import type { Role } from './roles'
import { isRole, roleGrants } from './sessions'
import { tokenGrants } from './token-grants'

const PREFIX = 'pal_'
const LAST_USED_GRAIN_MS = 60_000
const DAY_MS = 86_400_000
const hashOf = (token: string) => createHash('sha256').update(token).digest('hex')

/** Names of customers; null stands for all customers of the operator. */
export type NewToken = { email: string; role: Role; customers: readonly string[] | null; days: number }
export type TokenColumns = { id?: string; operatorId: string; name: string; role: Role; customerIds: readonly string[] | null; days: number }

/** Stores a token under its hash. The text is in the answer alone: nothing can show it again. */
export async function insertToken(tx: Tx, { customerIds, days, ...columns }: TokenColumns, now: Date): Promise<{ secret: Secret; id: string; expiresAt: Date }> {
  const secret = new Secret(PREFIX + randomBytes(32).toString('base64url'))
  const expiresAt = new Date(now.getTime() + days * DAY_MS)
  const scopes = customerIds === null ? {} : { scopes: { create: [...new Set(customerIds)].map((customerId) => ({ customerId })) } }
  const { id } = await tx.apiToken.create({ data: { ...columns, ...scopes, tokenHash: hashOf(secret.reveal()), everywhere: customerIds === null, createdAt: now, expiresAt } })
  return { secret, id, expiresAt }
}

async function customersNamed(names: readonly string[]): Promise<{ id: string; name: string }[]> {
  const found = await db().customer.findMany({ where: { name: { in: [...names] } }, select: { id: true, name: true } })
  const missing = names.find((name) => !found.some((customer) => customer.name === name))
  if (missing !== undefined) throw new AppError('not-found', `There is no customer ${missing}.`, { nextStep: 'Write the name as the customers page shows it.' })
  return found
}

/** Makes a token on the console, shown once. It never has more than its operator: both are looked at on every use. */
export async function createToken(actor: Actor, { email, role, customers, days }: NewToken, now: Date): Promise<Secret> {
  authorise(actor, 'installation:manage', { customerId: null })
  const operator = await db().operator.findUnique({ where: { email: email.toLowerCase() }, include: { grants: true } })
  if (!operator) throw new AppError('not-found', `There is no operator ${email}.`, { nextStep: 'Create the operator first.' })
  const scopes = customers === null ? null : await customersNamed(customers)
  return db().$transaction(async (tx) => {
    const name = `${operator.email} ${role}`
    const { secret, id, expiresAt } = await insertToken(tx, { operatorId: operator.id, name, role, customerIds: scopes?.map((customer) => customer.id) ?? null, days }, now)
    await record(tx, actor, { action: 'token.create', target: { kind: 'token', id, name }, customer: scopes?.length === 1 ? (scopes[0] ?? null) : null, after: { role, customers: scopes, expiresAt, operator: operator.email } })
    return secret
  })
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
