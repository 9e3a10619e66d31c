import { randomInt } from 'node:crypto'
import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { runAdmin } from './admin-bundle.mjs'
import { apiClient } from './api-client.mjs'
import { readEnvironment } from './environment.mjs'
import { Sentence, announce, runCommand, say } from './say.mjs'
import { atRoot } from './paths.mjs'
import { startPalisade } from './serve.mjs'
import { stopSignal, untilAborted } from './until-signal.mjs'

const MARK = 'this-is-a-demo'
const KEPT = new Set([MARK, 'certificates'])
/** The lock that this start took and what it belongs to. */
const OF_THIS_START = new Set(['supervisor.json', 'processes.json'])
const EMAIL = 'mira@nordwall.example'
const SYLLABLES = 'ba be bo da de do fa fe ka ke ko la le lo ma me mo na ne no pa pe po ra re ro sa se so ta te to va ve vo'.split(' ')

const word = () => Array.from({ length: 3 }, () => SYLLABLES[randomInt(SYLLABLES.length)]).join('')
const newPassword = () => [word(), word(), word(), String(randomInt(10, 100))].join('-')

/** The demo begins anew at each start. It never touches a folder that it did not make itself. */
function emptyDataDir(dataDir) {
  const isOurs = existsSync(path.join(dataDir, MARK))
  if (!isOurs && readdirSync(dataDir).some((entry) => !OF_THIS_START.has(entry))) {
    throw new Sentence(`${dataDir} holds something that is not a demo, so the demo does not use it. Set PALISADE_DATA_DIR to another folder, or leave it out.`)
  }
  for (const entry of readdirSync(dataDir)) if (!OF_THIS_START.has(entry) && !KEPT.has(entry)) rmSync(path.join(dataDir, entry), { recursive: true, force: true })
  writeFileSync(path.join(dataDir, MARK), 'Made by npm run demo, which empties this folder at each start.\n')
}

async function demandToken(env) {
  const { code, output } = await runAdmin(['token', 'create', '--email', EMAIL, '--role', 'owner', '--days', '1'], env, { keepOutput: true })
  if (code !== 0) throw new Sentence('The demo could not make itself a token. What was said is above.')
  return output
}

await runCommand(async () => {
  const password = newPassword()
  const dataDir = process.env.PALISADE_DATA_DIR || atRoot('.data-demo')
  const extra = { PALISADE_ALLOWED_NETWORKS: '127.0.0.0/8', PALISADE_ADMIN_EMAIL: EMAIL, PALISADE_ADMIN_PASSWORD: password }
  const environment = readEnvironment({ ...process.env, ...extra, PALISADE_DATA_DIR: dataDir, PALISADE_ROLE: 'all', DATABASE_URL: '' })
  const signal = stopSignal()
  const parts = []
  const stopAll = async () => {
    for (const stop of parts.reverse()) await stop()
  }
  try {
    const palisade = await startPalisade(environment, { extra, signal, before: () => emptyDataDir(environment.dataDir) })
    parts.push(palisade.stop)
    const { startFakeFleet } = await import('./fake-fleet.mjs')
    const { enrolDemoFleet } = await import('./demo/enrol.mjs')
    const { inventPasts } = await import('./demo/past.mjs')
    const { planDemoUpdates } = await import('./demo/plans.mjs')
    const { askForNoSecondFactor } = await import('./demo/no-second-factor.mjs')
    const fleet = await startFakeFleet({ folder: path.join(environment.dataDir, 'certificates') })
    parts.push(fleet.stop)
    const env = { ...process.env, ...extra, DATABASE_URL: palisade.databaseUrl, PALISADE_DATA_DIR: environment.dataDir, PALISADE_MASTER_KEY_FILE: environment.masterKeyFile, PALISADE_URL: environment.url, PORT: String(environment.port), NODE_ENV: 'production' }
    const api = apiClient(environment.localUrl, await demandToken(env))
    await askForNoSecondFactor(api)
    say('This demo asks for no second factor.')
    say('Enrolling a simulated fleet over the real API …')
    const count = await enrolDemoFleet(api, fleet, (done, of) => done % 8 === 0 && say(`${done} of ${of} firewalls are enrolled.`))
    say(`${await inventPasts(palisade.databaseUrl, new Date())} of them get an invented past of three months, so that charts have something to show.`)
    await planDemoUpdates(api, new Date())
    say('Maintenance windows, a draft of a plan, and one that updates a firewall now are made.')
    announce(environment.url)
    announce(`${count} simulated firewalls. Sign in with ${EMAIL} and the password ${password}`)
  } catch (error) {
    await stopAll()
    if (signal.aborted) return 0
    throw error
  }
  say('Ctrl-C ends the demo; the next start begins anew.')
  await untilAborted(signal)
  say('Stopping.')
  await stopAll()
  return 0
})
