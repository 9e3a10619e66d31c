import { expect, test } from '@playwright/test'
import { z } from 'zod'
import { allPages, type PageAddress } from './all-pages'
import { setUpFactor } from './authenticator'
import { EVERY_WAY } from './every-way'
import { addFirewall } from './fleet-client'
import { askPayload, inTurns } from './raw-request'
import { enter, newRecorder, type Recorder } from './recorder'
import { startProduct, type Started } from './started'
import { TRICKS } from './way-in-tricks'

// Every page and every reading of the API, asked in every way that ever got past a sign-in: without a session, and with
// one that still owes its second factor. An installation of its own, because its owner needs a second factor.

const OWNER = { email: 'quiet.owner@nordwall.example', password: 'Ferns under a viaduct 41' }
const SECOND = { email: 'second.owner@nordwall.example', password: 'Kelp under a lighthouse 52', name: 'Ottoline Quartermaine' }
/** What is nobody's business: if one of these is in an answer, something got out. */
const MARKS = ['Quokka Marsh Clinic', 'quokka-edge', 'Quokka attic', 'Wilhelmina Marks', SECOND.name]
const AT_ONCE = 8
/** Each way is tried on each page by one of the three in turn; `npm run test:deep -- pages` lets each of them try all. */
const isTurnOf = (visitor: number, at: number, share = 1): boolean => EVERY_WAY || at % (visitors.size * share) === visitor
/** Readings of the API have one door for all of them, pages have many: a third of the ways is tried on each reading. */
const OF_READINGS = 3
const withId = z.object({ id: z.string() })
const invited = z.object({ link: z.string(), operator: withId })
const document = z.object({ paths: z.record(z.string(), z.record(z.string(), z.unknown())) })

let product: Started
let owner: Recorder
let pages: PageAddress[] = []
let reads: string[] = []
/** Cookie header by who sends it. */
const visitors = new Map<string, string>()

const cookieHeader = async (browser: Recorder) => `palisade-session=${await browser.cookie('palisade-session')}`

async function visit(name: string, account: { email: string; password: string }): Promise<void> {
  const browser = await newRecorder(product.url)
  expect(await enter(browser, 'credentials', account)).toBeNull()
  visitors.set(name, await cookieHeader(browser))
  await browser.end()
}

test.beforeAll(async () => {
  product = await startProduct({ PALISADE_ADMIN_EMAIL: OWNER.email, PALISADE_ADMIN_PASSWORD: OWNER.password })
  owner = await newRecorder(product.url)
  expect(await enter(owner, 'credentials', OWNER)).toBeNull()
  await setUpFactor(owner)
  await owner.api('PATCH', '/me/name', { name: 'Wilhelmina Marks' })
  const customerId = withId.parse(await owner.api('POST', '/customers', { name: 'Quokka Marsh Clinic' })).id
  const siteId = withId.parse(await owner.api('POST', '/sites', { name: 'Quokka attic', customerId, timeZone: 'UTC' })).id
  const firewall = await addFirewall({ name: 'no-session', family: 'opnsense', version: '26.7' })
  const enrolled = { name: 'quokka-edge', customerId, siteId, family: 'opnsense', baseUrl: firewall.url, trust: { mode: 'pin', sha256: firewall.sha256 }, credential: firewall.credential('key-secret') }
  const firewallId = withId.parse(await owner.api('POST', '/firewalls', enrolled)).id
  await owner.api('POST', `/firewalls/${firewallId}/refresh`)
  const { link, operator } = invited.parse(await owner.api('POST', '/operators', { email: SECOND.email, name: SECOND.name, grants: [{ role: 'owner', customerId: null }] }))
  const stranger = await newRecorder(product.url)
  await stranger.api('POST', '/join', { token: new URL(link).hash.slice(1), name: SECOND.name, password: SECOND.password })
  await stranger.end()
  visitors.set('nobody', '')
  await visit('an owner who owes a code', OWNER)
  await visit('an owner who owes making a factor', SECOND)
  const lines = `name,customer,url,key,secret\nquokka-file,Quokka Marsh Clinic,${firewall.url},k,s`
  const file = withId.parse(await owner.api('POST', '/enrolments', { fileName: 'quokka.csv', fileBase64: Buffer.from(lines).toString('base64') })).id
  const ids: Record<string, string> = { enrolments: file, firewalls: firewallId, customers: customerId, sites: siteId, operators: operator.id, tokens: operator.id, sessions: operator.id }
  pages = allPages({ firewalls: firewallId, operators: operator.id, import: file, reports: customerId })
  const { paths } = document.parse(await owner.api('GET', '/openapi.json'))
  reads = Object.entries(paths).flatMap(([path, methods]) => ('get' in methods ? [`/api/v1${path.replace('{id}', ids[path.split('/')[1] ?? ''] ?? '').replace('{customerId}', customerId)}`] : []))
})
test.afterAll(async () => {
  await owner.end()
  await product.stop()
})

