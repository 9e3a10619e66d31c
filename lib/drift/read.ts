import 'server-only'
import type { Actor } from '@/lib/auth/actor'
import { authorise, authoriseScope, inScope, notFound } from '@/lib/auth/authorise'
import { db } from '@/lib/db/client'
import type { FirewallDrift } from './dto'

const ACCEPTANCES_MAX = 50

/** How one firewall stands against what was accepted, and who accepted what. */
export async function readFirewallDrift(actor: Actor, { id }: { id: string }): Promise<FirewallDrift> {
  const scope = authoriseScope(actor, 'firewall:read')
  const firewall = await db().firewall.findFirst({ where: { id, ...inScope(scope) }, select: { customerId: true, acceptedBackupId: true, driftSince: true, driftItems: true } })
  if (!firewall) throw notFound()
  authorise(actor, 'backup:read', { customerId: firewall.customerId })
  const [newest, acceptances] = await Promise.all([
    db().backup.findFirst({ where: { firewallId: id }, orderBy: [{ takenAt: 'desc' }, { id: 'desc' }], select: { id: true } }),
    db().configAcceptance.findMany({ where: { firewallId: id }, orderBy: { at: 'desc' }, take: ACCEPTANCES_MAX }),
  ])
  return {
    acceptedBackupId: firewall.acceptedBackupId,
    byDefault: firewall.acceptedBackupId !== null && acceptances.length === 0,
    newestBackupId: newest?.id ?? null,
    since: firewall.driftSince?.toISOString() ?? null,
    items: firewall.driftItems,
    acceptances: acceptances.map(({ id: acceptanceId, backupId, at, operatorName, note }) => ({ id: acceptanceId, backupId, at: at.toISOString(), operatorName, note })),
  }
}
