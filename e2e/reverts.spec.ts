import type { Page } from '@playwright/test'
import { call, createCustomer, createSite, enrol, refresh } from './api'
import { expect, test } from './fixtures'
import { addFirewall, type FakeFirewall } from './fleet-client'
import { look, WIDE } from './look'

// Going back to an entry of a firewall's own history: from looking at it to the proof that it runs.

const ids = { customer: '', office: '', v2: '' }
let office: FakeFirewall

const posts = async (path: string): Promise<number> =>
  Object.entries((await office.counts()).byPath).reduce((sum, [key, count]) => sum + (key.startsWith(`POST ${path}`) ? count : 0), 0)

test.beforeAll(async () => {
  test.setTimeout(60_000)
  ids.customer = await createCustomer('Hallam Orchards')
  const more = { siteId: await createSite(ids.customer, 'Hallam'), timeZone: 'Europe/Oslo' }
  office = await addFirewall({ name: 'ho-office-fw1', family: 'opnsense', version: '26.7', durationsMs: { reboot: 3_000 } })
  ids.office = await enrol(office, ids.customer, more)
  ids.v2 = await enrol(await addFirewall({ name: 'ho-barn-fw1', family: 'pfsense-v2', version: '2.10' }), ids.customer, more)
  await refresh(ids.office)
  expect((await call('POST', `/firewalls/${ids.office}/backups`, {})).status).toBe(202)
  await expect.poll(async () => (await call('GET', `/firewalls/${ids.office}/backups`)).text, { timeout: 40_000 }).toContain('"isNewest":true')
  await office.patch({
    configuration: {
      by: 'jonas@10.4.0.9',
      note: 'Firewall: Rules: edited rule',
      edits: [
        { path: 'OPNsense.Firewall.Filter.rules.rule.0.description', value: 'Allow LAN to nowhere' },
        { path: 'OPNsense.Firewall.Filter.rules.rule.0.action', value: 'block' },
      ],
    },
  })
})

const section = (page: Page) => page.getByRole('region', { name: 'Go back on the firewall' })

test('an entry is looked at, stored, restarted and read back', async ({ page }) => {
  test.setTimeout(90_000)
  await page.setViewportSize(WIDE)
  await page.goto(`/firewalls/${ids.office}/backups`)
  await test.step('nothing is asked before someone wants to look', async () => {
    await expect(section(page).getByRole('button', { name: 'Look at its history' })).toBeVisible()
    const asked = async () => (await office.counts()).byPath['GET /api/core/backup/backups/this'] ?? 0
    const before = await asked()
    await page.reload()
    await expect(section(page).getByRole('button', { name: 'Look at its history' })).toBeVisible()
    expect(await asked()).toBe(before)
    await section(page).getByRole('button', { name: 'Look at its history' }).click()
    await expect(section(page).getByRole('row').filter({ hasText: 'Firewall: Rules: edited rule, by jonas@10.4.0.9' })).toContainText('now')
    await look(page, 'reverts-entries')
  })
  await test.step('what going back would change', async () => {
    await section(page).getByRole('button', { name: /^See what going back/ }).first().click()
    await expect(section(page).getByText('1 thing would differ: 1 changed.')).toBeVisible()
    await expect(section(page).getByRole('article')).toContainText('Allow LAN to anywhere')
    await look(page, 'reverts-preview')
  })
  await test.step('asked for with the name of the firewall', async () => {
    await section(page).getByRole('button', { name: 'Go back to this entry' }).click()
    const dialog = page.getByRole('dialog', { name: /^Go back to the configuration of/ })
    await expect(dialog.getByRole('button', { name: 'Go back to this entry' })).toHaveAttribute('aria-disabled', 'true')
    await look(page, 'reverts-confirm')
    await dialog.getByLabel(/^Type/).fill('ho-office-fw1')
    await dialog.getByRole('button', { name: 'Go back to this entry' }).click()
  })
  await test.step('stored, not yet running: a person decides about the restart', async () => {
    await expect(section(page).getByRole('status').filter({ hasText: 'Stored, not yet running' })).toContainText('reloads nothing by itself', { timeout: 40_000 })
    expect(await posts('/api/core/backup/revert_backup')).toBe(1)
    expect(await posts('/api/core/system/reboot')).toBe(0)
    await look(page, 'reverts-stored')
    await section(page).getByRole('button', { name: 'Restart ho-office-fw1' }).click()
    await page.getByRole('dialog', { name: 'Restart ho-office-fw1?' }).getByRole('button', { name: 'Restart it now' }).click()
  })
  await test.step('done only when it was read back', async () => {
    await expect(section(page).getByText('what was read back from it is the entry')).toBeVisible({ timeout: 60_000 })
    expect([await posts('/api/core/backup/revert_backup'), await posts('/api/core/system/reboot')]).toEqual([1, 1])
    await look(page, 'reverts-done')
  })
})

test('how a backup is given back by hand stands beside it, with the name of the file', async ({ page }) => {
  await page.setViewportSize(WIDE)
  await page.goto(`/firewalls/${ids.office}/backups`)
  await page.getByRole('button', { name: /^Acts on the backup/ }).first().click()
  await page.getByRole('menuitem', { name: 'Restore by hand' }).click()
  const dialog = page.getByRole('dialog', { name: 'Restore ho-office-fw1 by hand' })
  await expect(dialog).toContainText(/ho-office-fw1_\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ_config-[\d.]+\.xml/)
  await expect(dialog).toContainText('System › Configuration › Backups')
  await look(page, 'reverts-restore')
})

test('a family without a way back says so, and asks nothing', async ({ page }) => {
  await page.goto(`/firewalls/${ids.v2}/backups`)
  await expect(section(page)).toContainText('The API of this firewall has no way back.')
  await expect(section(page).getByRole('button')).toHaveCount(0)
  expect((await call('GET', `/firewalls/${ids.v2}/history-entries`)).status).toBe(404)
})
