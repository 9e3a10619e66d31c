import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { z } from 'zod'
import { call, createCustomer, createSite, enrol, refresh } from './api'
import { expect, SIGNED_OUT, test } from './fixtures'
import { addFirewall, type FakeFirewall } from './fleet-client'
import { look, WIDE } from './look'
import { browserOf, join } from './people'
import { shared } from './shared'
import { ageProofs } from './step-up'

// Kept configurations: a change at a firewall from its backup to what differs, and to someone who accepts it.

const SECRET = 'canary-of-the-backups'
const ids = { customer: '', oslo: '', bergen: '', comparison: '', commands: '', fresh: '' }
let oslo: FakeFirewall
const state = z.object({ task: z.object({ state: z.string(), finishedAt: z.string().nullable(), message: z.string().nullable() }).nullable(), backups: z.number() })

/** Takes a backup and waits until that is over. */
async function backUp(id: string): Promise<void> {
  const { status, text } = await call('POST', `/firewalls/${id}/backups`, {})
  if (status !== 202) throw new Error(text)
  await expect.poll(async () => state.parse((await call('GET', `/firewalls/${id}/backup-state`)).json).task?.finishedAt ?? null, { timeout: 60_000 }).not.toBeNull()
}

const change = (edits: { path: string; value: string | Record<string, string> | null }[], by: string, note: string): Promise<FakeFirewall> =>
  oslo.patch({ configuration: { edits, by, note } })

test.beforeAll(async () => {
  test.setTimeout(120_000)
  ids.customer = await createCustomer('Nordvik Ferries')
  const siteId = await createSite(ids.customer, 'Oslo')
  const more = { siteId, timeZone: 'Europe/Oslo' }
  oslo = await addFirewall({ name: 'nf-oslo-fw1', family: 'opnsense', version: '26.7', plantSecrets: SECRET })
  ids.oslo = await enrol(oslo, ids.customer, more)
  ids.bergen = await enrol(await addFirewall({ name: 'nf-bergen-fw1', family: 'opnsense', version: '25.7' }), ids.customer, more)
  ids.comparison = await enrol(await addFirewall({ name: 'nf-molde-fw1', family: 'pfsense-v1', version: '1.9' }), ids.customer, more)
  ids.commands = await enrol(await addFirewall({ name: 'nf-tromso-fw1', family: 'pfsense-v2', version: '2.10' }), ids.customer, more)
  ids.fresh = await enrol(await addFirewall({ name: 'nf-bodo-fw1', family: 'opnsense', version: '26.1' }), ids.customer, more)
  await Promise.all([ids.oslo, ids.bergen, ids.comparison].map(async (id) => {
    await refresh(id)
    await backUp(id)
  }))
})

const kept = (page: Page) => page.getByRole('table', { name: /^Backups of nf-/ })
const keptRow = (page: Page, text: string | RegExp) => kept(page).getByRole('row').filter({ hasText: text })
const item = (page: Page, name: string | RegExp) => page.getByRole('article', { name })

