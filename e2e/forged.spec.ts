import { expect, test } from '@playwright/test'
import { z } from 'zod'
import { codeOf, setUpFactor, type Factor } from './authenticator'
import { rawRequest } from './raw-request'
import { enter, newRecorder, type Recorder } from './recorder'
import { startProduct, type Started } from './started'

// What another site, or someone between, could forge: requests with our cookie, sessions from before a sign-in, ways that
// lead elsewhere, names of hosts. An installation of its own, whose owner has a second factor.

const OWNER = { email: 'forged.owner@nordwall.example', password: 'Herons over a gravel pit' }
const EVIL = 'evil.example'
const NOTHING = '00000000-0000-4000-8000-0000000000ff'
const document = z.object({ paths: z.record(z.string(), z.record(z.string(), z.unknown())) })
const token = z.object({ csrfToken: z.string() })
const total = z.object({ total: z.number() })

let product: Started
let owner: Recorder
let factor: Factor
test.beforeAll(async () => {
  product = await startProduct({ PALISADE_ADMIN_EMAIL: OWNER.email, PALISADE_ADMIN_PASSWORD: OWNER.password })
  owner = await newRecorder(product.url)
  expect(await enter(owner, 'credentials', OWNER)).toBeNull()
  factor = await setUpFactor(owner)
})
test.afterAll(async () => {
  await owner.end()
  await product.stop()
})

const isSignedIn = async (cookie: string, path = '/api/v1/firewalls') => (await rawRequest(product.url, { path, headers: { cookie: `palisade-session=${cookie}` } })).status
const entries = async () => total.parse(await owner.api('GET', '/audit?limit=1')).total

test('no route that changes something takes a request from another page', async () => {
  const { paths } = document.parse(await owner.api('GET', '/openapi.json'))
  const changing = Object.entries(paths).flatMap(([path, methods]) => Object.keys(methods).filter((method) => method !== 'get').map((method) => ({ method: method.toUpperCase(), path: `/api/v1${path.replace('{id}', NOTHING)}` })))
  const before = await entries()
  const foreign: Record<string, string>[] = [
    { origin: `http://${EVIL}` },
    { origin: 'null' },
    { origin: 'null', 'sec-fetch-site': 'same-origin' },
    {},
    { 'sec-fetch-site': 'cross-site' },
    { origin: product.url, 'sec-fetch-site': 'cross-site' },
    { origin: product.url.replace('http:', 'https:') },
    { origin: `${product.url}.${EVIL}` },
    { referer: `${product.url}/firewalls` },
    { origin: `http://${EVIL}`, 'content-type': 'text/plain' },
    { origin: `http://${EVIL}`, 'x-forwarded-host': EVIL, 'x-http-method-override': 'GET' },
  ]
  let refused = 0
  for (const { method, path } of changing) {
    for (const headers of foreign) {
      const cookie = `palisade-session=${await owner.cookie('palisade-session')}`
      const { status, text } = await rawRequest(product.url, { method, path, body: '{}', headers: { 'content-type': 'application/json', cookie, ...headers } })
      expect([method, path, headers, status, JSON.parse(text).code]).toEqual([method, path, headers, 403, 'cross-origin'])
      refused += 1
    }
  }
  console.log(`forged: ${refused} requests from other pages refused over ${changing.length} routes`)
  expect(changing.length).toBeGreaterThan(35)
  expect(await entries()).toBe(before)
})

