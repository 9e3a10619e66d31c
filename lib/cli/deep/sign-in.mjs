import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { apiClient } from '../api-client.mjs'
import { freePort } from '../port.mjs'
import { runNode } from '../run.mjs'
import { say } from '../say.mjs'
import { startCommand } from '../start-command.mjs'

const READY = /Ctrl-C stops Palisade/
const OWNER = { email: 'owner@nordwall.example', password: 'Quarry lantern seven oboes' }
const PAIRS = 100
/** Below the limit of 10 guesses for one account in 15 minutes. */
const GUESSES_EACH = 9
const DIFFERENCE_MAX = 0.1
const WARM_UP = 5

let addresses = 0
/** An address of its own for every call, as a trusted proxy tells it: limits for addresses must not stop the measuring. */
const fromElsewhere = () => ({ 'x-forwarded-for': `198.18.${(addresses += 1) >> 8}.${addresses & 255}` })

/** A person who joined by a link, as people do. */
async function join(url, api, email) {
  const { link } = await api('POST', '/operators', { email, name: 'Known Person', grants: [{ role: 'viewer', customerId: null }] })
  const body = JSON.stringify({ token: new URL(link).hash.slice(1), name: 'Known Person', password: OWNER.password })
  const answer = await fetch(`${url}/api/v1/join`, { method: 'POST', headers: { origin: url, 'content-type': 'application/json', ...fromElsewhere() }, body })
  if (!answer.ok) throw new Error(`${email} could not join: ${await answer.text()}`)
  return email
}

/** Signs in wrongly, as the form does; returns the milliseconds. */
async function guesser(url) {
  const csrf = await fetch(`${url}/api/auth/csrf`)
  const cookie = csrf.headers.getSetCookie().map((text) => text.split(';')[0]).join('; ')
  const { csrfToken } = await csrf.json()
  return async (email) => {
    const body = new URLSearchParams({ csrfToken, email, password: 'a guess that is wrong', json: 'true' })
    const started = performance.now()
    const answer = await fetch(`${url}/api/auth/callback/credentials`, { method: 'POST', headers: { cookie, ...fromElsewhere() }, body })
    const text = await answer.text()
    const milliseconds = performance.now() - started
    if (!text.includes('error=CredentialsSignin')) throw new Error(`A guess at ${email} was answered with ${text}`)
    return milliseconds
  }
}

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]

async function measure(url, token) {
  const api = apiClient(url, token)
  const accounts = Math.ceil((PAIRS + WARM_UP) / GUESSES_EACH)
  const known = []
  for (let at = 0; at < accounts; at += 1) known.push(await join(url, api, `known${at}@nordwall.example`))
  const guess = await guesser(url)
  const times = { known: [], unknown: [] }
  for (let pair = 0; pair < PAIRS + WARM_UP; pair += 1) {
    const emails = { known: known[pair % accounts], unknown: `absent${pair % accounts}@nordwall.example` }
    // Which one comes first changes, so that neither has the warmer machine.
    for (const who of pair % 2 === 0 ? ['known', 'unknown'] : ['unknown', 'known']) {
      const milliseconds = await guess(emails[who])
      if (pair >= WARM_UP) times[who].push(milliseconds)
    }
  }
  return { known: median(times.known), unknown: median(times.unknown) }
}

/** Known and unknown accounts answer alike, also by the clock: medians over 100 interleaved pairs differ by less than 10 %. */
export async function deep() {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'palisade-deep-'))
  const port = await freePort()
  const env = { PORT: String(port), PALISADE_DATA_DIR: dataDir, DATABASE_URL: '', LOG_LEVEL: 'warn', PALISADE_TRUSTED_PROXIES: '127.0.0.1, ::1', PALISADE_ADMIN_EMAIL: OWNER.email, PALISADE_ADMIN_PASSWORD: OWNER.password }
  const command = startCommand(env)
  try {
    await command.says(READY)
    const { output } = await runNode(['lib/cli/admin.mjs', 'token', 'create', '--email', OWNER.email, '--role', 'owner'], { env })
    const { known, unknown } = await measure(`http://localhost:${port}`, /^pal_\S+$/m.exec(output)?.[0] ?? '')
    const difference = Math.abs(known - unknown) / Math.min(known, unknown)
    say(`wrong sign-ins, median of ${PAIRS} each: known account ${known.toFixed(2)} ms, unknown ${unknown.toFixed(2)} ms, difference ${(difference * 100).toFixed(1)} %`)
    if (difference >= DIFFERENCE_MAX) throw new Error('The time of an answer tells whether an account exists.')
  } finally {
    command.signal('SIGTERM')
    await command.ended
    rmSync(dataDir, { recursive: true, force: true })
  }
}