test('a change at the firewall is kept, seen, and accepted', async ({ page }) => {
  await page.setViewportSize(WIDE)
  await page.goto(`/firewalls/${ids.oslo}/backups`)
  await expect(keptRow(page, 'accepted')).toContainText('newest')

  await test.step('the next backup holds what changed', async () => {
    await change(
      [
        { path: 'OPNsense.Firewall.Filter.rules.rule.1.description', value: 'Guests reach the internet and the printers' },
        { path: 'OPNsense.Firewall.Filter.rules.rule.1.destination_net', value: 'any' },
        { path: 'OPNsense.Firewall.Alias.aliases.alias.0.content', value: '192.168.1.10\n192.168.1.12' },
        { path: 'system.user.0.password', value: '$6$rounds=5000$another-canary-of-the-backups-hash' },
      ],
      'jonas@10.4.0.9',
      'Firewall: Rules: edited rule',
    )
    await page.keyboard.press('b')
    await expect(keptRow(page, 'Firewall: Rules: edited rule')).toContainText('by jonas@10.4.0.9', { timeout: 30_000 })
    await expect(keptRow(page, 'newest')).toContainText('3 changed since the one before')
    await expect(page.getByRole('radio', { name: /^After: / }).first()).toBeChecked()
    await look(page, 'backups-firewall')
  })

  await test.step('the fleet tells that it drifted; by keys to what differs', async () => {
    await page.goto(`/backups/drift?customer=${ids.customer}`)
    await expect(page.getByText('1 firewall changed since someone accepted its configuration.')).toBeVisible()
    const panel = page.getByRole('region', { name: 'Drift of nf-oslo-fw1' })
    await expect(panel).toContainText('by jonas@10.4.0.9')
    await expect(panel.getByRole('article')).toHaveCount(3)
    await look(page, 'backups-drift')
    await page.keyboard.press('j')
    await page.keyboard.press('Enter')
    await expect(page).toHaveURL(/\/backups\/compare\?/)
  })

  await test.step('each thing with its values, and of a secret only that it changed', async () => {
    await expect(page.getByText('3 things were changed.')).toBeVisible()
    const rule = item(page, /^Changed: .*Guests reach the internet and the printers/)
    await expect(rule).toContainText('was “')
    await expect(rule.getByRole('row', { name: /destination_net/ })).toContainText('any')
    await expect(item(page, /Servers/).getByRole('row', { name: /content/ })).toContainText('192.168.1.12')
    await expect(item(page, /root/)).toContainText('secret, changed')
    await look(page, 'backups-compare')
    await page.keyboard.press('n')
    await page.keyboard.press('n')
    await expect(page).toHaveURL(/item=/)
    await expect(page.getByRole('article').nth(1)).toBeFocused()
  })

  await test.step('a part, a word of it, and an address that leads back there', async () => {
    await page.getByRole('navigation', { name: 'Parts that differ' }).getByRole('button', { name: /^Aliases/ }).click()
    await expect(page.getByRole('article')).toHaveCount(1)
    await page.reload()
    await expect(page.getByRole('article')).toHaveCount(1)
    await page.getByRole('button', { name: /^All parts/ }).click()
    await page.keyboard.press('/')
    await page.keyboard.type('printers')
    await expect(page.getByText('1 thing with “printers”')).toBeVisible()
    await page.getByLabel('Find in what differs').fill('')
  })

  await test.step('the same line by line', async () => {
    await page.getByRole('button', { name: 'Line by line' }).click()
    const lines = page.getByRole('list', { name: 'Lines that differ' })
    await expect(lines).toContainText('Guests reach the internet and the printers')
    await look(page, 'backups-lines')
    await page.getByRole('button', { name: 'Side by side' }).click()
    await expect(page).toHaveURL(/look=split/)
    await look(page, 'backups-lines-split')
    expect(await page.content()).not.toContain('canary-of-the-backups')
  })

  await test.step('accepted with a note, by keys', async () => {
    await page.goto(`/backups/drift?customer=${ids.customer}`)
    await expect(page.getByRole('region', { name: 'Drift of nf-oslo-fw1' })).toBeVisible()
    await page.keyboard.press('a')
    const dialog = page.getByRole('dialog', { name: 'Accept the configuration of nf-oslo-fw1' })
    await expect(dialog.getByLabel('Why it is as it should be')).toBeFocused()
    await page.keyboard.type('Ticket 4711: printers for guests')
    await look(page, 'backups-accept')
    await page.keyboard.press('Enter')
    await expect(page.getByText('No kept configuration differs from the accepted one, or from its first backup.')).toBeVisible()
    await look(page, 'backups-no-drift')
    await page.goto(`/firewalls/${ids.oslo}/backups`)
    await expect(page.getByRole('complementary', { name: 'About the backups' })).toContainText('Ticket 4711: printers for guests')
    await expect(keptRow(page, 'newest')).toContainText('accepted')
  })
})

test('two firewalls beside each other, and two that are the same', async ({ page, watch }) => {
  watch.allowStatus(404)
  await page.goto(`/firewalls/${ids.oslo}/backups`)
  await keptRow(page, 'newest').getByRole('button', { name: /^Acts on the backup/ }).click()
  await page.getByRole('menuitem', { name: 'Compare with another firewall' }).click()
  const dialog = page.getByRole('dialog', { name: 'Compare with another firewall' })
  await dialog.getByLabel('Find a firewall').fill('nf-bergen')
  await dialog.getByRole('button', { name: /nf-bergen-fw1/ }).click()
  await expect(page.getByRole('region', { name: 'Before' })).toContainText('nf-oslo-fw1')
  await expect(page.getByRole('region', { name: 'After' })).toContainText('nf-bergen-fw1')
  await expect(page.getByRole('article').first()).toBeVisible()
  await page.getByRole('link', { name: 'Swap before and after' }).click()
  await expect(page.getByRole('region', { name: 'Before' })).toContainText('nf-bergen-fw1')

  const { backup } = z.object({ backup: z.string() }).parse({ backup: new URL(page.url()).searchParams.get('before') })
  await page.goto(`/backups/compare?before=${backup}&after=${backup}`)
  await expect(page.getByText('Nothing differs.')).toBeVisible()
  await look(page, 'backups-same')
  await page.goto(`/backups/compare?before=${backup}&after=00000000-0000-4000-8000-000000000000`)
  await expect(page.getByText('One of these backups is not there.')).toBeVisible()
  await page.goto('/backups/compare')
  await expect(page.getByText('Choose two backups to compare.')).toBeVisible()
})

