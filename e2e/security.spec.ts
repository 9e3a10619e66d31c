import http from 'node:http'
import { request } from '@playwright/test'
import { z } from 'zod'
import { call, createCustomer, createSite, enrol, refresh } from './api'
import { EVERY_WAY } from './every-way'
import { expect, SIGNED_OUT, test } from './fixtures'
import { addFirewall } from './fleet-client'
import { makeHostile } from './hostile-replies'
import { shared } from './shared'

// What an attacker would try at the pages: forged addresses, script in every field, kept cookies, foreign pages.

const audit = z.object({ items: z.array(z.object({ action: z.string(), sourceAddress: z.string().nullable() })) })
const sourcesOf = async (search: string): Promise<(string | null)[]> =>
  audit.parse((await call('GET', `/audit?search=${encodeURIComponent(search)}`)).json).items.map(({ sourceAddress }) => sourceAddress)

test('an address that a client claims changes nothing', async () => {
  const { url, token } = shared()
  const claims = [
    'X-Forwarded-For',
    '198.51.100.7',
    'Forwarded',
    'for=198.51.100.7',
    'X-Real-IP',
    '198.51.100.7',
    'X-PALISADE-PEER',
    '198.51.100.8',
    'x-palisade-peer',
    '198.51.100.9',
  ]
  const body = JSON.stringify({ name: 'Forged Origin Ltd' })
  const status = await new Promise((resolve, reject) => {
    const headers = [
      ...claims,
      'Authorization',
      `Bearer ${token}`,
      'Content-Type',
      'application/json',
      'Content-Length',
      String(body.length),
      'Host',
      new URL(url).host,
    ]
    const sent = http.request(`${url}/api/v1/customers`, { method: 'POST', headers, family: 4 }, (response) => resolve(response.resume().statusCode))
    sent.on('error', reject)
    sent.end(body)
  })
  expect(status).toBe(201)
  expect(await sourcesOf('Forged Origin Ltd')).toEqual(['127.0.0.1'])
})

test('pages carry a policy with a nonce of their own, and are stored nowhere', async ({ page, watch }) => {
  const nonces: string[] = []
  for (const path of ['/firewalls', '/firewalls', '/customers', '/no/such/page']) {
    watch.allowStatus(404)
    const response = await page.goto(path)
    const headers = response?.headers() ?? {}
    const policy = headers['content-security-policy'] ?? ''
    const scripts = /script-src ([^;]*)/.exec(policy)?.[1] ?? ''
    expect(scripts).not.toMatch(/unsafe-inline|unsafe-eval|https?:|\*/)
    const nonce = /'nonce-([^']+)'/.exec(scripts)?.[1] ?? ''
    expect(nonce.length).toBeGreaterThan(20)
    nonces.push(nonce)
    expect(policy).toContain("frame-ancestors 'none'")
    expect(headers['cache-control']).toContain('no-store')
    const html = (await response?.text()) ?? ''
    expect([...html.matchAll(/<script(?![^>]*nonce=)/g)].length).toBe(0)
  }
  expect(new Set(nonces).size).toBe(nonces.length)
  for (const path of ['/me', '/firewalls', '/audit', '/no-such-thing']) expect((await call('GET', path)).headers.get('cache-control')).toContain('no-store')

  await test.step('even markup that got into a page would not run', async () => {
    watch.allowMessage(/Content Security Policy/)
    watch.allowMessage(/404/)
    await page.goto('/customers')
    await page.evaluate(() => document.body.insertAdjacentHTML('beforeend', '<img src="/none.png" onerror="document.title=\'executed\'">'))
    await page
      .locator('img[src="/none.png"]')
      .evaluate((image: HTMLImageElement) => (image.complete ? undefined : new Promise((done) => image.addEventListener('error', done))))
    await expect(page).not.toHaveTitle('executed')
  })
})

test('a session ends for good, and its cookie is of no use to scripts', async ({ browser, page }) => {
  const { owner, url } = shared()
  const context = await browser.newContext({ baseURL: url, storageState: SIGNED_OUT })
  const own = await context.newPage()
  await own.goto('/firewalls')
  await own.getByLabel('E-mail address').fill(owner.email)
  await own.getByLabel('Password', { exact: true }).fill(owner.password)
  await own.getByRole('button', { name: 'Sign in' }).click()
  await expect(own.getByRole('heading', { level: 1, name: 'Firewalls' })).toBeVisible()
  const kept = await context.storageState()
  const session = kept.cookies.find(({ name }) => name.includes('palisade-session'))
  expect(session).toMatchObject({ httpOnly: true, sameSite: 'Lax' })
  const replay = await request.newContext({ baseURL: url, storageState: kept })
  expect((await replay.get('/api/v1/me')).status()).toBe(200)

  await own.getByRole('button', { name: /: account$/ }).click()
  await own.getByRole('menuitem', { name: 'Sign out' }).click()
  await expect(own.getByRole('heading', { name: 'Sign in' })).toBeVisible()
  expect((await replay.get('/api/v1/me')).status()).toBe(401)
  expect((await replay.get('/firewalls', { maxRedirects: 0 })).headers()['location'] ?? '').toContain('/signin')
  await replay.dispose()
  await context.close()
  // Another session of the same person goes on.
  await page.goto('/firewalls')
  await expect(page.getByRole('heading', { level: 1, name: 'Firewalls' })).toBeVisible()
})

