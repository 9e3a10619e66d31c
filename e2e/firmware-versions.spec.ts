import { rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { createCustomer, enrol, refresh } from './api'
import { inDatabase } from './database'
import { expect, test } from './fixtures'
import { addFirewall } from './fleet-client'
import { look, WIDE } from './look'
import { shared } from './shared'

// The versions of the fleet: what is offered, advisories of a file, and the way from a number to its list and to a plan.

const ids = { customer: '', quiet: '', firewall: '' }
const file = (): string => path.join(shared().dataDir, 'advisories.json')
const advisory = { id: 'EX-2026-1', families: ['opnsense'], affected: [{ from: '26.1', before: '26.1.4' }], fixedIn: ['26.1.4'], severity: 'high', title: 'Example: a made-up flaw of a made-up service', source: 'https://advisories.example/ex-2026-1', date: '2026-11-02' }
const write = (...advisories: unknown[]): Promise<void> => writeFile(file(), JSON.stringify({ format: 'palisade-advisories/1', advisories }))

/** Firewalls that nobody visits, as visits would have left them. */
const seed = (rows: readonly unknown[]): Promise<void> =>
  inDatabase(
    [JSON.stringify(rows), ids.customer],
    `INSERT INTO "Firewall" (id, "customerId", name, family, origin, "trustMode", "trustConfirmedAt", state, "pausedAt", version, "firmwareState", "offeredVersion", "majorVersion", "packageCount", "downloadBytes", "rebootRequired", "firmwareCheckedAt")
     SELECT gen_random_uuid(), $2::uuid, r.name || '-' || n, r.family, 'https://192.0.2.7:' || (30000 + n)::text || '/' || r.name, 'public-ca', now(), 'reachable', now(), r.version, r.state, r.offered, r.major, r.packages, r.bytes, r.reboot, CASE WHEN r.state = 'never-checked' THEN NULL ELSE now() - interval '5 hours' END
     FROM jsonb_to_recordset($1::jsonb) AS r (name text, count int, family text, version text, state text, offered text, major text, packages int, bytes bigint, reboot boolean), generate_series(1, r.count) n ON CONFLICT DO NOTHING`,
  )

test.use({ timezoneId: 'Europe/Oslo' })
test.beforeAll(async () => {
  ids.customer = await createCustomer('Varde Clinics')
  ids.quiet = await createCustomer('Empty Shelf')
  await seed([
    { name: 'vc-a', count: 6, family: 'opnsense', version: '26.1.3', state: 'offered', offered: '26.1.4', major: '26.7', packages: 12, bytes: 88_000_000, reboot: true },
    { name: 'vc-b', count: 2, family: 'opnsense', version: '26.1.3', state: 'reboot-pending' },
    { name: 'vc-c', count: 3, family: 'pfsense-v2', version: '2.8.0-RELEASE', state: 'offered', offered: '2.8.1' },
    { name: 'vc-d', count: 1, family: 'pfsense-v1', version: '2.7.2-RELEASE', state: 'never-checked' },
    { name: 'vc-e', count: 4, family: 'opnsense', version: '26.7.1', state: 'up-to-date' },
    { name: 'vc-f', count: 1, family: 'pfsense-v2', version: null, state: 'not-reported' },
  ])
  const firewall = await addFirewall({ name: 'vc-real', family: 'opnsense', version: '26.1', offer: { version: '26.1.10', needsReboot: true, downloadSize: '84MiB' }, checked: true, durationsMs: { check: 100 } })
  ids.firewall = await enrol(firewall, ids.customer)
  await refresh(ids.firewall)
})
test.afterAll(() => rm(file(), { force: true }))

test('the worst version first, each number leading to its list, and a plan for what is offered', async ({ page }) => {
  await write(advisory)
  await page.setViewportSize(WIDE)
  await page.goto(`/firmware/versions?customer=${ids.customer}`)
  await expect(page.getByRole('status').filter({ hasText: /^18 firewalls run/ })).toContainText('9 run one with an advisory')
  const table = page.getByRole('table', { name: 'Versions, the worst first' })
  const first = table.getByRole('row').nth(1)
  await expect(first).toContainText('26.1.3')
  await expect(first).toContainText('2 restart pending, 6 offered')
  await expect(page.getByRole('region', { name: 'Advisories' }).getByRole('link', { name: 'EX-2026-1' })).toHaveAttribute('href', advisory.source)
  await look(page, 'versions')
  await first.getByRole('button', { name: '26.1.3' }).click()
  const offers = page.getByRole('list', { name: 'What these firewalls are offered' })
  await expect(offers.getByRole('listitem').first()).toContainText(/26\.1\.4.*6.*12.*84 MiB.*yes/)
  // Held for the customer that the page is about, with a reason, until it is lifted.
  await offers.getByRole('button', { name: 'Hold this version: 26.1.4' }).click()
  const dialog = page.getByRole('dialog', { name: 'Hold 26.1.4 for Varde Clinics?' })
  await dialog.getByLabel('Reason').fill('breaks tunnels')
  await dialog.getByRole('button', { name: 'Hold 26.1.4' }).click()
  const held = page.getByRole('region', { name: 'Held versions' })
  await expect(held.getByRole('listitem').filter({ hasText: 'breaks tunnels' })).toContainText(/26\.1\.4.*Varde Clinics/)
  await expect(offers.getByRole('button', { name: 'Hold this version: 26.1.4' })).toBeDisabled()
  await look(page, 'versions-open')
  await held.getByRole('listitem').filter({ hasText: 'breaks tunnels' }).getByRole('button', { name: 'Lift the hold' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Lift the hold' }).click()
  await expect(held.getByText('breaks tunnels')).toHaveCount(0)
  await offers.getByRole('link', { name: 'Plan an update for these' }).first().click()
  await expect(page).toHaveURL(/\/firmware\/plans\/new\?.*firmware__offeredVersion=26\.1\.4/)
  await page.goBack()
  await table.getByRole('link', { name: '6 offered' }).click()
  await expect(page).toHaveURL(/\/firewalls\?.*version=26\.1\.3/)
  await expect(page.getByText(/^6 firewalls? match|^6 of/).first()).toBeVisible()
})

test('change notes are asked from one of them; a filter in the address, and none that match', async ({ page }) => {
  await page.setViewportSize(WIDE)
  await page.goto(`/firmware/versions?customer=${ids.customer}&show=offered`)
  const table = page.getByRole('table', { name: 'Versions, the worst first' })
  await expect(table.getByRole('row')).not.toHaveCount(1)
  await expect(table).not.toContainText('26.7.1')
  await table.getByRole('row').filter({ hasText: '26.1.10' }).getByRole('button').first().click()
  await page.getByRole('button', { name: 'Change notes' }).first().click()
  await expect(page.getByLabel('Change notes of 26.1.10')).toHaveText(/\S/)
  await page.goto(`/firmware/versions?customer=${ids.customer}&show=restart&family=pfsense-v1`)
  await page.getByRole('button', { name: 'Show all versions' }).click()
  await expect(table).toContainText('26.7.1')
  await page.goto(`/firmware/versions?customer=${ids.quiet}`)
  await expect(page.getByText('No firewall is here yet.')).toBeVisible()
  await look(page, 'versions-empty')
})

test('a file with an entry that cannot be used: the owner is told which and why', async ({ page }) => {
  await write(advisory, { ...advisory, id: 'EX-2026-2', source: undefined })
  await page.setViewportSize(WIDE)
  await page.goto(`/firmware/versions?customer=${ids.customer}`)
  await expect(page.getByText('Entry 2 (EX-2026-2) is not used. "source": The address where it was published, beginning with https://, is required.')).toBeVisible()
  await look(page, 'versions-trouble')
})

test('the firmware of one firewall: advisories about it, and what could be gone back to', async ({ page }) => {
  await write({ ...advisory, affected: [{ from: '26.1', through: '26.1.9' }] })
  await page.setViewportSize(WIDE)
  await page.goto(`/firewalls/${ids.firewall}/firmware`)
  await expect(page.getByRole('region', { name: /^Advisories/ })).toContainText('Example: a made-up flaw')
  const wrong = page.getByRole('region', { name: 'If it goes wrong' })
  await expect(wrong).toContainText('This API has no call that goes back')
  await expect(wrong.getByRole('button')).toHaveCount(0)
  await look(page, 'firmware-outlook')
})
