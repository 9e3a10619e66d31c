import type { Page } from '@playwright/test'
import { z } from 'zod'
import { allowCommands, call, createCustomer, createSite, enrol, refresh } from './api'
import type { AddOptions } from './fake-firewalls/options'
import { expect, test } from './fixtures'
import { addFirewall, type FakeFirewall } from './fleet-client'
import { look, WIDE } from './look'
import { browserOf, join, type Person } from './people'

// Plans of updates: made beside what they would do, asked for, approved by somebody else, taken back, copied, discarded.

const OFFER = { version: '26.1.10', needsReboot: true, downloadSize: '84MiB' }
const fleet = new Map<string, FakeFirewall>()
const ids = { customer: '', quiet: '', malmo: '' }
let sara: Person

const made = z.object({ id: z.string(), etag: z.string() })
async function add(options: AddOptions, more: Record<string, unknown>): Promise<string> {
  const firewall = await addFirewall({ durationsMs: { check: 100 }, ...options })
  fleet.set(options.name, firewall)
  const id = await enrol(firewall, ids.customer, more)
  await refresh(id)
  return id
}

test.use({ timezoneId: 'Europe/Oslo' })
test.beforeAll(async () => {
  ids.customer = await createCustomer('Halvorsen Dental')
  ids.quiet = await createCustomer('Quiet Quay')
  const site = await createSite(ids.customer, 'Malmö')
  const window = { name: 'Nights', customerId: ids.customer, timeZone: 'Europe/Helsinki', weekdays: [1, 2, 3, 4, 5, 6, 7], earliestStart: '02:00', latestStart: '04:00', hardEnd: '06:00' }
  expect((await call('POST', '/windows', window, { 'idempotency-key': 'halvorsen-nights' })).status).toBe(201)
  const place = { siteId: site, timeZone: 'Europe/Helsinki' }
  for (const name of ['hd-alta', 'hd-bodo', 'hd-voss']) await add({ name, family: 'opnsense', version: '26.1', offer: OFFER, checked: true }, { ...place, tags: name === 'hd-bodo' ? ['canary'] : [] })
  await add({ name: 'hd-hamar', family: 'opnsense', version: '26.1', offer: OFFER, checked: true }, { tags: ['canary'] })
  await fleet.get('hd-hamar')?.patch({ scenario: 'dead' })
  await call('POST', `/firewalls/${(await firewallNamed('hd-hamar')).id}/refresh`, {})
  await add({ name: 'hd-oslo', family: 'pfsense-v2', version: '2.7', offer: { version: '2.8.1' }, checked: true }, place)
  ids.malmo = await add({ name: 'hd-malmo', family: 'pfsense-v2', version: '2.7', offer: { version: '2.8.1' }, checked: true }, place)
  await allowCommands(ids.malmo)
  expect((await call('POST', `/firewalls/${ids.malmo}/check`, {})).status).toBeLessThan(300)
  sara = await join('Sara Holm', [{ role: 'admin', customerId: ids.customer }])
})

async function firewallNamed(name: string): Promise<{ id: string }> {
  const { json } = await call('GET', `/firewalls?customerId=${ids.customer}&name=${name}`)
  const [found] = z.object({ items: z.array(z.object({ id: z.string() })) }).parse(json).items
  if (!found) throw new Error(`${name} is not enrolled.`)
  return found
}

const preview = (page: Page) => page.getByRole('region', { name: 'What would happen' })
const rings = (page: Page) => page.getByRole('table', { name: /^Rings in their order/ })
const plan = (body: Record<string, unknown>) => ({ kind: 'minor', query: `customer__id=${ids.customer}`, ...body })

