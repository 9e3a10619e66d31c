import pg from 'pg'
import { z } from 'zod'
import type { Page } from '@playwright/test'
import { openPostgres } from '@/lib/cli/postgres.mjs'
import { startMailServer, type MailServerWorld } from '@/lib/testing/mail-server'
import { startReceiver, take, type Receiver } from '@/lib/testing/notice-receiver'
import { call, createCustomer } from './api'
import { expect, SIGNED_OUT, test } from './fixtures'
import { followIncident } from './incident'
import { look, WIDE } from './look'
import { button } from './newcomer'
import { shared } from './shared'

// Who is told, and how: a mail channel from the empty page to an invitation that is followed from the mail, a webhook that
// fails and comes back, and what a phone shows of it.

const LINK = /http:\/\/localhost:\d+\/join#[A-Za-z0-9_-]{40,}/
let mail: MailServerWorld
let receiver: Receiver
const channels = z.object({ items: z.array(z.object({ id: z.string(), etag: z.string() })) })

/** The file that begins anew after a failure finds nothing of before; other files invite without mail. */
async function removeAll(): Promise<void> {
  for (const { id, etag } of channels.parse((await call('GET', '/channels')).json).items) await call('DELETE', `/channels/${id}`, {}, { 'if-match': etag })
}

test.use({ viewport: WIDE })
test.describe.configure({ mode: 'serial' })
test.beforeAll(async () => {
  mail = await startMailServer()
  receiver = await startReceiver()
  await removeAll()
})
test.afterAll(async () => {
  await removeAll()
  await Promise.all([mail.stop(), receiver.stop()])
})

/** Notices as alerts write them; no API makes one. */
async function tell(...titles: string[]): Promise<void> {
  const server = await openPostgres(shared().dataDir)
  const client = new pg.Client(server.config)
  try {
    await client.connect()
    for (const title of titles) await client.query(`INSERT INTO "Notice" (at, kind, severity, facts) VALUES (now(), 'alert-opened', 'critical', $1)`, [JSON.stringify({ title, sentence: 'No answer for 5 minutes.', firewallName: 'kl-rtm-fw1', customerName: 'Kestrel Logistics' })])
  } finally {
    await client.end()
    await server.close()
  }
}

const log = (page: Page) => page.getByRole('table', { name: 'Deliveries' })

test('a mail channel is made with a certificate that was looked at, and a test arrives', async ({ page }) => {
  await page.goto('/settings/channels')
  await expect(page.getByText('Nobody is told yet')).toBeVisible()
  await look(page, 'channels-none')
  await page.getByRole('link', { name: 'Add a channel' }).click()
  await test.step('what is missing is said beside it', async () => {
    await button(page, 'Make the channel').click()
    await expect(page.getByText('Give it a name.')).toBeVisible()
    await expect(page.getByText('Enter at least one address.')).toBeVisible()
    await look(page, 'channel-new-wrong')
  })
  await page.getByLabel('Name', { exact: true }).fill('Night desk')
  await page.getByLabel('Mail server', { exact: true }).fill('127.0.0.1')
  await page.getByLabel('Port', { exact: true }).fill(String(mail.port))
  await page.getByLabel('It may reach private addresses').check()
  await button(page, 'Look at its certificate').click()
  await expect(page.getByText('This is what the server showed. Nothing has been said to it.')).toBeVisible()
  await look(page, 'channel-certificate')
  await button(page, 'Trust exactly this certificate').click()
  await page.getByLabel('User', { exact: true }).fill('palisade')
  await page.getByLabel('Password', { exact: true }).fill('right')
  await page.getByLabel('From', { exact: true }).fill('palisade@nordwall.example')
  await page.getByLabel('To', { exact: true }).fill('night@nordwall.example\nnoc@nordwall.example')
  await page.getByLabel('Send invitations and password links through it').check()
  await button(page, 'Make the channel').click()
  await expect(page.getByRole('heading', { level: 2, name: 'Night desk' })).toBeVisible()
  await expect(page.getByText('Not used yet')).toBeVisible()
  await button(page, 'Send a test').click()
  await expect(page.getByText('The test was taken.')).toBeVisible()
  await expect(log(page).getByRole('row').filter({ hasText: 'Test: Channel tried' })).toContainText('Delivered')
  expect(mail.mails.at(-1)).toMatchObject({ subject: '[Palisade] Test: Channel tried' })
  expect(mail.inClear).toEqual([])
  await look(page, 'channel-mail')
})

