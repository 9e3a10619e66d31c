import 'server-only'
import { z } from 'zod'
import type { Scope } from '@/lib/auth/authorise'
import type { FactList, FactQuestion, FactRow, FactSort } from '@/lib/db/fact-list-sql'
import { parseConditions } from '@/lib/query-language/parse'
import { regexTest } from '@/lib/query-language/regex'
import type { ExportFactsInput, FactSortName } from './input'

const SORTS: Record<FactSortName, { sort: FactSort; descending: boolean }> = {
  firewall: { sort: 'firewall', descending: false },
  '-firewall': { sort: 'firewall', descending: true },
  firstSeen: { sort: 'firstSeen', descending: false },
  '-firstSeen': { sort: 'firstSeen', descending: true },
  changed: { sort: 'changed', descending: false },
  '-changed': { sort: 'changed', descending: true },
}

/** A question to one of the lists, within a scope. Throws errors of the question that name its field. */
export function questionOf({ customerIds }: Scope<'firewall:read'>, list: FactList, { where, sort, gone }: ExportFactsInput): Omit<FactQuestion, 'after' | 'limit'> {
  const conditions = parseConditions(list, where)
  return { list, conditions, regex: regexTest(conditions), customerIds, gone, ...SORTS[sort] }
}

const stored = z.record(z.string(), z.unknown())

/** A stored row as the lists show it. */
export const toItem = ({ body, firstSeenAt, changedAt, goneAt, observedAt, firewall, customer, site }: FactRow) => ({
  ...stored.parse(body),
  firewall,
  customer,
  site,
  firstSeenAt: firstSeenAt.toISOString(),
  changedAt: changedAt.toISOString(),
  goneAt: goneAt?.toISOString() ?? null,
  observedAt: observedAt?.toISOString() ?? null,
})