test('a foreign page cannot act with the cookie', async () => {
  const { url, signedIn } = shared()
  const browser = await request.newContext({ baseURL: url, storageState: signedIn })
  const post = async (headers: Record<string, string>, contentType = 'application/json') =>
    browser.post('/api/v1/customers', { headers: { 'content-type': contentType, ...headers }, data: JSON.stringify({ name: 'Foreign Page Inc' }) })
  const foreign: Record<string, string>[] = [
    { origin: 'https://attacker.example' },
    { origin: 'null' },
    {},
    { 'sec-fetch-site': 'cross-site' },
    { origin: url, 'sec-fetch-site': 'same-site' },
  ]
  for (const headers of foreign) {
    const reply = await post(headers)
    expect([headers, reply.status(), (await reply.json()).code]).toEqual([headers, 403, 'cross-origin'])
  }
  expect((await post({ origin: url }, 'text/plain')).status()).toBe(415)
  expect((await call('GET', '/audit?search=Foreign+Page+Inc')).text).toContain('"total":0')
  expect((await post({ origin: url, 'sec-fetch-site': 'same-origin' })).status()).toBe(201)
  await browser.dispose()
})

const MARKUP = '<img src=x onerror="window.executed=1">'
const HOSTILE = `${MARKUP}\u202Egnp.exe javascript:window.executed=1`
const TABS = [
  '',
  '/rules',
  '/nat',
  '/aliases',
  '/neighbours',
  '/gateways',
  '/interfaces',
  '/carp',
  '/vpn',
  '/services',
  '/firmware',
  '/package',
  '/settings',
  '/audit',
]
/** Pages on which each of the families says something in words. */
const SPEAKS = ['/rules', '/nat', '/aliases', '/neighbours', '/gateways', '/interfaces', '/vpn', '/services']

const SPEAKERS = [
  ['opnsense', '26.7'],
  ['pfsense-v1', '1.9'],
  ['pfsense-v2', '2.10'],
] as const

// What is shown passed one model, whichever family said it.
for (const [family, version] of SPEAKERS.filter(([name]) => EVERY_WAY || name === 'opnsense')) {
  test(`script in everything that ${family} says is shown as text`, async ({ page }) => {
    const firewall = await addFirewall({ name: `se-${family}`, family, version })
    const customerId = await createCustomer('"><script>window.executed=1</script>')
    const siteId = await createSite(customerId, `${family} javascript:window.executed=1`)
    const name = `${family} <img src=x onerror=window.executed=1>`
    const id = await enrol(firewall, customerId, { name, siteId, tags: ['<svg/onload=window.executed=1>'] })
    await refresh(id)
    await makeHostile(firewall, HOSTILE)
    await refresh(id)

    const expectHarmless = async (what: string): Promise<void> => {
      const found = await page.evaluate(() => ({
        executed: 'executed' in window,
        images: document.querySelectorAll('img[src="x"], svg[onload], main script').length,
        links: document.querySelectorAll('a[href^="javascript" i]').length,
        turned: /[\u202A-\u202E\u2066-\u2069]/.test(document.body.innerText),
      }))
      expect(found, what).toEqual({ executed: false, images: 0, links: 0, turned: false })
    }
    for (const tab of TABS) {
      await page.goto(`/firewalls/${id}${tab}`)
      await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
      await expect(page.getByRole('heading', { level: 2 }).first()).toBeVisible()
      if (SPEAKS.includes(tab)) await expect(page.getByText(MARKUP).filter({ visible: true }).first()).toBeVisible()
      await expectHarmless(`${family}${tab}`)
    }
    await page.goto(`/firewalls/${id}/raw`)
    await page.getByRole('navigation', { name: 'Raw reads' }).getByRole('button', { name: /arp/i }).first().click()
    await expect(page.getByLabel(/^Reply: /)).toBeVisible()
    await expectHarmless('raw')
    for (const path of [`/firewalls?customer=${customerId}`, '/customers', `/audit?firewall=${id}`]) {
      await page.goto(path)
      await expect(page.getByText(path === '/customers' ? '"><script>window.executed=1</script>' : name).first()).toBeVisible()
      await expectHarmless(path)
    }
    expect((await firewall.counts()).writes).toEqual([])
  })
}