test('an invitation goes out by mail too, and its link lets the invited in', async ({ page, browser, watch }) => {
  watch.allowStatus(401)
  const email = `runa.holt.${Date.now()}@nordwall.example`
  await page.goto('/settings/operators')
  await button(page, 'Invite an operator').click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('E-mail address').fill(email)
  await dialog.getByLabel('Name', { exact: true }).fill('Runa Holt')
  await dialog.getByLabel('Customer of role 1').selectOption({ label: 'All customers' })
  await button(page, 'Make the invitation').click()
  await expect(dialog.getByText(`Also sent to ${email}.`)).toBeVisible()
  await look(page, 'invitation-mailed')
  const sent = mail.mails.find(({ to }) => JSON.stringify(to).includes(email))
  const link = LINK.exec(sent?.text ?? '')?.[0] ?? ''
  expect(link).toBe(await dialog.getByLabel('Link', { exact: true }).textContent())

  const guest = await browser.newContext({ storageState: SIGNED_OUT })
  const theirs = await guest.newPage()
  await theirs.goto(link)
  await theirs.getByLabel('Password', { exact: true }).fill('A heron over nine quarries')
  await theirs.getByRole('button', { name: /join/i }).click()
  await expect(theirs.getByRole('navigation', { name: 'Main' }).filter({ visible: true }).or(theirs.getByRole('heading', { name: /second factor|sign in/i })).first()).toBeVisible()
  await guest.close()
})

test('a webhook that fails holds what waits, says why, and delivers all in order when it is back', async ({ page }) => {
  await createCustomer('Heron Freight')
  await page.goto('/settings/channels/new')
  await page.getByLabel('Name', { exact: true }).fill('Ticket desk')
  await page.getByRole('radio', { name: /^Webhook/ }).check()
  await page.getByLabel('Web address', { exact: true }).fill(`${receiver.url}/tickets`)
  await page.getByLabel('It may reach private addresses').check()
  await button(page, 'Make the channel').click()
  const dialog = page.getByRole('dialog', { name: 'Ticket desk is made' })
  await expect(dialog.getByLabel('Key that signs')).toContainText(/^palsig_[A-Za-z0-9_-]{43}$/)
  await look(page, 'channel-key')
  await dialog.getByRole('button', { name: 'Done' }).click()
  await expect(page.getByRole('heading', { level: 2, name: 'Ticket desk' })).toBeVisible()

  receiver.behave = (reply) => void reply.writeHead(503).end('The queue is full.')
  await tell('Unreachable', 'Gateway down')
  await expect(page.getByText('It failed with status 503. It said: The queue is full.').first()).toBeVisible({ timeout: 15_000 })
  await expect(page.getByText(/2 notices wait and will go out in order/)).toBeVisible()
  await look(page, 'channel-failing')
  await page.goto('/settings/channels')
  await expect(page.getByText(/1 of 2 channels fails\. 2 notices wait and go out when it works again\./)).toBeVisible()
  await look(page, 'channels')

  receiver.behave = take
  await page.getByRole('link', { name: 'Ticket desk' }).click()
  // A change of the settings tries at once.
  await button(page, 'Save').click()
  await expect(page.getByText('Working', { exact: true })).toBeVisible({ timeout: 15_000 })
  await expect(log(page).getByRole('row').filter({ hasText: 'Delivered' })).toHaveCount(2)
  expect(receiver.taken.map(({ headline }) => headline)).toEqual(['Critical: Unreachable, kl-rtm-fw1', 'Critical: Gateway down, kl-rtm-fw1'])
  await expect.poll(() => mail.mails.filter(({ subject }) => subject?.includes('kl-rtm-fw1')).map(({ subject }) => subject)).toEqual(['[Palisade] Critical: Unreachable, kl-rtm-fw1', '[Palisade] Critical: Gateway down, kl-rtm-fw1'])
})

test('what is refused for good is given up, and a person sends it again', async ({ page }) => {
  receiver.behave = (reply) => void reply.writeHead(422).end('Unknown customer.')
  await tell('Disk full')
  await page.goto('/settings/channels')
  await page.getByRole('link', { name: 'Ticket desk' }).click()
  const row = log(page).getByRole('row').filter({ hasText: 'Disk full' })
  await expect(row).toContainText('Given up', { timeout: 15_000 })
  await look(page, 'channel-given-up')
  receiver.behave = take
  await row.getByRole('button', { name: 'Send again' }).click()
  await expect(row).toContainText('Delivered', { timeout: 15_000 })
  await test.step('and the channel goes with what it knew', async () => {
    await button(page, 'Remove this channel').click()
    await page.getByRole('dialog').getByRole('button', { name: 'Remove', exact: true }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible()
    await expect(page.getByRole('link', { name: 'Ticket desk' })).toHaveCount(0)
  })
})

test('from a silent firewall to a mail, to somebody who looks after it, to the end', async ({ page }) => {
  test.setTimeout(150_000)
  await followIncident(page, mail)
})
