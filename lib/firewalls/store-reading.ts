import 'server-only'
import { firmware, type Firmware, type Readings, type ReadKind } from '@/lib/adapters/model'
import { db } from '@/lib/db/client'
import { storeColumnsOf } from '@/lib/db/visits-sql'
import { columnsOf } from './columns-of'

/**
 * A family that cannot say without a command whether updates exist keeps what the last check said about this version.
 * Returns the fields to keep; none when the reading knows for itself.
 */
async function lastCheck(firewallId: string, reading: unknown): Promise<Partial<Firmware>> {
  const now = firmware.parse(reading)
  if (now.state !== 'not-reported' || now.checkedAt !== null) return {}
  const row = await db().reading.findUnique({ where: { firewallId_kind: { firewallId, kind: 'firmware' } }, select: { body: true } })
  const before = firmware.safeParse(row?.body)
  return before.success && before.data.checkedAt !== null && before.data.installedVersion === now.installedVersion ? before.data : {}
}

/** What is stored of a reading: itself, but firmware may keep its last check. */
export async function keepingCheck<K extends ReadKind>(firewallId: string, kind: K, reading: Readings[K]): Promise<Readings[K]> {
  return kind === 'firmware' ? { ...reading, ...(await lastCheck(firewallId, reading)) } : reading
}

/** After one fresh reading: only the columns that it brings. */
export async function storeColumns(firewallId: string, read: Partial<Readings>): Promise<void> {
  const columns = columnsOf(read)
  if (Object.keys(columns).length > 0) await storeColumnsOf(firewallId, columns, [], false)
}