test('a page behind the sign-in shows who is signed in, so its absence means something', async () => {
  const cookie = await cookieHeader(owner)
  let shown = 0
  for (const { path } of pages.filter(({ isPublic }) => !isPublic)) {
    const ways: Record<string, string>[] = [{ cookie }, { cookie, RSC: '1' }]
    for (const headers of ways) {
      const { status, text, headers: answered } = await askPayload(product.url, { path, headers })
      // A page that only leads to another one.
      if (status >= 300) continue
      expect(text, path).toContain('Wilhelmina Marks')
      expect(answered['content-type']).toContain(headers['RSC'] === undefined ? 'text/html' : 'text/x-component')
      shown += 1
    }
  }
  expect(shown).toBeGreaterThan(50)
})

test('a payload without the layouts is answered to who is signed in, so refusing it means something', async () => {
  const cookie = await cookieHeader(owner)
  const claim = TRICKS.find(({ name }) => name === 'RSC, claiming to have all but the page')
  let answered = 0
  for (const { path, segments } of pages.filter(({ isPublic }) => !isPublic)) {
    const sent = claim?.request(path, segments) ?? { path }
    const { status, headers, text } = await askPayload(product.url, { ...sent, headers: { ...sent.headers, cookie } })
    if (status !== 200) continue
    expect(headers['content-type']).toContain('text/x-component')
    expect(text, path).not.toContain('Wilhelmina Marks')
    answered += 1
    const turnedAway = await askPayload(product.url, { ...sent, headers: { ...sent.headers, cookie: '' } })
    expect(turnedAway.text + JSON.stringify(turnedAway.headers), path).toMatch(/\/signin\?next=/)
  }
  expect(answered).toBeGreaterThan(20)
})

test('no page says anything to who is not let in, however it is asked', async () => {
  let asked = 0
  const found: string[] = []
  for (const [visitor, [who, cookie]] of [...visitors].entries()) {
    await inTurns(pages.flatMap((page, row) => TRICKS.map((trick, column) => ({ page, trick, at: row + column })).filter(({ at }) => isTurnOf(visitor, at))), AT_ONCE, async ({ page: { path, isPublic, segments }, trick }) => {
      const sent = trick.request(path, segments)
      const answer = await askPayload(product.url, { ...sent, headers: { ...sent.headers, ...(cookie !== '' && sent.headers?.['cookie'] === undefined && { cookie }) } })
      asked += 1
      const text = JSON.stringify(answer.headers) + answer.text
      for (const mark of MARKS) if (text.includes(mark) && !isPublic) found.push(`${who} reads "${mark}" from ${path} by ${trick.name}`)
      if (trick.name === 'as it is' && !isPublic && ![307, 308].includes(answer.status)) found.push(`${who} gets ${answer.status} from ${path}`)
      if (answer.status >= 500 && !trick.mayBreak) found.push(`${who} breaks ${path} by ${trick.name}: ${answer.status}`)
    })
  }
  console.log(`no session: ${asked} requests for ${pages.length} pages, ${TRICKS.length} ways, ${visitors.size} visitors`)
  expect(found).toEqual([])
})

test('no reading of the API says anything to who is not let in, however it is asked', async () => {
  const open = ['/api/v1/health', '/api/v1/ready', '/api/v1/me']
  let asked = 0
  const found: string[] = []
  for (const [visitor, [who, cookie]] of [...visitors].entries()) {
    await inTurns(reads.filter((path) => !open.includes(path)).flatMap((path, row) => TRICKS.map((trick, column) => ({ path, trick, at: row + column })).filter(({ at }) => isTurnOf(visitor, at, OF_READINGS))), AT_ONCE, async ({ path, trick }) => {
      const sent = trick.request(path, ['', ...path.split('/').slice(1)])
      const { status, text } = await askPayload(product.url, { ...sent, headers: { ...sent.headers, ...(cookie !== '' && sent.headers?.['cookie'] === undefined && { cookie }) } })
      asked += 1
      for (const mark of MARKS) if (text.includes(mark)) found.push(`${who} reads "${mark}" from ${path} by ${trick.name}`)
      if (status < 300 && trick.name !== 'OPTIONS') found.push(`${who} gets ${status} from ${path} by ${trick.name}`)
      if (status >= 500 && !trick.mayBreak) found.push(`${who} breaks ${path} by ${trick.name}: ${status}`)
    })
  }
  console.log(`no session: ${asked} requests for ${reads.length} readings of the API`)
  expect(found).toEqual([])
})
