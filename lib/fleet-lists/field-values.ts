import 'server-only'
import type { Actor } from '@/lib/auth/actor'
import { authoriseScope } from '@/lib/auth/authorise'
import { AppError } from '@/lib/core/errors'
import { findFieldValues } from '@/lib/db/field-values-sql'
import { fieldsOf, type FieldType } from '@/lib/query-language/fields'
import type { FieldValues } from './dto'
import type { FieldValuesInput } from './input'

/** Fields whose values people choose among; the others are numbers, times and identifiers. */
const WITH_VALUES: readonly FieldType[] = ['text', 'word', 'texts', 'address']
/** No text has it, and PostgreSQL refuses it. */
const NEVER_IN_TEXT = /\0|\p{Surrogate}/u

/**
 * Values that stand on the firewalls within the actor's scope, for who writes a condition. Those of a field of many
 * numbers are none. When a second is not enough to look, there are none either, and `truncated` says so. Throws not-found
 * for a field that the list does not have.
 */
export async function listFieldValues(actor: Actor, { list, field: name, startsWith, customerId }: FieldValuesInput): Promise<FieldValues> {
  const { customerIds } = authoriseScope(actor, 'firewall:read')
  const field = fieldsOf(list).find((known) => known.name === name)
  if (!field) throw new AppError('not-found', 'There is no such field.')
  const counts = list === 'firewalls' || 'column' in field.at ? 'firewalls' : 'items'
  if (!WITH_VALUES.includes(field.type) || NEVER_IN_TEXT.test(startsWith)) return { field: name, items: [], counts, truncated: false }
  const found = await findFieldValues({ list, field, startsWith, customerIds, customerId: customerId ?? null }).catch((error: unknown) => {
    if (error instanceof AppError && error.code === 'query-too-broad') return { values: [], truncated: true }
    throw error
  })
  return { field: name, items: found.values, counts, truncated: found.truncated }
}
