import 'server-only'
import { record } from '@/lib/audit/record'
import { db } from '@/lib/db/client'
import { endOneSession } from '@/lib/db/session-sql'
import type { OperatorActor, RequestSource } from './actor'

/** Ends a session for good; a cookie kept from before is worth nothing. One that is over already stays as it is. */
export async function signOut(session: { operatorId: string; name: string; email: string; sessionId: string }, source: RequestSource): Promise<void> {
  const actor: OperatorActor = { kind: 'operator', id: session.operatorId, name: session.name, email: session.email, sessionId: session.sessionId, grants: [], source, proof: { method: 'password', at: null, owes: null } }
  await db().$transaction(async (tx) => {
    if (!(await endOneSession(tx, session.operatorId, session.sessionId))) return
    await record(tx, actor, { action: 'session.sign-out', target: { kind: 'operator', id: session.operatorId, name: session.email } })
  })
}
