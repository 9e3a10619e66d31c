import { createCustomer, createSite, refresh } from './api'
import { pairsOf } from './enrol-page'
import { expect, test } from './fixtures'
import { addFirewall, type FakeFirewall } from './fleet-client'
import { look, WIDE } from './look'
import type { Page } from '@playwright/test'

// From a file of firewalls to a fleet, with what a person has to decide on the way, and a pair of two of them.

const CUSTOMER = 'Mariehamn Ferries'
const fleet: Record<string, FakeFirewall> = {}
test.beforeAll(async () => {
  await createSite(await createCustomer(CUSTOMER), 'Quay')
  for (const name of ['mf-quay-fw1', 'mf-quay-fw2', 'mf-ship-fw1', 'mf-ship-fw2']) fleet[name] = await addFirewall({ name, family: 'opnsense', version: '26.7', checked: true })
})

const HEAD = ['name', 'customer', 'site', 'url', 'key', 'secret', 'sha256', 'tags']
type Line = Partial<Record<string, string>>
const lineOf = (name: string, more: Line = {}): Line => {
  const firewall = fleet[name]
  return firewall ? { name, customer: CUSTOMER, url: firewall.url, ...firewall.credential('key-secret'), ...more } : more
}
const fileOf = (...lines: Line[]) => {
  const text = [HEAD.join(';'), ...lines.map((line) => HEAD.map((column) => line[column] ?? '').join(';'))].join('\r\n')
  return { name: 'ferries.csv', mimeType: 'text/csv', buffer: Buffer.from(text) }
}
const choose = (page: Page, file: ReturnType<typeof fileOf>) => page.getByLabel(/^Choose (the|another) file$/).setInputFiles(file)
const begin = (page: Page) => page.getByRole('button', { name: 'Seal the credentials and begin' }).click()
const row = (page: Page, name: string) => page.getByRole('listitem').filter({ hasText: name })
const good = () => [
  lineOf('mf-quay-fw1', { site: 'Quay', sha256: fleet['mf-quay-fw1']?.sha256, tags: 'edge quay' }),
  lineOf('mf-quay-fw2', { site: 'Quay' }),
  lineOf('mf-ship-fw1'),
  lineOf('mf-ship-fw2', { sha256: fleet['mf-ship-fw2']?.sha256, secret: 'mistyped' }),
]