test('signing in and out wants the token of the page it comes from', async () => {
  const stranger = await newRecorder(product.url)
  const form = (csrfToken: string) => ({ csrfToken, email: OWNER.email, password: OWNER.password, json: 'true' })
  const { csrfToken } = token.parse(JSON.parse((await stranger.send('GET', '/api/auth/csrf')).text))
  for (const wrong of ['', 'x', csrfToken.replace(/^./, (letter) => (letter === 'a' ? 'b' : 'a'))]) {
    await stranger.send('POST', '/api/auth/callback/credentials', { form: form(wrong) })
    expect(await stranger.cookie('palisade-session')).toBe('')
  }
  await stranger.send('GET', `/api/auth/callback/credentials?${new URLSearchParams(form(csrfToken)).toString()}`)
  expect(await stranger.cookie('palisade-session')).toBe('')

  const cookie = await owner.cookie('palisade-session')
  for (const wrong of ['', 'x']) await rawRequest(product.url, { method: 'POST', path: '/api/auth/signout', headers: { cookie: `palisade-session=${cookie}`, 'content-type': 'application/x-www-form-urlencoded' }, body: `csrfToken=${wrong}&json=true` })
  await rawRequest(product.url, { path: '/api/auth/signout', headers: { cookie: `palisade-session=${cookie}` } })
  expect(await isSignedIn(cookie)).toBe(200)
  // next-auth would tell from the cookie alone; only the row is asked.
  for (const path of ['/api/auth/session', '/api/auth/session/']) expect((await owner.send('GET', path)).text).not.toContain(OWNER.email)
  await stranger.end()
})

test('a session from before the password or the code is worth nothing after it', async () => {
  const victim = await newRecorder(product.url)
  await victim.context.storageState()
  const planted = 'eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIn0..AAAAAAAAAAAAAAAA.AAAA.AAAAAAAAAAAAAAAAAAAAAA'
  await victim.send('GET', '/api/v1/me', { headers: { cookie: `palisade-session=${planted}` } })
  expect(await enter(victim, 'credentials', OWNER)).toBeNull()
  const pending = await victim.cookie('palisade-session')
  expect(pending).not.toBe(planted)
  for (const made of [planted, '%', '%E0%A4%A', 'null', 'eyJhbGciOiJub25lIn0.eyJzaWQiOiIxIn0.', 'x'.repeat(5_000)]) expect(await isSignedIn(made)).toBe(401)
  expect(await isSignedIn(pending)).toBe(401)
  expect(await enter(victim, 'second-factor', { code: codeOf(factor.secret) })).toBeNull()
  const full = await victim.cookie('palisade-session')
  expect(full).not.toBe(pending)
  expect(await isSignedIn(full)).toBe(200)
  expect(await isSignedIn(pending)).toBe(401)
  // The same code again, from a session of its own: nobody who saw it can use it.
  const second = await newRecorder(product.url)
  expect(await enter(second, 'credentials', OWNER)).toBeNull()
  expect(await enter(second, 'second-factor', { code: codeOf(factor.secret, 0) })).toBe('CredentialsSignin')
  await second.end()
  // For some seconds the old one still tells that it owes a code, so that the calls under way end well; then nothing.
  await expect.poll(() => isSignedIn(pending, '/api/v1/me'), { timeout: 20_000 }).toBe(401)
  await victim.end()
})

const ELSEWHERE = [`https://${EVIL}`, `//${EVIL}`, `/\\${EVIL}`, `\\\\${EVIL}`, `https:${EVIL}`, `https:/${EVIL}`, `/.//${EVIL}`, `/..//${EVIL}`, `/%2e//${EVIL}`, `/a/..//${EVIL}`, `/\t/${EVIL}`, `/\n/${EVIL}`, ` //${EVIL}`, `%2f%2f${EVIL}`, `/%2f${EVIL}`, `/%5c${EVIL}`, `javascript:alert('${EVIL}')`, `data:text/html,${EVIL}`, `http://localhost:80@${EVIL}`, `//${EVIL}%2f..`, `/\u2028/${EVIL}`, `${'/'.repeat(4)}${EVIL}`]

/** Where a browser on our page would go. */
const goesTo = (location: string | undefined): string => new URL(location ?? '/', product.url).origin

