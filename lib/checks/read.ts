import 'server-only'
import type { Actor } from '@/lib/auth/actor'
import { authoriseScope, inScope, notFound } from '@/lib/auth/authorise'
import { db } from '@/lib/db/client'
import type { CheckState } from '@/lib/firewalls/dto'
import { isCheckState } from './machine'

/** The newest check of a firewall, for who is already allowed to see it. */
export async function stateOfCheck(firewallId: string): Promise<CheckState> {
  const row = await db().firmwareCheck.findFirst({ where: { firewallId }, orderBy: { createdAt: 'desc' } })
  if (!row) return { state: 'idle', startedAt: null, finishedAt: null, message: null }
  return { state: isCheckState(row.state) ? row.state : 'failed', startedAt: (row.startedAt ?? row.createdAt).toISOString(), finishedAt: row.finishedAt?.toISOString() ?? null, message: row.message }
}

/** How the newest check for updates of a firewall stands. */
export async function readCheck(actor: Actor, { id }: { id: string }): Promise<CheckState> {
  const scope = authoriseScope(actor, 'firewall:read')
  if (!(await db().firewall.findFirst({ where: { id, ...inScope(scope) }, select: { id: true } }))) throw notFound()
  return stateOfCheck(id)
}
