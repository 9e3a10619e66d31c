import type { Page } from '@playwright/test'
import { z } from 'zod'
import { askUntil, call, createCustomer, createSite, enrol, refresh } from './api'
import { inDatabase } from './database'
import { expect, test } from './fixtures'
import { addFirewall } from './fleet-client'
import { look, WIDE } from './look'

// Triage from the keyboard: what is wrong, worst first, who looks after it, and what tells nobody for a while. The worker
// decides the alerts; only the time that has passed is written into the database.

const CUSTOMER = 'Fjord Ferries'
const QUIET = 'Quiet Harbour'
const ids: Record<string, string> = {}
/** Each of them looks at everything again when rules have changed. */
const LOOKED = { timeout: 30_000 }

/** A worker may have seen the silence already. */
const SILENT_FOR_LONG = [`UPDATE "Firewall" SET "stateSince" = now() - interval '42 minutes' WHERE id = ANY($1::uuid[])`, `UPDATE "Alert" SET since = now() - interval '42 minutes' WHERE "firewallId" = ANY($1::uuid[]) AND kind = 'unreachable'`]

test.use({ viewport: WIDE })
test.describe.configure({ mode: 'serial' })
test.beforeAll(async () => {
  ids.customer = await createCustomer(CUSTOMER)
  ids.quiet = await createCustomer(QUIET)
  const siteId = await createSite(ids.customer, 'Bergen quay')
  const options = { family: 'pfsense-v2', version: '2.10' } as const
  for (const name of ['ff-quay-fw1', 'ff-quay-fw2', 'ff-ship-fw1', 'ff-ship-fw2']) {
    const firewall = await addFirewall({ name, ...options })
    const id = await enrol(firewall, ids.customer, name.startsWith('ff-quay') ? { siteId } : {})
    ids[name] = id
    await refresh(id)
    if (name === 'ff-ship-fw2') continue
    await firewall.patch(name === 'ff-ship-fw1' ? { revoke: 'key' } : { scenario: 'dead' })
    await askUntil(id, name === 'ff-ship-fw1' ? 'credential-rejected' : 'unreachable')
  }
  await inDatabase([[ids['ff-quay-fw1'], ids['ff-quay-fw2']]], ...SILENT_FOR_LONG)
  await inDatabase(
    [ids['ff-ship-fw2']],
    `UPDATE "Firewall" SET "driftSince" = now() - interval '8 hours', "driftItems" = 3, "firmwareState" = 'offered' WHERE id = $1`,
    `UPDATE "Firewall" SET "firmwareSince" = now() - interval '40 days' WHERE id = $1`,
  )
  await decide('cpu-high', 96)
})

/** Decides about a kind for the customer, as it stands now; alerts are looked at again within seconds. */
async function decide(kind: string, threshold: number): Promise<void> {
  const rules = z.object({ items: z.array(z.object({ kind: z.string(), etag: z.string() })) }).parse((await call('GET', `/customers/${ids.customer}/alert-rules`)).json)
  const etag = rules.items.find((rule) => rule.kind === kind)?.etag ?? ''
  expect((await call('PUT', `/customers/${ids.customer}/alert-rules/${kind}`, { enabled: null, severity: null, threshold }, { 'if-match': etag })).status).toBe(200)
}

const inbox = (page: Page) => page.goto(`/alerts?customer=${ids.customer}`)
const row = (page: Page, text: string | RegExp) => page.getByRole('listitem').filter({ has: page.getByRole('checkbox') }).filter({ hasText: text })
const pane = (page: Page) => page.getByRole('region', { name: 'The alert' })
const site = /Bergen quay does not answer/

test('one alert for the site, worst first, its consequences folded', async ({ page }) => {
  await inbox(page)
  await expect(row(page, site)).toBeVisible(LOOKED)
  await expect(row(page, 'ff-ship-fw1 rejects the credential')).toContainText('waits')
  await expect(page.getByText(/^4 alerts want someone\. \d+ follows? from them\.$/)).toBeVisible(LOOKED)
  await expect(page.getByRole('heading', { level: 2 }).filter({ hasText: /^(Critical|Warning|Notice)$/ })).toHaveText(['Critical', 'Notice'])
  await row(page, site).getByRole('link').click()
  await expect(pane(page).getByRole('heading', { name: site })).toBeVisible()
  await expect(pane(page)).toContainText('Critical, open for')
  await expect(pane(page)).toContainText('folded into this one and told nobody')
  await expect(pane(page)).toContainText('Look from outside whether the line answers')
  await pane(page).getByRole('button', { name: 'Show them' }).click()
  await expect(pane(page).getByRole('region', { name: 'What follows from it' })).toContainText('does not answer')
  await look(page, 'alerts')
})

