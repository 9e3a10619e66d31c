import { randomInt } from 'node:crypto'
import { runNode } from '../run.mjs'
import { say } from '../say.mjs'
import { openTestDatabase } from '../test-database.mjs'

export const needs = ['bundles']

const ENTRIES = 10_000

/** Every way to deceive a log of 10,000 entries is found and located: in memory each one, in the database a choice of each kind. */
export async function deep() {
  const seed = randomInt(2 ** 31)
  const database = await openTestDatabase()
  try {
    const env = { PALISADE_TEST_DATABASE_URL: database.url, LOG_LEVEL: 'fatal' }
    const { code, output } = await runNode(['--conditions=react-server', '--import', 'tsx', 'lib/testing/audit-deceptions.ts', String(seed), String(ENTRIES)], { env })
    if (code !== 0) throw new Error(`With the seed ${seed}:\n${output}`)
    const found = Object.entries(JSON.parse(output)).map(([kind, count]) => `${count} ${kind}`)
    say(`audit of ${ENTRIES} entries, seed ${seed}: found and located ${found.join(', ')}`)
  } finally {
    await database.close()
  }
}
