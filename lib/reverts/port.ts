import 'server-only'
import type { RevertPort } from '@/lib/adapters/adapter'
import type { Family } from '@/lib/adapters/model'
import { isFamily } from '@/lib/adapters/registry'
import { AppError, firewallError } from '@/lib/core/errors'
import type { ConnectionRow } from '@/lib/db/sql'
import { connectTo } from '@/lib/firewalls/connect'

/** The way back of a firewall. Throws firewall-not-reported with the family's sentence where its API has none, and what connectTo throws. */
export async function revertPortOf(row: ConnectionRow, signal: AbortSignal): Promise<RevertPort> {
  const adapter = await connectTo(row, signal)
  if (adapter.revert) return adapter.revert
  throw firewallError('firewall-not-reported', { message: adapter.revertReason ?? 'The API of this firewall has no way back.', details: { nextStep: 'The page of a backup says how to give it back by hand.' } })
}

export function familyOf(row: ConnectionRow): Family {
  if (isFamily(row.family)) return row.family
  throw new AppError('internal', 'The firewall has no known family.')
}
