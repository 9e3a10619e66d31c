import { chromium } from '@playwright/test'
import { randomInt } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { runAdmin } from '../admin-bundle.mjs'
import { apiClient } from '../api-client.mjs'
import { ensureChromium } from '../chromium.mjs'
import { askForNoSecondFactor } from '../demo/no-second-factor.mjs'
import { readEnvironment } from '../environment.mjs'
import { freePort } from '../port.mjs'
import { say, step } from '../say.mjs'
import { startPalisade } from '../serve.mjs'
import { signedInCookie } from '../testing/browser-session.mjs'
import { seedFleet } from '../testing/seed-fleet.mjs'

const FIREWALLS = 10_000
const SECONDS = 60
const CHANGES_PER_SECOND = 500
const GOAL_KB = 220
const GOAL_EVENT_P98_MS = 100
const EMAIL = 'bench@nordwall.example'

const percentile = (values, share) => values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0
const rounded = (value) => Number(value.toFixed(1))

/** Collects what the browser itself measures: how long events take until the next frame, and what moves by itself. */
const observe = () => {
  globalThis.seen = { events: [], shift: 0, shifted: [] }
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (entry.interactionId > 0 || entry.name === 'wheel') globalThis.seen.events.push(entry.duration)
  }).observe({ type: 'event', durationThreshold: 16, buffered: true })
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      if (entry.hadRecentInput) continue
      globalThis.seen.shift += entry.value
      globalThis.seen.shifted.push(...entry.sources.map(({ node }) => node?.outerHTML?.slice(0, 120) ?? String(node?.nodeName)))
    }
  }).observe({ type: 'layout-shift', buffered: true })
}

/** Bytes of script that come over the wire until the page rests. */
async function firstLoad(page, url) {
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('Network.enable')
  const scripts = new Set()
  let bytes = 0
  cdp.on('Network.responseReceived', ({ requestId, type }) => type === 'Script' && scripts.add(requestId))
  cdp.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => scripts.has(requestId) && (bytes += encodedDataLength))
  await page.goto(url)
  await page.getByRole('link', { name: /^fw-\d+/ }).first().waitFor()
  await page.waitForTimeout(2_000)
  await cdp.detach()
  return bytes / 1_000
}

/** What a person does in the list: scroll, walk by keys, select, filter, take the filter back. */
async function oneRound(page) {
  await page.mouse.move(700, 500)
  for (let turn = 0; turn < 12; turn += 1) {
    await page.mouse.wheel(0, turn < 8 ? 900 : -1_500)
    await page.waitForTimeout(60)
  }
  for (const key of ['j', 'j', 'x', 'j', 'x', 'k', 'Escape']) await page.keyboard.press(key, { delay: 20 })
  await page.keyboard.press('/')
  await page.keyboard.type('state=unreachable', { delay: 25 })
  await page.keyboard.press('Enter')
  await page.waitForURL(/state=unreachable/)
  await page.waitForTimeout(300)
  await page.keyboard.press('Backspace')
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.press('Delete')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
  await page.evaluate(() => document.activeElement?.blur?.())
  await page.waitForTimeout(200)
}

async function work(page, seconds) {
  await page.evaluate(() => Object.assign(globalThis.seen, { events: [], shift: 0, shifted: [] }))
  const end = performance.now() + seconds * 1_000
  let rounds = 0
  for (; performance.now() < end; rounds += 1) await oneRound(page)
  const { events, shift, shifted } = await page.evaluate(() => globalThis.seen)
  return { rounds, events: events.length, p50Ms: rounded(percentile(events, 0.5)), p98Ms: rounded(percentile(events, 0.98)), shift: Number(shift.toFixed(4)), shifted: [...new Set(shifted)].slice(0, 5) }
}

/** Firewalls change their state at this pace until the signal; each is written by itself, as visits do. */
async function changeUntil(client, perSecond, signal) {
  const started = performance.now()
  let done = 0
  while (!signal.aborted) {
    const due = Math.floor(((performance.now() - started) / 1_000) * perSecond)
    if (done >= due) await new Promise((resolve) => setTimeout(resolve, 5))
    for (; done < due && !signal.aborted; done += 1) {
      const unreachable = done % 2 === 0
      await client.query({ name: 'change', text: `UPDATE "Firewall" SET state = $2, "stateRank" = $3 WHERE name = $1`, values: [`fw-${String((done * 37) % FIREWALLS).padStart(5, '0')}`, unreachable ? 'unreachable' : 'reachable', unreachable ? 0 : 40] })
    }
  }
  return Math.round(done / ((performance.now() - started) / 1_000))
}

