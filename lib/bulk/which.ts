import 'server-only'
import type { FirewallQuestion } from '@/lib/db/firewall-list-sql'
import { AppError } from '@/lib/core/errors'
import { parseFirewallQuery, questionOf } from '@/lib/firewalls/question'
import { fieldsOf } from '@/lib/query-language/fields'

type CustomerIds = FirewallQuestion['customerIds']

/** Firewalls by their ids, as a question: those outside these customers match nothing. */
export function picked(ids: readonly string[], customerIds: CustomerIds): FirewallQuestion {
  const field = fieldsOf('firewalls').find(({ name }) => name === 'id')
  if (!field) throw new AppError('internal', 'Firewalls have no id.')
  return { conditions: [{ name: 'id__in', field, test: { filter: 'in', values: [...new Set(ids)] } }], regex: null, search: undefined, customerIds }
}

/** All that match a query string of GET /firewalls. Throws invalid-input that names what is wrong with it. */
export const allThatMatch = (query: string, customerIds: CustomerIds): FirewallQuestion => questionOf(parseFirewallQuery(query), customerIds)

export const which = (field: string, message: string): AppError => new AppError('invalid-input', message, { issues: [{ field, message }] })
