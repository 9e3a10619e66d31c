import type { BrowserContext, Page, Request } from '@playwright/test'
import { call, createCustomer } from './api'
import { expect, test } from './fixtures'
import { look, WIDE } from './look'
import { browserOf, join } from './people'

// Pages keep in step with what changes: all tabs of a browser by one stream, without asking again and again.

test.use({ viewport: WIDE })
const TABS = 8
/** From the API's answer to the page, which asks at most once a second, while other tests run beside; `npm run test:deep -- live` holds the one second of the promise. */
const SEEN_MS_MAX = 5_000
const LIVE = /^Live \d\d:\d\d/

let count = 0
const fresh = (what: string): string => `${what} ${Date.now().toString(36)}${(count += 1)}`

function streamsOf(context: BrowserContext): Request[] {
  const streams: Request[] = []
  context.on('request', (request) => void (new URL(request.url()).pathname === '/api/v1/events' && streams.push(request)))
  return streams
}

async function openTab(context: BrowserContext): Promise<Page> {
  const page = await context.newPage()
  await page.goto('/customers')
  await expect(page.getByText(LIVE)).toBeVisible()
  return page
}

/** A customer made by the API is on every page so soon after. */
async function expectSeen(pages: readonly Page[], name: string, limitMs = SEEN_MS_MAX): Promise<void> {
  await createCustomer(name)
  const startedMs = performance.now()
  await Promise.all(pages.map((page) => page.getByText(name, { exact: true }).first().waitFor()))
  const ms = performance.now() - startedMs
  console.log(`live: ${pages.length} tabs showed a change after ${Math.round(ms)} ms`)
  expect(ms).toBeLessThan(limitMs)
}

test('eight tabs share one stream, and go on when the one that reads it is closed', async ({ context }) => {
  const streams = streamsOf(context)
  const pages: Page[] = []
  for (let tab = 0; tab < TABS; tab += 1) pages.push(await openTab(context))
  expect(streams).toHaveLength(1)
  const [first, ...others] = pages
  await others.at(-1)?.bringToFront()
  await expectSeen(pages.slice(-1), fresh('Fjord Ferries'))

  await test.step('another tab takes over where the closed one was', async () => {
    await first?.close()
    await expect.poll(() => streams.length).toBe(2)
    expect(await streams[1]?.headerValue('last-event-id')).toMatch(/^\d+-\d+-[0-9a-z]+$/)
    await expectSeen(others.slice(-1), fresh('Glacier Dental'))
    expect(streams).toHaveLength(2)
  })
  await test.step('a tab in the background shows it when it is looked at', async () => {
    const name = fresh('Harbour Inns')
    await createCustomer(name)
    await others[0]?.bringToFront()
    await others[0]?.getByText(name, { exact: true }).first().waitFor()
  })
})

test('the top bar says since when a page is not live; it catches up without being loaded again', async ({ context, watch }) => {
  watch.allowMessage(/Failed to load resource: net::ERR_/)
  await context.route('**/api/v1/events', (route) => route.abort())
  const page = await context.newPage()
  await page.goto('/customers')
  await expect(page.getByText(/^Not live since \d\d:\d\d, trying again$/)).toBeVisible()
  await look(page, 'live-lost')
  const name = fresh('Ironworks')
  await createCustomer(name)
  await context.unroute('**/api/v1/events')
  await expect(page.getByText(LIVE)).toBeVisible()
  await expect(page.getByText(name, { exact: true }).first()).toBeVisible()
  await look(page, 'live')
})

test('who loses the right is put out within five seconds', async ({ browser, watch }) => {
  watch.allowStatus(401)
  const customerId = await createCustomer(fresh('Juniper Schools'))
  const person = await join(fresh('Petra'), [{ role: 'viewer', customerId }])
  const signedIn = await browserOf(person)
  const context = await browser.newContext({ storageState: await signedIn.storageState(), viewport: WIDE })
  const page = await openTab(context)
  const { headers } = await call('GET', `/operators/${person.id}`)
  const startedMs = performance.now()
  const { status } = await call('PUT', `/operators/${person.id}/disabled`, { disabled: true }, { 'if-match': headers.get('etag') ?? '' })
  expect(status).toBe(200)
  await expect(page).toHaveURL(/\/signin/)
  expect(performance.now() - startedMs).toBeLessThan(5_000)
  await context.close()
  await signedIn.dispose()
})
