import 'server-only'
import { z } from 'zod'
import { db } from '@/lib/db/client'
import type { Actor } from './actor'
import { workerActor } from './actor'
import { isRole, roleGrants } from './sessions'
import { tokenGrants } from './token-grants'

const creator = z.object({ kind: z.string(), id: z.string().nullable(), name: z.string() })

/**
 * The rights of a job's creator at this moment: none when the operator was disabled, the token ended or the role was taken
 * away. The worker's own jobs have the worker's rights.
 */
export async function actorOfJob(stored: unknown, workerId: string): Promise<Actor | null> {
  const who = creator.parse(stored)
  const source = { address: null, requestId: crypto.randomUUID(), userAgent: null }
  if (who.kind === 'worker' || who.id === null) return workerActor(workerId)
  if (who.kind === 'operator') {
    const operator = await db().operator.findUnique({ where: { id: who.id }, include: { grants: true } })
    if (!operator || operator.disabledAt) return null
    return { kind: 'operator', id: operator.id, name: operator.name, email: operator.email, sessionId: '', grants: roleGrants(operator.grants), source, proof: { method: 'password', at: null, owes: null } }
  }
  const token = await db().apiToken.findUnique({ where: { id: who.id }, include: { scopes: true, operator: { include: { grants: true } } } })
  if (!token || token.revokedAt || token.expiresAt <= new Date() || token.operator.disabledAt || !isRole(token.role)) return null
  return { kind: 'token', id: token.id, name: token.name, operatorId: token.operatorId, grants: tokenGrants({ role: token.role, customerIds: token.everywhere ? 'all' : token.scopes.map(({ customerId }) => customerId) }, roleGrants(token.operator.grants)), source, rate: null }
}
