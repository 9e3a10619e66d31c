import { runAdmin } from './admin-bundle.mjs'
import { readEnvironment } from './environment.mjs'
import { prepareCheckout } from './prepare.mjs'
import { runCommand } from './say.mjs'
import { stopSignal } from './until-signal.mjs'

await runCommand(async () => {
  const environment = readEnvironment()
  // Ctrl-C reaches the verb itself; this process stays to close the database behind it.
  stopSignal()
  await prepareCheckout(['bundles'])
  const [noun, verb, ...args] = process.argv.slice(2)
  if (noun === 'backup' && verb === 'restore') {
    // There is no database yet: it is made only when the backup is whole and its master key is here.
    const { restoreBackup } = await import('./restore.mjs')
    return restoreBackup(args, environment)
  }
  const { openDatabase } = await import('./database.mjs')
  const database = await openDatabase(environment)
  try {
    const env = { ...process.env, DATABASE_URL: database.url(), PALISADE_DATA_DIR: environment.dataDir, PALISADE_URL: environment.url, PALISADE_MASTER_KEY_FILE: environment.masterKeyFile }
    const { code } = await runAdmin(process.argv.slice(2), env)
    return code
  } finally {
    await database.close()
  }
})