test('keys acknowledge with a note, take it back, choose several, and open', async ({ page }) => {
  await inbox(page)
  await expect(row(page, site)).toBeVisible(LOOKED)
  await row(page, site).getByRole('link').focus()
  await page.keyboard.press('a')
  const dialog = page.getByRole('dialog', { name: 'Acknowledge' })
  await expect(dialog.getByLabel('Note, if there is one')).toBeFocused()
  await look(page, 'alert-acknowledge')
  await dialog.getByLabel('Note, if there is one').fill('Called the quay.')
  await page.keyboard.press('Enter')
  await expect(dialog).toBeHidden()
  await expect(pane(page)).toContainText(/acknowledged by .+ ago/)
  await expect(pane(page)).toContainText('“Called the quay.”')
  await expect(page.getByRole('button', { name: 'Acknowledged 1' })).toBeVisible()

  await test.step('its row stays in place while somebody works there', async () => {
    await expect(row(page, site)).toContainText('looks after it')
    await page.keyboard.press('u')
    await expect(page.getByRole('button', { name: 'Acknowledged 0' })).toBeVisible()
    await expect(pane(page)).toContainText('open for')
  })

  await test.step('several at once', async () => {
    // Both opened in the same look, so that either may stand first.
    await page.getByRole('region', { name: 'Notice' }).getByRole('listitem').first().getByRole('link').focus()
    await page.keyboard.press('x')
    await page.keyboard.press('j')
    await page.keyboard.press('x')
    await expect(page.getByRole('region', { name: 'Chosen alerts' })).toContainText('2 selected')
    await page.keyboard.press('a')
    await expect(page.getByRole('dialog', { name: 'Acknowledge 2 alerts' })).toBeVisible()
    await page.keyboard.press('Enter')
    await expect(page.getByRole('button', { name: 'Acknowledged 2' })).toBeVisible()
    await page.getByRole('button', { name: 'Acknowledged 2' }).click()
    await expect(page).toHaveURL(/state=acknowledged/)
    await expect(row(page, 'has been offered an update')).toContainText('looks after it')
  })

  await test.step('Enter opens the page of one; every key is named', async () => {
    await row(page, /3 changes are not accepted/).getByRole('link').focus()
    await page.keyboard.press('?')
    await expect(page.getByRole('dialog', { name: 'Keys' })).toContainText('Silence for a while')
    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog')).toHaveCount(0)
    await row(page, /3 changes are not accepted/).getByRole('link').press('Enter')
    await expect(page).toHaveURL(/\/alerts\/[0-9a-f-]{36}/)
    await expect(page.getByRole('heading', { level: 2, name: /3 changes are not accepted/ })).toBeVisible()
    await look(page, 'alert')
  })
})

test('two keys silence, the silence is listed, and ends early', async ({ page }) => {
  await inbox(page)
  await row(page, 'ff-ship-fw1 rejects the credential').getByRole('link').focus()
  await page.keyboard.press('s')
  await expect(page.getByRole('dialog', { name: 'Silence for a while' }).getByRole('button', { name: '1 h' })).toBeFocused()
  await look(page, 'alert-silence')
  await page.keyboard.press('1')
  await expect(page.getByText(/^Silent until .+\.$/).first()).toBeVisible()
  await expect(pane(page)).toContainText('It is seen and counted; channels are told nothing.')
  await page.getByRole('link', { name: 'Silences' }).click()
  const table = page.getByRole('table', { name: 'Silences' })
  await expect(table).toContainText('“Credential rejected” at ff-ship-fw1')
  await look(page, 'silences')
  await table.getByRole('button', { name: 'End it' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'End the silence' }).click()
  await expect(page.getByText('Nothing is silent')).toBeVisible()
  await expect(page.getByRole('region', { name: 'Past' })).toContainText('ended early')
})

test('conditions stand in the address; nothing open says that all is well', async ({ page }) => {
  await inbox(page)
  // A choice that is made before the page is alive is not heard.
  await expect(async () => {
    await page.getByLabel('Kind', { exact: true }).selectOption('drift')
    await expect(page).toHaveURL(/kind=drift/, { timeout: 1_000 })
  }).toPass({ timeout: 15_000 })
  await expect(page.getByText('No alert matches')).toBeVisible()
  await page.getByRole('button', { name: 'Remove the conditions' }).click()
  await expect(row(page, site)).toBeVisible()
  await page.goto(`/alerts?customer=${ids.quiet}`)
  await expect(page.getByText('No alert is open', { exact: true })).toBeVisible()
  await expect(page.getByText(/^Looked at /)).toBeVisible()
  await look(page, 'alerts-none')
  await page.goto(`/?customer=${ids.customer}`)
  await expect(page.getByText(/^2 alerts want someone\./)).toBeVisible()
  await page.goto(`/firewalls/${ids['ff-ship-fw1']}`)
  await expect(page.getByRole('region', { name: 'Open alerts' })).toContainText('rejects the credential')
})

test('rules: the default beside what is decided, a fault beside its field, and back', async ({ page }) => {
  await page.goto(`/settings/alert-rules?customer=${ids.quiet}`)
  const disk = page.getByRole('row').filter({ hasText: 'Disk full' })
  await expect(disk).toContainText('Warning, from 90 %')
  await disk.getByRole('button', { name: 'Decide about Disk full' }).click()
  const dialog = page.getByRole('dialog', { name: 'Disk full' })
  await dialog.getByLabel('From, in per cent').fill('120')
  await dialog.getByRole('button', { name: 'Save the rule' }).click()
  await expect(dialog.getByText('Between 1 and 100 %.')).toBeVisible()
  await look(page, 'alert-rule-wrong')
  await dialog.getByLabel('From, in per cent').fill('80')
  await dialog.getByLabel('Severity').selectOption({ label: 'Critical' })
  await dialog.getByRole('button', { name: 'Save the rule' }).click()
  await expect(disk).toContainText('Critical, from 80 %')
  await look(page, 'alert-rules')
  await disk.getByRole('button', { name: 'Decide about Disk full' }).click()
  await dialog.getByRole('button', { name: /^Reset to/ }).click()
  await expect(disk).toContainText('the same')
})
