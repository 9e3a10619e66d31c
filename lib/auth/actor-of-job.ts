import 'server-only'
import { z } from 'zod'
import { db } from '@/lib/db/client'
import type { Actor, RoleGrant } from './actor'
import { workerActor } from './actor'
import { isRole } from './sessions'

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
    const grants = operator.grants.flatMap((grant): RoleGrant[] => (isRole(grant.role) ? [{ role: grant.role, customerId: grant.customerId }] : []))
    return { kind: 'operator', id: operator.id, name: operator.name, email: operator.email, sessionId: '', grants, source }
  }
  const token = await db().apiToken.findUnique({ where: { id: who.id }, include: { operator: true } })
  if (!token || token.revokedAt || token.expiresAt <= new Date() || token.operator.disabledAt || !isRole(token.role)) return null
  return { kind: 'token', id: token.id, name: token.name, operatorId: token.operatorId, grants: [{ role: token.role, customerId: token.customerId }], source }
}
