// Roles while they are edited. Pure, so that it can be tested.
import type { MeDto } from '@/lib/auth/input'
import type { Role } from '@/lib/auth/roles'
import type { GrantInput } from '@/lib/team/input'
import { reasonNotToGive, type Grant } from './grant-words'

export const ALL_CUSTOMERS = 'all'
/** `place` is a customer's id, `all`, or empty while nothing is chosen; `stored` rows are in force already. */
export type RoleRow = { key: number; role: Role; place: string; stored: boolean }

/** Null for all customers. */
export const placeOf = ({ place }: RoleRow): string | null => (place === ALL_CUSTOMERS ? null : place)
export const rowsOf = (grants: readonly Grant[]): RoleRow[] =>
  grants.map(({ role, customerId }, key) => ({ key, role, place: customerId ?? ALL_CUSTOMERS, stored: true }))

/** The next row: a viewer, of all customers if nothing is there yet and this person may give it. */
export function newRow(me: Pick<MeDto, 'scopes'>, rows: readonly RoleRow[]): RoleRow {
  const all = rows.length === 0 && reasonNotToGive(me, 'viewer', null) === null
  return { key: 1 + Math.max(-1, ...rows.map(({ key }) => key)), role: 'viewer', place: all ? ALL_CUSTOMERS : '', stored: false }
}

/** The roles as they are sent, or why they cannot be. */
export function grantsOf(rows: readonly RoleRow[]): { grants: GrantInput[] } | { wrong: string } {
  if (rows.length === 0) return { wrong: 'Give at least one role. To take all access away, disable or remove the operator.' }
  if (rows.some(({ place }) => place === '')) return { wrong: 'Choose the customer of each role.' }
  if (new Set(rows.map(({ place }) => place)).size < rows.length) return { wrong: 'Two roles are for the same customers. Keep the higher one.' }
  return { grants: rows.map((row) => ({ role: row.role, customerId: placeOf(row) })) }
}