/** The fleet page with 10,000 firewalls in a real browser: script that it loads, and a minute of work in it, without and with changes. */
export async function bench() {
  const parts = []
  try {
    const dataDir = mkdtempSync(path.join(os.tmpdir(), 'palisade-bench-'))
    parts.push(() => rmSync(dataDir, { recursive: true, force: true }))
    const password = `bench-${randomInt(1e9)}-violin-otter`
    const extra = { PALISADE_ADMIN_EMAIL: EMAIL, PALISADE_ADMIN_PASSWORD: password, LOG_LEVEL: 'warn' }
    // No worker: nothing answers at the seeded addresses.
    const environment = readEnvironment({ ...process.env, ...extra, PORT: String(await freePort()), PALISADE_DATA_DIR: dataDir, PALISADE_ROLE: 'web', DATABASE_URL: '' })
    const palisade = await startPalisade(environment, { extra })
    parts.push(palisade.stop)
    const database = new pg.Client({ connectionString: palisade.databaseUrl })
    await database.connect()
    parts.push(() => database.end())
    await step(`Filling in ${FIREWALLS} firewalls`, () => seedFleet(database, { firewalls: FIREWALLS, rules: 10, neighbours: 10 }))
    await database.query('CREATE INDEX ON "Firewall" (name)')
    const env = { ...process.env, ...extra, DATABASE_URL: palisade.databaseUrl, PALISADE_DATA_DIR: dataDir, PALISADE_MASTER_KEY_FILE: environment.masterKeyFile, PALISADE_URL: environment.url, PORT: String(environment.port) }
    const token = (await runAdmin(['token', 'create', '--email', EMAIL, '--role', 'owner', '--days', '1'], env, { keepOutput: true })).output.trim()
    await askForNoSecondFactor(apiClient(environment.localUrl, token))
    const cookie = await signedInCookie(environment.url, { email: EMAIL, password })
    const browser = await chromium.launch({ executablePath: await ensureChromium(), args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] })
    parts.push(() => browser.close())
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
    await context.addCookies(cookie.split('; ').map((pair) => ({ name: pair.slice(0, pair.indexOf('=')), value: pair.slice(pair.indexOf('=') + 1), url: environment.url })))
    await context.addInitScript(observe)
    const page = await context.newPage()
    const kB = await firstLoad(page, `${environment.url}/firewalls`)
    const calm = await step(`Working in the list for ${SECONDS} s`, () => work(page, SECONDS))
    const stop = new AbortController()
    const changing = changeUntil(database, CHANGES_PER_SECOND, stop.signal)
    const busy = await step('Working in the list while firewalls change', () => work(page, SECONDS / 2))
    stop.abort()
    return summary(kB, calm, busy, await changing)
  } finally {
    for (const part of parts.reverse()) await part()
  }
}

function summary(kB, calm, busy, perSecond) {
  for (const node of [...calm.shifted, ...busy.shifted]) say(`moved by itself: ${node}`)
  const row = (what, { rounds, events, p50Ms, p98Ms, shift }) => ({ what, rounds, events, p50Ms, p98Ms, shift })
  return {
    rows: [row('alone', calm), row(`with ${perSecond} changes a second`, busy)],
    goals: [
      { text: `script of the first load at most ${GOAL_KB} kB compressed (${rounded(kB)} kB)`, met: kB <= GOAL_KB },
      { text: `p98 of the duration of events at most ${GOAL_EVENT_P98_MS} ms (${calm.p98Ms} ms)`, met: calm.events > 100 && calm.p98Ms <= GOAL_EVENT_P98_MS },
      { text: `nothing moves by itself (layout shift ${calm.shift})`, met: calm.shift === 0 },
      { text: `usable with ${CHANGES_PER_SECOND} changes a second (p98 ${busy.p98Ms} ms, layout shift ${busy.shift}, ${perSecond} written)`, met: perSecond >= CHANGES_PER_SECOND * 0.95 && busy.p98Ms <= 2 * GOAL_EVENT_P98_MS },
    ],
  }
}
