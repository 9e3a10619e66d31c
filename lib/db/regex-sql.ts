import 'server-only'
import { performance } from 'node:perf_hooks'
import { REGEX_CANDIDATES_MAX, REGEX_MILLISECONDS_MAX, type RegexTest } from '@/lib/query-language/regex'
import type { Run } from './bounded-read'
import { Prisma } from './generated/client'
import { valueSql } from './query-sql'

const BATCH = 1_000

/** The values that the expressions are tried on, as one column. */
export const regexValues = ({ conditions }: RegexTest): Prisma.Sql => Prisma.sql`jsonb_build_array(${Prisma.join(conditions.map(({ field }) => valueSql(field)))})`

/**
 * Tries the expressions on the rows of `candidates`, a statement whose rows have a column `values`, a thousand at a time.
 * `truncated` when there were more than 20,000, or when 1.5 s were over.
 */
export async function matchingRows<Row extends { values: unknown[] }>(run: Run, { matches }: RegexTest, candidates: Prisma.Sql): Promise<{ rows: Omit<Row, 'values'>[]; truncated: boolean }> {
  await run(Prisma.sql`DECLARE candidates NO SCROLL CURSOR FOR ${candidates} LIMIT ${REGEX_CANDIDATES_MAX + 1}`)
  const found: Omit<Row, 'values'>[] = []
  let milliseconds = 0
  for (let seen = 0; ; seen += BATCH) {
    const batch = await run<Row>(Prisma.sql`FETCH ${Prisma.raw(String(BATCH))} FROM candidates`)
    const room = REGEX_CANDIDATES_MAX - seen
    const started = performance.now()
    for (const { values, ...row } of batch.slice(0, room)) if (matches(values)) found.push(row)
    milliseconds += performance.now() - started
    const over = batch.length > room || milliseconds > REGEX_MILLISECONDS_MAX
    if (batch.length < BATCH || over) {
      await run(Prisma.sql`CLOSE candidates`)
      return { rows: found, truncated: over }
    }
  }
}
