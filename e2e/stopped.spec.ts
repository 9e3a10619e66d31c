import type { Page } from '@playwright/test'
import { createCustomer, enrol, refresh } from './api'
import { pairsOf } from './enrol-page'
import type { AddOptions } from './fake-firewalls/options'
import { expect, expectAccessible, test } from './fixtures'
import { addFirewall, type FakeFirewall } from './fleet-client'

// Where Palisade stops on purpose: what a person sees, what is no longer sent, and the way back.

let customerId = ''
test.beforeAll(async () => {
  customerId = await createCustomer('Stord Yards')
})

async function opened(page: Page, options: AddOptions): Promise<FakeFirewall> {
  const firewall = await addFirewall(options)
  const id = await enrol(firewall, customerId)
  await refresh(id)
  await page.goto(`/firewalls/${id}`)
  await expect(page.getByRole('heading', { level: 1, name: firewall.name })).toBeVisible()
  return firewall
}

const refreshNow = (page: Page): Promise<void> => page.getByRole('button', { name: /^Refresh now/ }).click()
const edges = (sha256: string): string => `${pairsOf(sha256).slice(0, 11)} … ${pairsOf(sha256).slice(-11)}`

test('another certificate: everything stops until a person trusts it and enters the credential again', async ({ page, watch }) => {
  watch.allowStatus(409, 502)
  const before = await opened(page, { name: 'sy-dock-fw1', family: 'opnsense', version: '26.7' })
  const after = await before.patch({ certificate: 'new-key' })
  const sent = (await after.counts()).requests

  await test.step('the page shows both certificates and what has stopped', async () => {
    await refreshNow(page)
    const section = page.getByRole('region', { name: 'Certificate changed' })
    await expect(section.getByRole('heading', { name: 'Is this still the same firewall?' })).toBeVisible()
    await expect(section.getByText(edges(before.sha256)).first()).toBeVisible()
    await expect(section.getByText(edges(after.sha256)).first()).toBeVisible()
    await expect(page.getByRole('complementary', { name: 'What has stopped' })).toBeVisible()
    await expect(page.getByRole('button', { name: /^Refresh now/ })).toHaveAttribute('aria-disabled', 'true')
    // The handshake shows the other certificate; no request follows it.
    expect((await after.counts()).requests).toBe(sent)
    await expectAccessible(page, 'a changed certificate')
  })

  await test.step('the other pages say it too, and show what was stored', async () => {
    await page.getByRole('link', { name: /^Rules/ }).click()
    await expect(page.getByText('Another certificate than the pinned one. All calls are stopped.')).toBeVisible()
    await expect(page.getByText('Guest isolation')).toBeVisible()
    await page.getByRole('link', { name: 'Compare the certificates' }).click()
  })

  await test.step('trusting it clears the credential; the safe choice has the focus', async () => {
    await page.getByRole('button', { name: 'It is ours: trust the new one' }).click()
    const dialog = page.getByRole('dialog')
    await expect(dialog.getByText(pairsOf(after.sha256))).toBeVisible()
    await expect(dialog.getByRole('button', { name: 'Keep it stopped' })).toBeFocused()
    await dialog.getByRole('button', { name: 'Trust and clear the credential' }).click()
    await expect(page.getByText('There is no credential. Enter one to go on.')).toBeVisible()
    expect((await after.counts()).requests).toBe(sent)
  })

  await test.step('with the credential it goes on', async () => {
    await page.getByRole('button', { name: 'Enter a new credential' }).click()
    const { key = '', secret = '' } = after.credential('key-secret')
    await page.getByLabel('Key', { exact: true }).fill(key)
    await page.getByLabel('Secret', { exact: true }).fill(secret)
    await page.getByRole('button', { name: 'Test and seal this credential' }).click()
    await expect(page.getByText('The new credential of sy-dock-fw1 works and is sealed.')).toBeVisible()
    await refreshNow(page)
    await expect(page.getByText(/^visited \d+ s ago/)).toBeVisible()
    const counts = await after.counts()
    expect(counts.authenticationFailures).toBe(0)
    expect(counts.requests).toBeGreaterThan(sent)
  })
})

test('a certificate renewed with the same key: confirmed, and the credential stays', async ({ page, watch }) => {
  watch.allowStatus(409, 502)
  const before = await opened(page, { name: 'sy-dock-fw2', family: 'pfsense-v2', version: '2.10' })
  const after = await before.patch({ certificate: 'same-key' })
  await refreshNow(page)
  await expect(page.getByRole('heading', { name: 'The certificate was renewed with the same key. Confirm to go on.' })).toBeVisible()
  await page.getByRole('button', { name: 'It is ours: trust the new one' }).click()
  await page.getByRole('button', { name: 'Trust the renewed certificate' }).click()
  await expect(page.getByRole('region', { name: 'Certificate changed' })).toBeHidden()
  await expect(page.getByText('There is no credential. Enter one to go on.')).toBeHidden()
  const sent = (await after.counts()).requests
  await refreshNow(page)
  await expect.poll(async () => (await after.counts()).requests).toBeGreaterThan(sent)
  expect((await after.counts()).authenticationFailures).toBe(0)
})

test('a revoked key and a lost API package', async ({ page, watch }) => {
  watch.allowStatus(409, 502)
  const firewall = await opened(page, { name: 'sy-crane-fw1', family: 'pfsense-v2', version: '2.10' })

  await test.step('a revoked key costs one failure, and a person gives another credential', async () => {
    await firewall.patch({ revoke: 'key' })
    await refreshNow(page)
    await expect(page.getByText(/The firewall rejected the credential\. All calls are stopped/)).toBeVisible()
    expect((await firewall.counts()).authenticationFailures).toBe(1)
    await page.getByRole('button', { name: 'Enter a new credential' }).click()
    await page.getByLabel('How does Palisade sign in?').selectOption({ label: 'User and password with every call' })
    const { username = '', password = '' } = firewall.credential('basic')
    await page.getByLabel('User name', { exact: true }).fill(username)
    await page.getByLabel('Password', { exact: true }).fill(password)
    await expectAccessible(page, 'a rejected credential on the page of the firewall')
    await page.getByRole('button', { name: 'Test and seal this credential' }).click()
    await expect(page.getByText('The new credential of sy-crane-fw1 works and is sealed.')).toBeVisible()
    expect((await firewall.counts()).authenticationFailures).toBe(1)
  })

  await test.step('a lost package shows the command, and comes back by itself', async () => {
    await firewall.patch({ removePackage: true })
    await refreshNow(page)
    await page.getByRole('link', { name: 'Show the command' }).click()
    await expect(page.getByText(/^pkg-static add https:/).first()).toBeVisible()
    await expect(page.getByText('API package missing').first()).toBeVisible()
    await expectAccessible(page, 'a lost API package')
    await firewall.patch({ reinstallPackage: true })
    await refreshNow(page)
    await expect(page.getByText('API package missing')).toBeHidden()
  })
})
