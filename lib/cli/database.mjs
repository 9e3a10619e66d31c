import { openPostgres } from './postgres.mjs'
import { applyMigrations } from './migrate.mjs'
import { isAlive } from './processes.mjs'
import { demandNoHalfRestore } from './restore-place.mjs'
import { say } from './say.mjs'

const WATCH_MS = 1000

/**
 * The database that an environment asks for, migrated: yours when DATABASE_URL is set, the embedded one otherwise.
 * Throws a Sentence when a restore did not finish there.
 * @param {ReturnType<typeof import('./environment.mjs').readEnvironment>} environment
 */
export async function openDatabase({ dataDir, databaseUrl }) {
  await demandNoHalfRestore({ dataDir, databaseUrl })
  if (databaseUrl) {
    await applyMigrations({ connectionString: databaseUrl })
    return { url: () => databaseUrl, watch: () => {}, close: async () => {} }
  }
  let server = await openPostgres(dataDir)
  try {
    await applyMigrations(server.config)
  } catch (error) {
    await server.close()
    throw error
  }
  let timer
  let mending
  const mend = async (onMoved) => {
    say('PostgreSQL ended unexpectedly. It starts again.')
    const before = server
    server = await openPostgres(dataDir, { port: before.config.port })
    before.forget()
    if (server.url !== before.url) onMoved()
  }
  return {
    url: () => server.url,
    /** Starts the embedded server again when it dies, on the same port where possible; `onMoved` when it was not. */
    watch(onMoved) {
      timer = setInterval(() => {
        if (mending || isAlive(server.process)) return
        mending = mend(onMoved)
          .catch((error) => say(error.message))
          .finally(() => (mending = undefined))
      }, WATCH_MS)
    },
    async close() {
      clearInterval(timer)
      await mending
      await server.close()
    },
  }
}
