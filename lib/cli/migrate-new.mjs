import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { MIGRATIONS, SCHEMA, TEST_DATA } from './paths.mjs'
import { prepareCheckout } from './prepare.mjs'
import { Sentence, announce, runCommand } from './say.mjs'

await runCommand(async () => {
  const name = process.argv[2] ?? ''
  if (!/^[a-z][a-z0-9_]*$/.test(name)) throw new Sentence('Name the migration in small letters, digits and underscores: npm run migrate:new -- add_windows')
  await prepareCheckout([])
  const { openPostgres } = await import('./postgres.mjs')
  const { missingSql } = await import('./migrate-engine.mjs')
  const server = await openPostgres(TEST_DATA)
  try {
    const sql = await missingSql(server.config, SCHEMA, MIGRATIONS)
    if (!sql) throw new Sentence('Schema and migrations agree; there is nothing to write.')
    const stamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14)
    const folder = path.join(MIGRATIONS, `${stamp}_${name}`)
    mkdirSync(folder)
    writeFileSync(path.join(folder, 'migration.sql'), sql)
    announce(path.join(folder, 'migration.sql'))
  } finally {
    await server.close()
  }
})
