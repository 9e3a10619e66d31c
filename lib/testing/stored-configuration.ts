// Configurations stored as backups by the code that stores them, without a firewall that gave them.
import type { Family } from '@/lib/adapters/model'
import { prepareContent } from '@/lib/backups/prepare'
import { storeBackup } from '@/lib/backups/store'
import { db } from '@/lib/db/client'

export type Taken = { at?: Date; revisedAt?: Date; revisedBy?: string; format?: 'xml' | 'json' }

/** The id of the backup that holds it now. */
export async function storeConfiguration(firewallId: string, family: Family, text: string, { at = new Date(), revisedAt, revisedBy, format = 'xml' }: Taken = {}): Promise<string> {
  const prepared = await prepareContent(firewallId, Buffer.from(text), { family, format, signal: AbortSignal.timeout(30_000) })
  const facts = { takenAt: at, reason: 'daily', actor: { kind: 'worker', id: null, name: 'worker' }, revision: revisedAt?.toISOString() ?? null, revisedAt: revisedAt ?? null, revisedBy: revisedBy ?? null, revisionNote: null, version: null } as const
  const { backupId } = await db().$transaction((tx) => storeBackup(tx, firewallId, prepared, facts))
  return backupId
}

/** A firewall that is only a row, for what needs no call. */
export async function aStoredFirewall(customerId: string, family: Family, name: string): Promise<string> {
  const { id } = await db().firewall.create({ data: { customerId, name, family, origin: `https://${name}.example.test`, trustMode: 'public-ca', trustConfirmedAt: new Date(), visit: { create: { dueAt: new Date(Date.now() + 86_400_000) } } } })
  return id
}
