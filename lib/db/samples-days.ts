import 'server-only'
// The tables of the days: made ahead, dropped when old. Their names are made here from closed words and a date, never from a value.
import { onOneConnection } from './statements'

/** Days that each kind of sample is kept. */
export const SAMPLE_DAYS = { visit: 3, five_minutes: 14, hour: 400 } as const
type SampleTable = keyof typeof SAMPLE_DAYS
const TABLES = ['visit', 'five_minutes', 'hour'] as const satisfies readonly SampleTable[]

const DAY_MS = 86_400_000
/** Tables of hours span 32 days: 400 small ones would make every plan slow. */
const SPAN_DAYS = { visit: 1, five_minutes: 1, hour: 32 } as const satisfies Record<SampleTable, number>
/** A statement that makes or drops a table waits so long for others, and tries again at the next run. */
const LOCK_MS_MAX = 2_000

const firstOf = (table: SampleTable, time: number): number => Math.floor(time / (SPAN_DAYS[table] * DAY_MS)) * SPAN_DAYS[table] * DAY_MS
const dayText = (time: number): string => new Date(time).toISOString().slice(0, 10)
const nameOf = (table: SampleTable, first: number): string => `${table}_${dayText(first).replaceAll('-', '')}`

/**
 * Makes the tables of today and the next day, drops those whose last day is too old, and empties what fell beside them.
 * Returns the names of what was made and dropped. Throws when a table is in use for longer than two seconds.
 */
export function keepSampleDays(now: Date): Promise<{ made: string[]; dropped: string[] }> {
  return onOneConnection(async (client) => {
    const { rows } = await client.query<{ name: string }>(`SELECT relname AS name FROM pg_class WHERE relispartition AND relkind = 'r' AND relnamespace = 'samples'::regnamespace`)
    const there = new Set(rows.map(({ name }) => name))
    const made: string[] = []
    const dropped: string[] = []
    const run = async (text: string) => {
      await client.query('BEGIN')
      await client.query(`SET LOCAL lock_timeout = ${LOCK_MS_MAX}`)
      await client.query(text)
      await client.query('COMMIT')
    }
    for (const table of TABLES) {
      const span = SPAN_DAYS[table] * DAY_MS
      for (const first of new Set([firstOf(table, now.getTime()), firstOf(table, now.getTime() + DAY_MS)])) {
        const name = nameOf(table, first)
        if (there.has(name)) continue
        await run(makeText(table, name, first, first + span))
        made.push(name)
      }
      const oldest = now.getTime() - SAMPLE_DAYS[table] * DAY_MS
      for (const name of there) {
        const [, day = ''] = new RegExp(`^${table}_(\\d{8})$`).exec(name) ?? []
        if (day === '' || Date.parse(`${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}`) + span > oldest) continue
        await run(`DROP TABLE samples.${name}`)
        dropped.push(name)
      }
      await client.query(`DELETE FROM samples.${table}_other WHERE at < $1`, [new Date(oldest)])
    }
    await client.query('DELETE FROM samples.layout WHERE "usedAt" < $1', [new Date(now.getTime() - (SAMPLE_DAYS.hour + SPAN_DAYS.hour + 1) * DAY_MS)])
    return { made, dropped }
  })
}

/** What came before its table was there fell into the other one, and moves. */
const makeText = (table: SampleTable, name: string, first: number, end: number): string => {
  const within = `at >= '${dayText(first)}T00:00:00Z' AND at < '${dayText(end)}T00:00:00Z'`
  return `CREATE TABLE samples.${name} (LIKE samples.${table} INCLUDING DEFAULTS INCLUDING CONSTRAINTS);
  INSERT INTO samples.${name} SELECT * FROM samples.${table}_other WHERE ${within};
  DELETE FROM samples.${table}_other WHERE ${within};
  ALTER TABLE samples.${table} ATTACH PARTITION samples.${name} FOR VALUES FROM ('${dayText(first)}T00:00:00Z') TO ('${dayText(end)}T00:00:00Z')`
}
