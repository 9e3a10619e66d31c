import 'server-only'
import type { RevertPort } from '@/lib/adapters/adapter'
import type { Family } from '@/lib/adapters/model'
import { isFamily } from '@/lib/adapters/registry'
import { AppError, firewallError } from '@/lib/core/errors'
import type { ConnectionRow } from '@/lib/db/sql'
import { connectTo } from '@/lib/firewalls/connect'
import { moduleOf } from '@/lib/firewalls/dto-of'

const noWay = (message: string | null) =>
  firewallError('firewall-not-reported', { message: message ?? 'The API of this firewall has no way back.', details: { nextStep: 'The page of a backup says how to give it back by hand.' } })

/** Throws firewall-not-reported where the family's API has no way back. Sends nothing. */
export function requireWayBack(row: ConnectionRow): void {
  const { revertReason } = moduleOf(row)
  if (revertReason !== null) throw noWay(revertReason)
}

/** The way back of a firewall. Throws firewall-not-reported where its API has none, and what connectTo throws. */
export async function revertPortOf(row: ConnectionRow, signal: AbortSignal): Promise<RevertPort> {
  const { revert } = await connectTo(row, signal)
  if (!revert) throw noWay(moduleOf(row).revertReason)
  return revert
}

export function familyOf(row: ConnectionRow): Family {
  if (isFamily(row.family)) return row.family
  throw new AppError('internal', 'The firewall has no known family.')
}
