import { chromium } from '@playwright/test'
import { randomInt } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { runAdmin } from '../admin-bundle.mjs'
import { apiClient } from '../api-client.mjs'
import { ensureChromium } from '../chromium.mjs'
import { askForNoSecondFactor } from '../demo/no-second-factor.mjs'
import { readEnvironment } from '../environment.mjs'
import { freePort } from '../port.mjs'
import { openPostgres } from '../postgres.mjs'
import { say } from '../say.mjs'
import { startPalisade } from '../serve.mjs'
import { signedInCookie } from '../testing/browser-session.mjs'
import { followEvents } from '../testing/follow-events.mjs'
import { seededId, seedFleet } from '../testing/seed-fleet.mjs'

const EMAIL = 'deep@nordwall.example'
const FIREWALLS = 600
const CHANGES_PER_SECOND = 20
const LOOKS = 15
/** What a process does for the first time takes longer. */
const WARM_UPS = 3
const SEEN_MS_MAX = 1_000
/** A killed web process is started again, its browser comes back, and shows what it missed. */
const BACK_MS_MAX = 30_000

const percentile = (values, share) => values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0

/** One installation on a database of its own: two web processes and three workers, each with its own supervisor and folder. */
async function startParts(parts) {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'palisade-deep-live-'))
  parts.push(() => rmSync(folder, { recursive: true, force: true }))
  const database = await openPostgres(path.join(folder, 'database'))
  parts.push(database.close)
  const password = `deep-${randomInt(1e9)}-violin-otter`
  const shared = { DATABASE_URL: database.url, PALISADE_MASTER_KEY_FILE: path.join(folder, 'master.key'), PALISADE_URL: '', HOST: '', LOG_LEVEL: 'error' }
  const start = async (name, more) => {
    const extra = { ...shared, PALISADE_ADMIN_EMAIL: '', PALISADE_ADMIN_PASSWORD: '', ...more }
    const environment = readEnvironment({ ...process.env, ...extra, PORT: String(await freePort()), PALISADE_DATA_DIR: path.join(folder, name) })
    const palisade = await startPalisade(environment, { extra })
    parts.push(palisade.stop)
    return environment
  }
  const webs = [await start('first', { PALISADE_ROLE: 'web', PALISADE_ADMIN_EMAIL: EMAIL, PALISADE_ADMIN_PASSWORD: password }), await start('second', { PALISADE_ROLE: 'web' })]
  await start('workers', { PALISADE_ROLE: 'worker', PALISADE_WORKERS: '3' })
  const [first] = webs
  const env = { ...process.env, ...shared, PALISADE_DATA_DIR: first.dataDir, PALISADE_URL: first.url, PORT: String(first.port) }
  const token = (await runAdmin(['token', 'create', '--email', EMAIL, '--role', 'owner', '--days', '1'], env, { keepOutput: true })).output.trim()
  await askForNoSecondFactor(apiClient(first.localUrl, token))
  return { webs, token, password, databaseUrl: database.url }
}

/** A browser on the page of customers, with a mark that a reload would wipe out. */
async function openBrowser(parts, url, password) {
  const cookie = await signedInCookie(url, { email: EMAIL, password })
  const browser = await chromium.launch({ executablePath: await ensureChromium(), args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] })
  parts.push(() => browser.close())
  const context = await browser.newContext()
  await context.addCookies(cookie.split('; ').map((pair) => ({ name: pair.slice(0, pair.indexOf('=')), value: pair.slice(pair.indexOf('=') + 1), url })))
  const page = await context.newPage()
  await page.goto(`${url}/customers`)
  await page.getByText(/^Live \d/).waitFor()
  await page.evaluate(() => void (globalThis.stayed = true))
  return page
}

/** Milliseconds from the answer of another web process, where a customer is made, until the page shows it. */
async function msUntilSeen(page, api, name, limitMs) {
  const seen = page.evaluate(
    ([text, ms]) =>
      new Promise((resolve, reject) => {
        const look = () => {
          if (!document.body.textContent.includes(text)) return
          observer.disconnect()
          resolve()
        }
        const observer = new MutationObserver(look)
        observer.observe(document.body, { childList: true, subtree: true, characterData: true })
        setTimeout(() => reject(new Error(`${text} was not on the page within ${ms} ms.`)), ms)
      }),
    [name, limitMs],
  )
  const [shownMs, answeredMs] = await Promise.all([seen.then(() => performance.now()), api('POST', '/customers', { name }).then(() => performance.now())])
  return Math.max(0, shownMs - answeredMs)
}