test('the file is handed out to an admin who proves who they are', async ({ page }) => {
  await page.goto(`/firewalls/${ids.oslo}/backups`)
  await keptRow(page, 'newest').getByRole('button', { name: /^Acts on the backup/ }).click()
  await page.getByRole('menuitem', { name: 'Download' }).click()
  const dialog = page.getByRole('dialog', { name: 'Download the configuration of nf-oslo-fw1' })
  await expect(dialog).toContainText('Whoever has this file has the keys of the firewall.')
  await look(page, 'backups-download')
  await ageProofs(shared().dataDir)
  const saved = page.waitForEvent('download')
  await dialog.getByRole('button', { name: 'Download with all secrets' }).click()
  await expect(page.getByText(/^Saved as nf-oslo-fw1/)).toBeVisible()
  const download = await saved
  expect(download.suggestedFilename()).toContain('nf-oslo-fw1')
  expect(await readFile(await download.path(), 'utf8')).toContain(SECRET)
})

test('how the fleet stands, and a backup of those that are chosen', async ({ page }) => {
  await page.setViewportSize(WIDE)
  await page.goto(`/backups?customer=${ids.customer}`)
  await expect(page.getByText(/^3 of 5 firewalls have a backup from the last 3 days\. 2 have none\.$/)).toBeVisible()
  const row = (name: string) => page.getByRole('row').filter({ hasText: name })
  await expect(row('nf-molde-fw1')).toContainText('For comparison only')
  await expect(row('nf-bodo-fw1')).toContainText('Not taken yet')
  await expect(row('nf-tromso-fw1')).toContainText('Command permission needed')
  await look(page, 'backups')
  await row('nf-bodo-fw1').getByRole('checkbox').check()
  await row('nf-tromso-fw1').getByRole('checkbox').check()
  await look(page, 'backups-chosen')
  await page.keyboard.press('b')
  const progress = page.getByRole('region', { name: 'Act under way' })
  await expect(progress).toContainText('1 done · 1 skipped', { timeout: 30_000 })
  await progress.getByRole('button', { name: 'Show why' }).click()
  await expect(page.getByRole('dialog')).toContainText('command permission')
  await page.keyboard.press('Escape')
  await progress.getByRole('button', { name: 'Put away' }).click()
  await page.getByRole('combobox', { name: 'State' }).selectOption('comparison')
  await expect(page).toHaveURL(/state=comparison/)
  await expect(page.getByRole('link', { name: 'nf-molde-fw1' })).toBeVisible()
  await expect(page.getByRole('link', { name: 'nf-oslo-fw1' })).toBeHidden()
  await page.getByLabel('Search firewall, customer').fill('no such name')
  await expect(page.getByText('No firewall matches.')).toBeVisible()
})

test('what a firewall cannot give is said', async ({ page }) => {
  await page.setViewportSize(WIDE)
  await page.goto(`/firewalls/${ids.commands}/backups`)
  await expect(page.getByText('There is no backup yet.')).toBeVisible()
  await expect(page.getByRole('link', { name: 'Command permission in the settings' })).toBeVisible()
  await expect(page.getByRole('button', { name: /^Take a backup now/ })).toHaveAttribute('aria-disabled', 'true')
  await look(page, 'backups-none')
  await page.goto(`/firewalls/${ids.comparison}/backups`)
  await expect(keptRow(page, 'newest')).toContainText('for comparison only')
  await look(page, 'backups-comparison-only')
})

test.describe('a viewer', () => {
  test.use({ storageState: SIGNED_OUT })
  test('reads no configuration, and is told who may', async ({ browser }) => {
    const viewer = await join('Vera Nordvik', [{ role: 'viewer', customerId: ids.customer }])
    const session = await browserOf(viewer)
    const context = await browser.newContext({ baseURL: shared().url, storageState: await session.storageState() })
    const page = await context.newPage()
    for (const path of ['/backups', '/backups/drift', '/backups/compare']) {
      await page.goto(path)
      await expect(page.getByText('This page is for operators')).toBeVisible()
    }
    await page.goto(`/firewalls/${ids.oslo}/backups`)
    await expect(page.getByText('Backups cannot be read by you.')).toBeVisible()
    await context.close()
    await session.dispose()
  })
})