test('a file: what is wrong in it, what waits for a person, and the same file again', async ({ page }) => {
  await page.setViewportSize(WIDE)
  await test.step('problems name line and column, and nothing is stored', async () => {
    await page.goto('/firewalls')
    await page.getByRole('button', { name: 'More ways to enrol' }).click()
    await page.getByRole('menuitem', { name: 'Enrol from a file' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Enrol from a file' })).toBeVisible()
    const template = await page.request.get((await page.getByRole('link', { name: 'Download the template' }).getAttribute('href')) ?? '')
    expect(await template.text()).toContain('"ha_peer"')
    await look(page, 'import')
    await choose(page, fileOf(lineOf('mf-quay-fw1', { site: 'Harbour', secret: '' }), lineOf('mf-quay-fw2', { customer: 'Nobody', tags: 'x'.repeat(50) })))
    await expect(page.getByText('4 things in this file cannot be used. Nothing was stored.')).toBeVisible()
    await expect(page.getByRole('row', { name: `2 site ${CUSTOMER} has no site Harbour.` })).toBeVisible()
    await look(page, 'import-problems')
  })

  await test.step('a good file is shown without its credentials, and taken', async () => {
    await choose(page, fileOf(...good()))
    await expect(page.getByText('4 firewalls, read as UTF-8 with semicolons.')).toBeVisible()
    await expect(page.getByText('mistyped')).toHaveCount(0)
    await look(page, 'import-preview')
    await begin(page)
    await expect(page.getByText('1 of 4 firewalls is enrolled. 2 wait for you, 1 failed.')).toBeVisible({ timeout: 30_000 })
    for (const name of ['mf-quay-fw2', 'mf-ship-fw1']) expect((await fleet[name]?.counts())?.authentications).toBe(0)
    await look(page, 'import-file')
  })

  await test.step('certificates are compared together or one by one', async () => {
    const [second, ship] = [fleet['mf-quay-fw2'], fleet['mf-ship-fw1']]
    await page.getByRole('button', { name: 'Compare 2 certificates' }).click()
    const dialog = page.getByRole('dialog', { name: 'Compare the certificates' })
    for (const firewall of [second, ship]) await expect(dialog.getByText(pairsOf(firewall?.sha256 ?? ''))).toBeVisible()
    await expect(dialog.getByRole('button', { name: 'Trust 0 certificates' })).toHaveAttribute('aria-disabled', 'true')
    await dialog.getByRole('checkbox', { name: /mf-quay-fw2/ }).check()
    await look(page, 'import-compare')
    await dialog.getByRole('button', { name: 'Trust 1 certificate' }).click()
    await expect(page.getByText('2 of 4 firewalls are enrolled. 1 waits for you, 1 failed.')).toBeVisible({ timeout: 30_000 })
    await row(page, 'mf-ship-fw1').getByRole('button', { name: 'Compare and trust' }).click()
    await expect(page.getByRole('dialog').getByText(pairsOf(ship?.sha256 ?? ''))).toBeVisible()
    await page.getByRole('button', { name: 'Trust exactly this certificate' }).click()
    await expect(page.getByText('3 of 4 firewalls are enrolled. 1 failed.')).toBeVisible({ timeout: 30_000 })
  })

  await test.step('a failed line gets another credential', async () => {
    await expect(row(page, 'mf-ship-fw2').getByText('The firewall rejected the API key.')).toBeVisible()
    await row(page, 'mf-ship-fw2').getByRole('button', { name: 'Acts on mf-ship-fw2' }).click()
    await page.getByRole('menuitem', { name: 'Change the line or its credential' }).click()
    const dialog = page.getByRole('dialog', { name: 'Change line 5' })
    await dialog.getByLabel('Family').selectOption({ label: 'OPNsense' })
    await dialog.getByRole('checkbox', { name: 'Enter another credential' }).check()
    const { key = '', secret = '' } = fleet['mf-ship-fw2']?.credential('key-secret') ?? {}
    await dialog.getByLabel('Key', { exact: true }).fill(key)
    await dialog.getByLabel('Secret', { exact: true }).fill(secret)
    await dialog.getByRole('button', { name: 'Save and try again' }).click()
    await expect(page.getByText('All 4 firewalls of this file are enrolled.')).toBeVisible({ timeout: 30_000 })
    expect((await fleet['mf-ship-fw2']?.counts())?.authenticationFailures).toBe(1)
  })

  await test.step('the same file again changes nothing', async () => {
    await page.getByRole('link', { name: 'Enrol from a file' }).click()
    await expect(page.getByRole('link', { name: 'ferries.csv' })).toBeVisible()
    const { secret = '' } = fleet['mf-ship-fw2']?.credential('key-secret') ?? {}
    await choose(page, fileOf(...good().slice(0, 3), { ...good()[3], secret }))
    await begin(page)
    await expect(page.getByText('All 4 firewalls of this file are enrolled.')).toBeVisible({ timeout: 30_000 })
    await page.getByRole('button', { name: 'Enrolled already, and the same 4' }).click()
    await expect(page.getByRole('table', { name: 'Enrolled already, and the same' }).getByRole('link', { name: 'mf-quay-fw1' })).toBeVisible()
  })

  await test.step('two of them are linked as a pair and let go', async () => {
    await page.getByRole('link', { name: 'mf-quay-fw1' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'mf-quay-fw1' })).toBeVisible()
    await refresh(new URL(page.url()).pathname.split('/')[2] ?? '')
    await page.reload()
    await page.getByRole('button', { name: 'Link with a peer' }).click()
    await page.getByRole('dialog').getByLabel('Peer').selectOption({ label: 'mf-quay-fw2' })
    await page.getByRole('button', { name: 'Link the pair' }).click()
    await expect(page.getByRole('complementary', { name: 'Facts' }).getByRole('link', { name: 'mf-quay-fw2' })).toBeVisible()
    await look(page, 'pair')
    await page.getByRole('button', { name: 'Unlink the pair' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Unlink the pair' }).click()
    await expect(page.getByRole('button', { name: 'Link with a peer' })).toBeVisible()
  })
})
