import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { call, createCustomer, createSite, enrol, refresh } from './api'
import { expect, test } from './fixtures'
import { addFirewall, type FakeFirewall } from './fleet-client'
import { look } from './look'

// One act on many firewalls: choosing them, what is done, what failed, and taking it back.

const fleet = new Map<string, FakeFirewall>()
const ids = new Map<string, string>()
let customerId = ''
const NAMES = ['pw-ash', 'pw-elm', 'pw-oak', 'pw-yew']

test.beforeAll(async () => {
  customerId = await createCustomer('Pinewood Schools')
  await createSite(customerId, 'Elm Street')
  for (const name of NAMES) {
    const firewall = await addFirewall({ name, family: 'opnsense', version: '26.1' })
    fleet.set(name, firewall)
    ids.set(name, await enrol(firewall, customerId))
  }
  for (const name of NAMES) await refresh(ids.get(name) ?? '')
})

const row = (page: Page, name: string) => page.getByRole('row').filter({ has: page.getByRole('link', { name, exact: true }) })
const choose = (page: Page, name: string) => page.getByRole('checkbox', { name: `Choose ${name}` }).click()
const chosen = (page: Page) => page.getByRole('region', { name: 'Chosen firewalls' })
const progress = (page: Page) => page.getByRole('region', { name: 'Act under way' })
async function open(page: Page): Promise<void> {
  await page.goto(`/firewalls?customer=${customerId}&sort=name`)
  await expect(row(page, 'pw-yew')).toBeVisible()
}

test('tags the chosen ones, takes it back, and looks well', async ({ page }) => {
  await open(page)
  await choose(page, 'pw-ash')
  // The keyboard does the same.
  await page.getByRole('heading', { level: 1, name: 'Firewalls' }).click()
  await page.keyboard.press('j')
  await page.keyboard.press('j')
  await page.keyboard.press('x')
  await expect(chosen(page)).toContainText('2 selected')
  await look(page, 'fleet-selected')
  await chosen(page).getByRole('button', { name: 'Tag' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Tag').last().fill('two words')
  await dialog.getByRole('button', { name: 'Add the tag' }).click()
  await expect(dialog).toContainText('no blanks')
  await look(page, 'bulk-tag')
  await dialog.getByLabel('Tag').last().fill('hq')
  await dialog.getByRole('button', { name: 'Add the tag' }).click()
  await expect(progress(page)).toContainText('Tagged 2 firewalls with hq')
  expect((await call('GET', `/firewalls?customerId=${customerId}&tag=hq`)).json).toMatchObject({ total: 2 })
  await progress(page).getByRole('button', { name: 'Undo' }).click()
  await expect(progress(page)).toContainText('Tagged 2 firewalls without hq')
  expect((await call('GET', `/firewalls?customerId=${customerId}&tag=hq`)).json).toMatchObject({ total: 0 })
  await progress(page).getByRole('button', { name: 'Put away' }).click()
  await expect(progress(page)).toBeHidden()
})

test('refreshes all that match; what failed says why and is tried again', async ({ page }) => {
  await fleet.get('pw-oak')?.patch({ scenario: 'dead' })
  await open(page)
  await choose(page, 'pw-elm')
  await chosen(page).getByRole('button', { name: 'Select all 4 that match' }).click()
  await expect(chosen(page)).toContainText('All 4 that match')
  await expect(page.getByRole('checkbox', { name: 'Choose pw-yew' })).toBeChecked()
  await chosen(page).getByRole('button', { name: /^Refresh/ }).click()
  await expect(progress(page)).toContainText(/Refreshed 3 firewalls.*3 done · 1 failed/, { timeout: 20_000 })
  await look(page, 'bulk-failed')
  await progress(page).getByRole('button', { name: 'Show why' }).click()
  await expect(page.getByRole('dialog')).toContainText('pw-oak')
  await look(page, 'bulk-why')
  await page.keyboard.press('Escape')
  await fleet.get('pw-oak')?.patch({ scenario: 'none' })
  await progress(page).getByRole('button', { name: 'Try the 1 again' }).click()
  await expect(progress(page)).toContainText('Refreshed 1 firewall', { timeout: 20_000 })
})

test('pauses with a reason, resumes, and saves a file', async ({ page }) => {
  await open(page)
  await page.getByRole('checkbox', { name: 'Choose all that are loaded' }).click()
  await expect(chosen(page)).toContainText('4 selected')
  await choose(page, 'pw-ash')
  await chosen(page).getByRole('button', { name: 'More' }).click()
  await page.getByRole('menuitem', { name: 'Pause visits' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Pause visits' }).click()
  await expect(page.getByRole('dialog')).toContainText('Say why.')
  await page.getByRole('dialog').getByLabel('Reason').fill('the school is moving')
  await page.getByRole('dialog').getByRole('button', { name: 'Pause visits' }).click()
  await expect(progress(page)).toContainText('Paused 3 firewalls')
  await expect(row(page, 'pw-elm')).toContainText('the school is moving')

  await page.getByRole('checkbox', { name: 'Choose all that are loaded' }).click()
  await chosen(page).getByRole('button', { name: 'More' }).click()
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: 'Export as CSV' }).click()])
  const lines = (await readFile(await download.path(), 'utf8')).trim().split('\r\n')
  expect(lines).toHaveLength(5)
  expect(lines[0]).toContain('"name","state","reason"')
  await chosen(page).getByRole('button', { name: 'More' }).click()
  await page.getByRole('menuitem', { name: 'Resume visits' }).click()
  await expect(progress(page)).toContainText(/Resumed 3 firewalls.*1 skipped/)
})
