import 'server-only'
import type { RoleGrant } from '@/lib/auth/actor'
import { isRole, owedBy, roleGrants, sessionEnd } from '@/lib/auth/sessions'
import { tokenGrants } from '@/lib/auth/token-grants'
import { findRights, type RightsRow } from '@/lib/db/live-sql'

/** By what a stream was opened: a session or a token. */
export type Key = { kind: 'session' | 'token'; id: string }

function grantsOf(row: RightsRow, now: Date): RoleGrant[] {
  const grants = roleGrants(row.grants ?? [])
  if (row.kind === 'token') return row.role !== null && isRole(row.role) ? tokenGrants({ role: row.role, customerIds: row.everywhere ? 'all' : (row.customerIds ?? []) }, grants) : []
  if (row.lastSeenAt === null || now > sessionEnd({ createdAt: row.createdAt, lastSeenAt: row.lastSeenAt }, grants)) return []
  return owedBy(row, grants) === null ? grants : []
}

/**
 * What each key opens at this moment, by id, in one statement for all. A key that opens nothing any more is not in it: revoked,
 * ended, of a disabled operator, without any role. Looking is no use of a session, so an open page alone does not prolong it.
 */
export async function rightsOf(keys: readonly Key[], now: Date): Promise<Map<string, RoleGrant[]>> {
  const ids = (kind: Key['kind']) => [...new Set(keys.filter((key) => key.kind === kind).map(({ id }) => id))]
  const rows = await findRights(ids('session'), ids('token'))
  return new Map(rows.map((row) => [row.id, grantsOf(row, now)] as const).filter(([, grants]) => grants.length > 0))
}