/** Changes every firewall once, at an even pace, until all are changed. */
async function changeAll(client) {
  const startedMs = performance.now()
  for (let n = 0; n < FIREWALLS; n += 1) {
    await delay(Math.max(0, startedMs + (n * 1_000) / CHANGES_PER_SECOND - performance.now()))
    await client.query(`UPDATE "Firewall" SET "stateReason" = 'changed' WHERE id = $1`, [seededId('firewall', n)])
  }
}

function killWeb({ dataDir }) {
  const { pid } = JSON.parse(readFileSync(path.join(dataDir, 'processes.json'), 'utf8')).find(({ name }) => name === 'web process')
  process.kill(pid, 'SIGKILL')
}

/** Kills each web process while firewalls change; all who follow hear of every change, and the page shows what it missed. */
async function killInTurn({ webs, token }, page, client) {
  const followers = webs.map(({ localUrl }) => followEvents(localUrl, token))
  await Promise.all(followers.map(({ ready }) => ready))
  const changing = changeAll(client)
  for (const [at, web] of webs.entries()) {
    await delay(3_000 + randomInt(2_000))
    killWeb(web)
    const other = apiClient(webs[1 - at].localUrl, token)
    const ms = await msUntilSeen(page, other, `While ${at === 0 ? 'the first' : 'the second'} was away ${randomInt(1e6)}`, BACK_MS_MAX)
    say(`live: web process ${at + 1} was killed; the page showed a change after ${Math.round(ms)} ms`)
    // The next one is killed when this one serves again.
    for (;;) {
      const answer = await fetch(`${web.localUrl}/api/v1/health`).catch(() => null)
      if (answer?.ok) break
      await delay(100)
    }
  }
  await changing
  const last = seededId('firewall', FIREWALLS - 1)
  for (const [at, follower] of followers.entries()) {
    await follower.untilHeard(last, BACK_MS_MAX)
    const { heard, resets, breaks } = follower.stop()
    const lost = Array.from({ length: FIREWALLS }, (_, n) => seededId('firewall', n)).filter((id) => !heard.has(id))
    say(`live: who followed web process ${at + 1} heard of ${FIREWALLS - lost.length} of ${FIREWALLS} changes, over ${breaks} breaks`)
    if (lost.length > 0 || resets > 0 || breaks === 0) throw new Error(`Of web process ${at + 1}, ${lost.length} changes were lost, with ${resets} resets and ${breaks} breaks.`)
  }
  if (!(await page.evaluate(() => globalThis.stayed === true))) throw new Error('The page was loaded anew.')
}

/** Two web processes and three workers on one database: what changes at one is seen at the other within a second, and no killed one costs an event. */
export async function deep() {
  const parts = []
  try {
    const running = await startParts(parts)
    const client = new pg.Client({ connectionString: running.databaseUrl })
    await client.connect()
    parts.push(() => client.end())
    await seedFleet(client, { firewalls: FIREWALLS, rules: 1, neighbours: 1 })
    const [first, second] = running.webs
    const page = await openBrowser(parts, first.url, running.password)
    const seen = []
    for (let look = -WARM_UPS; look < LOOKS; look += 1) {
      await delay(1_200 + randomInt(800))
      const ms = await msUntilSeen(page, apiClient(second.localUrl, running.token), `Made at the second ${look} ${randomInt(1e6)}`, 10_000)
      if (look >= 0) seen.push(Math.round(ms))
    }
    say(`live: a change at the second web process was seen at the first after ${percentile(seen, 0.5)} ms (p50): ${seen.join(', ')} ms`)
    await killInTurn(running, page, client)
    if (Math.max(...seen) > SEEN_MS_MAX) throw new Error(`A change was seen after ${Math.max(...seen)} ms.`)
  } finally {
    for (const part of parts.reverse()) await part()
  }
}
