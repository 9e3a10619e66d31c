import 'server-only'
// Which values a field has, for who writes a condition: the commonest of what can be looked at in a moment.
import type { Field, ListName } from '@/lib/query-language/fields'
import { VALUE_LETTERS_MAX } from '@/lib/query-language/parse'
import { boundedRead } from './bounded-read'
import { FACT_TABLES } from './fact-list-sql'
import { FIREWALLS_FROM, inCustomers } from './firewall-columns'
import { Prisma } from './generated/client'
import { beginsLike, valueSql } from './query-sql'

/** Values of an answer. */
export const VALUES_MAX = 20
/** Rows that are looked at. */
export const VALUE_ROWS_MAX = 50_000
const MILLISECONDS_MAX = 1_000
/** Fewer letters have no place in the index of parts of texts. */
const INDEXED_LETTERS_MIN = 3

export type ValuesQuestion = {
  list: ListName
  field: Field
  startsWith: string
  customerIds: 'all' | readonly string[]
  /** One customer among them. */
  customerId: string | null
}
export type ValueRow = { value: string; count: number }

/** Rows that have the field, without looking at its value unless an index finds those that begin right. */
function rowsOf({ list, field, startsWith, customerIds, customerId }: ValuesQuestion): Prisma.Sql {
  const scope = [inCustomers(customerIds), ...(customerId === null ? [] : [inCustomers([customerId])])]
  const value = Prisma.sql`SELECT ${valueSql(field)} AS value`
  if (list === 'firewalls' || 'column' in field.at) return Prisma.sql`${value} FROM ${FIREWALLS_FROM} WHERE ${Prisma.join(scope, ' AND ')}`
  const everywhere = customerIds === 'all' && customerId === null
  const joins = everywhere ? Prisma.empty : Prisma.sql`JOIN (${FIREWALLS_FROM}) ON f.id = i."firewallId"`
  const begins = field.parts && Array.from(startsWith).length >= INDEXED_LETTERS_MIN ? [beginsLike(field, field.at.path, startsWith)] : []
  return Prisma.sql`${value} FROM ${FACT_TABLES[list]} i ${joins} WHERE ${Prisma.join([Prisma.sql`i."goneAt" IS NULL`, ...(everywhere ? [] : scope), ...begins], ' AND ')}`
}

/**
 * The commonest values that begin with `startsWith`, whatever the case of its letters: up to 20, of up to 50,000 rows.
 * `truncated` when there were more rows. Throws query-too-broad when it takes over a second.
 */
export function findFieldValues(question: ValuesQuestion): Promise<{ values: ValueRow[]; truncated: boolean }> {
  const pattern = `${question.startsWith.replace(/[\\%_]/g, '\\$&')}%`
  return boundedRead(async (run) => {
    const rows = await run<{ seen: number; value: string | null; count: number }>(Prisma.sql`
      WITH seen AS MATERIALIZED (${rowsOf(question)} LIMIT ${VALUE_ROWS_MAX + 1}),
        texts AS (SELECT t.value FROM seen, jsonb_array_elements_text(CASE jsonb_typeof(seen.value) WHEN 'array' THEN seen.value WHEN 'string' THEN jsonb_build_array(seen.value) ELSE '[]' END) t(value)),
        found AS (SELECT value, count(*)::int AS count FROM texts WHERE value ILIKE ${pattern} AND value <> '' AND length(value) <= ${VALUE_LETTERS_MAX} GROUP BY value ORDER BY count DESC, value LIMIT ${VALUES_MAX})
      SELECT n.seen, found.value, found.count FROM (SELECT count(*)::int AS seen FROM seen) n LEFT JOIN found ON TRUE ORDER BY found.count DESC, found.value`)
    return { values: rows.flatMap(({ value, count }) => (value === null ? [] : [{ value, count }])), truncated: (rows[0]?.seen ?? 0) > VALUE_ROWS_MAX }
  }, MILLISECONDS_MAX)
}
