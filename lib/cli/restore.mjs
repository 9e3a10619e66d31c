import path from 'node:path'
import { parseArgs } from 'node:util'
import { runAdmin } from './admin-bundle.mjs'
import { readMigrations } from './migrate.mjs'
import { restorePlace } from './restore-place.mjs'
import { Sentence, announce, say, secondsSince, step } from './say.mjs'

/** The backup's migrations have to be the beginning of ours, to the letter: its rows are in the shape that they make. */
function demandKnownMigrations(applied) {
  const ours = readMigrations()
  for (const [at, { name, checksum }] of applied.entries()) {
    const file = ours[at]
    if (!ours.some((known) => known.name === name)) {
      throw new Sentence(`This backup was made by a newer version of Palisade (it has the migration "${name}"). Nothing was written. Update Palisade, then restore.`)
    }
    if (file?.name !== name || file.checksum !== checksum) {
      throw new Sentence(`The migration "${name}" is another one here than in this backup. Nothing was written. Restore with the version of Palisade that made the backup (git checkout prisma/migrations undoes changes).`)
    }
  }
}

function fileIn(args) {
  try {
    const { from } = parseArgs({ args, options: { from: { type: 'string' } } }).values
    if (from) return from
  } catch {
    // An option or a word that it does not know.
  }
  throw new Sentence('backup restore takes --from with the file of a backup, and nothing else.')
}

/**
 * Steps of the TypeScript side; they say sentences themselves. Answers stdout, or throws when a step failed.
 * @param {ReturnType<typeof import('./environment.mjs').readEnvironment>} environment
 */
const stepsOf = (environment) => async (args, databaseUrl, sentence) => {
  const env = { ...process.env, DATABASE_URL: databaseUrl, PALISADE_DATA_DIR: environment.dataDir, PALISADE_URL: environment.url, PALISADE_MASTER_KEY_FILE: environment.masterKeyFile }
  const { code, output } = await runAdmin(args, env, { keepOutput: true })
  if (code !== 0) throw new Sentence(sentence)
  return output
}

/**
 * `npm run admin -- backup restore --from FILE`. The file is read whole and the master key tried on it before anything is
 * written; then the place is marked as unfinished until everything is proven.
 * @param {string[]} args
 * @param {ReturnType<typeof import('./environment.mjs').readEnvironment>} environment
 * @returns {Promise<number>} exit code: 1 when it was restored, but something in it does not open
 */
export async function restoreBackup(args, environment) {
  const from = fileIn(args)
  const started = performance.now()
  const file = path.resolve(from)
  const place = restorePlace(environment)
  const run = stepsOf(environment)
  await place.demandEmpty()
  const text = await step('Reading the backup', () => run(['restore-check', '--from', file], '', 'Nothing was written.'))
  const backup = JSON.parse(text)
  demandKnownMigrations(backup.migrations)
  const opened = await place.begin()
  let isFinished = false
  let problems = ''
  const failed = `The restore did not finish. ${place.afterFailure}`
  try {
    await opened.migrate(backup.migrations.map(({ name }) => name))
    await step(`Loading ${backup.rows} rows`, () => run(['restore-load', '--from', file, '--sha256', backup.sha256], opened.url, failed))
    await opened.migrate()
    problems = await step('Opening every secret and verifying the audit log', () => run(['restore-finish', '--backup', text], opened.url, failed))
    isFinished = true
  } finally {
    await opened.end(isFinished)
  }
  announce(`Restored to ${place.name} in ${secondsSince(started)}: the installation as it was at ${backup.createdAt}.`)
  say('What was revoked, disabled or used up after that moment is as it was then: look through operators and tokens. Keep the old machine stopped.')
  if (problems === '0') return 0
  say('It can be used, but something in the backup itself is wrong, as said above.')
  return 1
}