test('no way back after a sign-in leads to another site', async () => {
  const cookie = `palisade-session=${await owner.cookie('palisade-session')}`
  for (const way of ELSEWHERE) {
    for (const page of ['/signin', '/second-factor']) {
      for (const path of [`${page}?next=${encodeURIComponent(way)}`, `${page}?next=${encodeURIComponent(encodeURIComponent(way))}`, `${page}?callbackUrl=${encodeURIComponent(way)}`]) {
        const { status, headers } = await rawRequest(product.url, { path, headers: { cookie } })
        expect([path, status, goesTo(headers.location)]).toEqual([path, 307, product.url])
      }
    }
    for (const path of ['/api/auth/signin', '/api/auth/signout', '/api/auth/error', '/api/auth/verify-request', '/api/auth/signin/credentials', '/api/auth/callback/credentials']) {
      const { headers } = await rawRequest(product.url, { path: `${path}?callbackUrl=${encodeURIComponent(way)}` })
      expect([path, way, goesTo(headers.location)]).toEqual([path, way, product.url])
    }
  }
  const wanderer = await newRecorder(product.url)
  const { csrfToken } = token.parse(JSON.parse((await wanderer.send('GET', '/api/auth/csrf')).text))
  for (const callbackUrl of ELSEWHERE) {
    const reply = await wanderer.send('POST', '/api/auth/signout', { form: { csrfToken, callbackUrl, json: 'true' } })
    // What it cannot make an address of is refused without one.
    const url = reply.text === '' ? reply.headers['location'] : z.object({ url: z.string() }).parse(JSON.parse(reply.text)).url
    expect([callbackUrl, reply.status < 500, goesTo(url)]).toEqual([callbackUrl, true, product.url])
  }
  await wanderer.end()
})

const HOSTS: Record<string, string>[] = [
  { host: EVIL },
  { host: `${EVIL}:443` },
  { 'x-forwarded-host': EVIL },
  { 'x-forwarded-host': EVIL, 'x-forwarded-proto': 'https', 'x-forwarded-port': '443' },
  { forwarded: `host=${EVIL};proto=https` },
  { 'x-host': EVIL, 'x-original-host': EVIL, 'x-http-host-override': EVIL },
  { 'x-forwarded-proto': 'https' },
]

test('no header about the host changes a link, a redirect or a cookie', async () => {
  const { csrfToken } = token.parse(JSON.parse((await owner.send('GET', '/api/auth/csrf')).text))
  const cookie = `palisade-session=${await owner.cookie('palisade-session')}`
  for (const forged of HOSTS) {
    for (const path of ['/', '/firewalls', '/signin', '/join', '/no/such/page', '/api/auth/csrf', '/api/auth/providers', '/api/auth/signin', '/api/auth/signout', '/api/v1/me', '/api/v1/openapi.json', '/api/v1/no-such']) {
      for (const headers of [forged, { ...forged, cookie }]) {
        const answer = await rawRequest(product.url, { path, headers })
        expect([path, forged, JSON.stringify(answer.headers).includes(EVIL)]).toEqual([path, forged, false])
        expect([path, forged, answer.text.includes(EVIL)]).toEqual([path, forged, false])
        const cookies = (answer.headers['set-cookie'] ?? []).join('\n')
        expect(cookies).not.toMatch(/domain=|__Host-|__Secure-|;\s*secure/i)
        expect(goesTo(answer.headers.location)).toBe(product.url)
      }
    }
    const invited = await owner.send('POST', '/api/v1/operators', { body: { email: `guest.${HOSTS.indexOf(forged)}@nordwall.example`, name: 'Guest', grants: [{ role: 'viewer', customerId: null }] }, headers: forged })
    const made = z.object({ link: z.string() }).parse(JSON.parse(invited.text))
    expect(new URL(made.link).origin).toBe(product.url)
  }
  // A page under a foreign name is not our own origin, whatever it says of itself.
  const rebound = await rawRequest(product.url, { method: 'POST', path: '/api/v1/customers', body: '{"name":"Rebound"}', headers: { host: EVIL, origin: `http://${EVIL}`, 'sec-fetch-site': 'same-origin', 'content-type': 'application/json', cookie } })
  expect(rebound.status).toBe(403)
  expect(csrfToken).not.toBe('')
})