test('from chosen firewalls to a draft beside what it would do, by keyboard', async ({ page, watch }) => {
  watch.allowStatus(400)
  await page.setViewportSize(WIDE)
  await page.goto(`/firmware/plans?customer=${ids.quiet}`)
  await expect(page.getByText('There is no plan yet.')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Emergency stop' })).toBeEnabled()
  await look(page, 'plans-empty')
  await page.goto(`/firewalls?customer=${ids.customer}&sort=name`)
  await page.getByRole('checkbox', { name: 'Choose hd-alta' }).click()
  const bar = page.getByRole('region', { name: 'Chosen firewalls' })
  await bar.getByRole('button', { name: /^Select all/ }).click()
  await bar.getByRole('button', { name: 'Plan an update' }).click()
  await expect(page).toHaveURL(/firmware\/plans\/new\?.*customer=/)
  await expect(preview(page).getByRole('status')).toContainText(/of 6 can run on their own, 1 needs a person afterwards, 2 cannot run\./)
  await expect(preview(page).getByText(/^worked out \d+ s ago from stored state, nothing is sent$/)).toBeVisible()
  await expect(page.getByText('6 firewalls match now. The list is frozen when the plan is approved.')).toBeVisible()
  for (const [name, finding] of [['hd-hamar', 'Unreachable'], ['hd-oslo', 'Offers not reported'], ['hd-malmo', 'API package is lost'], ['hd-voss', 'Peer is not linked']] as const)
    await expect(preview(page).getByRole('row').filter({ hasText: name })).toContainText(finding)
  await preview(page).getByRole('button', { name: 'hd-alta' }).click()
  await expect(preview(page).getByText(/5 packages, download 207 MiB, checked/)).toBeVisible()
  await expect(preview(page).getByRole('link', { name: 'Firmware of hd-alta' })).toHaveAttribute('href', /customer=/)
  await page.keyboard.press('Enter')
  await look(page, 'plan-editor-new')
  // Canary goes behind Early, and the focus with it.
  await rings(page).getByRole('button', { name: 'Canary' }).focus()
  await page.keyboard.press('Alt+ArrowDown')
  await expect(rings(page).getByRole('button').nth(1)).toHaveText('Canary')
  await expect(rings(page).getByRole('button', { name: 'Canary' })).toBeFocused()
  await page.keyboard.press('Alt+ArrowUp')
  await expect(rings(page).getByRole('button').first()).toHaveText('Canary')
  // A ring more, with a number that is none.
  await page.getByRole('button', { name: 'Add a ring' }).click()
  await rings(page).getByLabel('Soak').fill('long')
  await expect(rings(page).getByText('A whole number from 0 to 720.')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Save draft' })).toBeDisabled()
  await look(page, 'plan-editor-ring')
  await rings(page).getByRole('button', { name: 'Remove the ring' }).click()
  await expect(rings(page).getByRole('row')).toHaveCount(4)
  // What only the server can see stands at its field.
  await page.getByLabel('Name of the plan').fill('December, dental')
  await page.getByLabel('First day').fill('2026-12-01')
  await page.getByRole('button', { name: 'Save draft' }).click()
  await expect(page).toHaveURL(/\/edit/)
  await expect(page.getByRole('heading', { level: 1, name: 'December, dental' })).toBeVisible()
  await expect(page.getByText('Your approval counts; one is missing of Halvorsen Dental.')).toBeVisible()
})

test('two people: who changed it last asks, somebody else approves, and it can be taken back', async ({ page, browser }) => {
  const { id, etag } = made.parse((await call('POST', '/update-plans', plan({ name: 'Four eyes', fourEyes: true, design: design() }), { 'idempotency-key': 'four-eyes' })).json)
  await page.goto(`/firmware/plans/${id}/edit`)
  await expect(page.getByText(/You changed this plan last, and it asks for two people\. .*Sara Holm.* can approve of Halvorsen Dental\./)).toBeVisible()
  await page.getByLabel('Random start, up to').fill('10')
  // Someone else was faster: it is told before anything is sent, and nothing of theirs can be overwritten.
  expect((await call('PATCH', `/update-plans/${id}`, { name: 'Six eyes' }, { 'if-match': etag })).status).toBe(200)
  await expect(page.getByText(/^Someone changed this plan at \d\d:\d\d\. Look again, then save\.$/)).toBeVisible()
  await expect(page.getByRole('button', { name: 'Save draft' })).toBeDisabled()
  await look(page, 'plan-editor-conflict')
  await page.getByRole('button', { name: 'Show what is stored now' }).click()
  await expect(page.getByLabel('Name of the plan')).toHaveValue('Six eyes')
  await page.getByRole('button', { name: /^Ask for approval of 4$/ }).click()
  await expect(page.getByText('Six eyes waits for its approval.')).toBeVisible()
  await expect(page.getByText('Waits for approval', { exact: true })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Approve 4' })).toBeDisabled()
  // Away from the button, whose reason would stand over the page.
  await page.getByRole('heading', { level: 1 }).hover()
  await look(page, 'plan-editor-waiting')

  const other = await browser.newContext({ storageState: await (await browserOf(sara)).storageState(), timezoneId: 'Europe/Oslo' })
  const saras = await other.newPage()
  await saras.goto(`/firmware/plans/${id}/edit`)
  await expect(saras.getByRole('heading', { level: 1, name: 'Six eyes' })).toBeVisible()
  await saras.getByRole('button', { name: 'Approve 4' }).click()
  await expect(saras.getByRole('dialog', { name: 'Approve Six eyes?' })).toContainText('2 that cannot run')
  await saras.getByRole('button', { name: 'Approve the update of 4' }).click()
  await expect(saras.getByText('Six eyes is approved and runs.')).toBeVisible()
  await other.close()

  // The opening in which its jobs lie leads to it.
  await page.goto(`/firmware/calendar?customer=${ids.customer}&on=2027-01-01`)
  const opening = page.getByRole('button', { name: /Halvorsen Dental, Nights.* jobs?$/ }).first()
  await expect(opening).toHaveAttribute('title', / Jobs of Six eyes\.$/)
  await opening.click()
  await expect(page.getByRole('dialog').getByRole('link', { name: 'Six eyes' })).toHaveAttribute('href', `/firmware/plans/${id}?customer=${ids.customer}`)

  await page.goto(`/firmware/plans?customer=${ids.customer}`)
  await expect(page.getByRole('row').filter({ hasText: 'Six eyes' })).toContainText('0 of 4')
  await look(page, 'plans-list')
  await call('POST', `/update-plans/${id}/withdraw`, {}, { 'if-match': made.parse((await call('GET', `/update-plans/${id}`)).json).etag })
  await expect(page.getByRole('row').filter({ hasText: 'Six eyes' })).toContainText('Draft')
})

test('a copy is a draft of its own, and a draft is discarded', async ({ page }) => {
  const { id } = made.parse((await call('POST', '/update-plans', plan({ name: 'Once', design: design() }), { 'idempotency-key': 'once' })).json)
  await page.goto(`/firmware/plans/${id}/edit`)
  await page.getByRole('button', { name: 'More acts on this plan' }).click()
  await page.getByRole('menuitem', { name: 'Make a copy' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Once, copy' })).toBeVisible()
  await page.getByRole('button', { name: 'More acts on this plan' }).click()
  await page.getByRole('menuitem', { name: 'Discard the draft' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Discard the draft' }).click()
  await expect(page).toHaveURL(/firmware\/plans$/)
  await expect(page.getByRole('link', { name: 'Once, copy' })).toHaveCount(0)
  await expect(page.getByRole('link', { name: 'Once', exact: true })).toBeVisible()
})

function design() {
  const gate = { successPercent: 100, minimumCount: 1, soakHours: 1, noNewCriticalAlert: true }
  return {
    rings: [
      { name: 'Canary', who: { by: 'query', query: 'tags=canary' }, gate },
      { name: 'Broad', who: { by: 'rest' }, gate },
    ],
    windows: { by: 'own' },
    firstDay: '2027-01-01',
    latestStartMarginMinutes: 45,
    randomStartMinutes: 20,
    concurrency: { perSite: 1, perCustomer: 3, fleet: 10 },
    haGapMinutes: 30,
  }
}
