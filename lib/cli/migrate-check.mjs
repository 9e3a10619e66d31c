import { MIGRATIONS, SCHEMA, TEST_DATA } from './paths.mjs'
import { prepareCheckout } from './prepare.mjs'
import { announce, runCommand, say } from './say.mjs'

const DIFFERENT = 2

await runCommand(async () => {
  await prepareCheckout([])
  const { openPostgres } = await import('./postgres.mjs')
  const { missingSql } = await import('./migrate-engine.mjs')
  const server = await openPostgres(TEST_DATA)
  try {
    const sql = await missingSql(server.config, SCHEMA, MIGRATIONS)
    if (!sql) return 0
    say('Schema and migrations differ. Write what is missing with: npm run migrate:new -- NAME')
    announce(sql)
    return DIFFERENT
  } finally {
    await server.close()
  }
})
