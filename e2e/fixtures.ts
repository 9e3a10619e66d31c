// A browser signed in as the owner, which fails its test for anything that a browser complains about.
import AxeBuilder from '@axe-core/playwright'
import { expect, request, test as base, type BrowserContext, type BrowserContextOptions, type Page } from '@playwright/test'
import { shared } from './shared'
import { signInByRequest } from './sign-in'
import { answerStepUps } from './step-up'

/** A refused or failed call shows in the console by itself; a test names the statuses that it causes on purpose. */
const FAILED_LOAD = /Failed to load resource: the server responded with a status of (\d+)/

type Watch = {
  /** Calls that the browser may report as failed, by status. */
  allowStatus(...statuses: number[]): void
  /** A message that a test causes on purpose. */
  allowMessage(pattern: RegExp): void
}
type State = Exclude<BrowserContextOptions['storageState'], string | undefined>
type Fixtures = { watch: Watch }
/** A session of this worker's own: proving who one is renews it, and the next test goes on with the new one. */
type OfWorker = { session: { state: State } }

type Complaint = { text: string; status: number | null }

/** Fills as the browser complains; only what is on purpose is left out. */
export function complaintsOf(context: BrowserContext, allowed: ReadonlySet<number> = new Set(), messages: readonly RegExp[] = []): Complaint[] {
  const complaints: Complaint[] = []
  context.on('console', (message) => {
    const found = FAILED_LOAD.exec(message.text())?.[1]
    const status = found === undefined ? null : Number(found)
    const expected = (status !== null && allowed.has(status)) || messages.some((pattern) => pattern.test(message.text()))
    if ((message.type() === 'error' || message.type() === 'warning') && !expected)
      complaints.push({ status, text: `${message.type()}: ${message.text()} (${message.location().url})` })
  })
  context.on('weberror', (error) => complaints.push({ status: null, text: `uncaught: ${error.error().stack ?? error.error().message}` }))
  context.on('dialog', (dialog) => {
    complaints.push({ status: null, text: `dialog: ${dialog.message()}` })
    void dialog.dismiss()
  })
  return complaints
}

/** Leaves out as many refusals for want of a proof as were answered. */
const without = (complaints: readonly Complaint[], answered: number): string[] => {
  let left = answered
  return complaints.filter(({ status }) => status !== 403 || left-- <= 0).map(({ text }) => text)
}

export const test = base.extend<Fixtures, OfWorker>({
  baseURL: async ({}, provide) => provide(shared().url),
  session: [
    async ({}, provide) => {
      const browser = await request.newContext({ baseURL: shared().url })
      await signInByRequest(browser, shared().owner)
      await provide({ state: await browser.storageState() })
      await browser.dispose()
    },
    { scope: 'worker' },
  ],
  storageState: async ({ session }, provide) => provide(session.state),
  watch: [
    async ({ context, storageState, session }, provide) => {
      const allowed = new Set<number>()
      const messages: RegExp[] = []
      const complaints = complaintsOf(context, allowed, messages)
      let answered = 0
      const isOwners = storageState === session.state
      if (isOwners) context.on('page', (page) => void answerStepUps(page, shared().owner.password, () => (answered += 1)))
      await provide({ allowStatus: (...statuses) => statuses.forEach((status) => allowed.add(status)), allowMessage: (pattern) => void messages.push(pattern) })
      if (isOwners) session.state = await context.storageState()
      expect(without(complaints, answered), 'what the browser complained about').toEqual([])
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
