// A browser signed in as the owner, which fails its test for anything that a browser complains about.
import AxeBuilder from '@axe-core/playwright'
import { expect, test as base, type BrowserContext, type Page } from '@playwright/test'
import { shared } from './shared'

/** A refused or failed call shows in the console by itself; a test names the statuses that it causes on purpose. */
const FAILED_LOAD = /Failed to load resource: the server responded with a status of (\d+)/

type Watch = {
  /** Calls that the browser may report as failed, by status. */
  allowStatus(...statuses: number[]): void
  /** A message that a test causes on purpose. */
  allowMessage(pattern: RegExp): void
}
type Fixtures = { watch: Watch }

function complaintsOf(context: BrowserContext, allowed: ReadonlySet<number>, messages: readonly RegExp[]): string[] {
  const complaints: string[] = []
  context.on('console', (message) => {
    const status = FAILED_LOAD.exec(message.text())?.[1]
    const expected = (status !== undefined && allowed.has(Number(status))) || messages.some((pattern) => pattern.test(message.text()))
    if ((message.type() === 'error' || message.type() === 'warning') && !expected)
      complaints.push(`${message.type()}: ${message.text()} (${message.location().url})`)
  })
  context.on('weberror', (error) => complaints.push(`uncaught: ${error.error().stack ?? error.error().message}`))
  context.on('dialog', (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  return complaints
}

export const test = base.extend<Fixtures>({
  baseURL: async ({}, provide) => provide(shared().url),
  storageState: async ({}, provide) => provide(shared().signedIn),
  watch: [
    async ({ context }, provide) => {
      const allowed = new Set<number>()
      const messages: RegExp[] = []
      const complaints = complaintsOf(context, allowed, messages)
      await provide({ allowStatus: (...statuses) => statuses.forEach((status) => allowed.add(status)), allowMessage: (pattern) => void messages.push(pattern) })
      expect(complaints, 'what the browser complained about').toEqual([])
    },
    { auto: true },
  ],
})
export { expect }

/** For journeys that begin without a session. */
export const SIGNED_OUT = { cookies: [], origins: [] }

/** No violation of any weight. The test goes on, so that one run tells of every page. */
export async function expectAccessible(page: Page, what: string): Promise<void> {
  // There are no frames, so the slower way through a second page is not needed.
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode()
    .options({ resultTypes: ['violations'] })
    .analyze()
  const found = violations.flatMap(({ id, help, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${help}\n${html}\n${failureSummary ?? ''}`))
  expect.soft(found, `accessibility of ${what}`).toEqual([])
}

/** Nothing sticks out to the side; the test goes on. */
export async function expectNoSideScroll(page: Page, what: string): Promise<void> {
  const { content, window } = await page.evaluate(() => ({ content: document.documentElement.scrollWidth, window: document.documentElement.clientWidth }))
  expect.soft(content, `width of ${what}`).toBeLessThanOrEqual(window)
}
