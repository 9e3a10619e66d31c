import type { Page } from '@playwright/test'
import { call, createCustomer, createSite, enrol, refresh } from './api'
import { expect, test } from './fixtures'
import { addFirewall, type FakeFirewall } from './fleet-client'

// The list of firewalls: worst first, in words, and the address is the view.

const fleet: Record<string, FakeFirewall> = {}
let customerId = ''

async function member(name: string, family: FakeFirewall['family'], version: string, more: Record<string, unknown> = {}): Promise<string> {
  const firewall = await addFirewall({ name, family, version })
  fleet[name] = firewall
  const id = await enrol(firewall, customerId, more)
  await refresh(id)
  return id
}

test.beforeAll(async () => {
  customerId = await createCustomer('Fjord Freight')
  const siteId = await createSite(customerId, 'Ålesund quay')
  await member('ff-quay', 'opnsense', '26.1', { siteId, tags: ['edge', 'quay'] })
  await member('ff-office', 'pfsense-v1', '1.9', { tags: ['edge'] })
  const silent = await member('ff-silent', 'pfsense-v2', '2.7')
  const refused = await member('ff-refused', 'pfsense-v2', '2.10')
  const bare = await member('ff-bare', 'pfsense-v2', '2.10')
  await fleet['ff-silent']?.patch({ scenario: 'dead' })
  await fleet['ff-refused']?.patch({ revoke: 'key' })
  await fleet['ff-bare']?.patch({ removePackage: true })
  for (const id of [silent, refused, bare]) await call('POST', `/firewalls/${id}/refresh`, {})
})

const ROW = /^ff-/
const names = (page: Page): Promise<string[]> => page.getByRole('table', { name: 'Firewalls' }).getByRole('link', { name: ROW }).allTextContents()
const open = async (page: Page, query = ''): Promise<void> => void (await page.goto(`/firewalls?customer=${customerId}${query}`))

test('worst first in words, then sorted, filtered and searched, and all of it in the address', async ({ page }) => {
  await open(page)
  await test.step('what is wrong stands first and says why', async () => {
    await expect.poll(() => names(page)).toEqual(['ff-silent', 'ff-refused', 'ff-bare', 'ff-office', 'ff-quay'])
    const row = (name: string) => page.getByRole('row').filter({ has: page.getByRole('link', { name, exact: true }) })
    await expect(row('ff-silent')).toContainText(/Unreachable · .+/)
    await expect(row('ff-refused')).toContainText('Credential rejected')
    await expect(row('ff-bare')).toContainText('API package missing')
    await expect(row('ff-quay')).toContainText('LTE_GW is down')
    await expect(row('ff-office')).toContainText('2.7.2')
    await expect(row('ff-office')).toContainText(/\d+ (s|min) ago/)
    await expect(page.getByRole('list', { name: 'By state' }).getByText('1 does not answer')).toBeVisible()
    await expect(page.getByText('2 wait for a person')).toBeVisible()
  })

  await test.step('sorted by name, there and back', async () => {
    await page.getByRole('columnheader', { name: 'Name' }).getByRole('button').click()
    await expect(page).toHaveURL(/sort=name/)
    await expect.poll(() => names(page)).toEqual(['ff-bare', 'ff-office', 'ff-quay', 'ff-refused', 'ff-silent'])
    await page.getByRole('columnheader', { name: 'Name' }).getByRole('button').click()
    await expect.poll(() => names(page)).toEqual(['ff-silent', 'ff-refused', 'ff-quay', 'ff-office', 'ff-bare'])
    await expect(page.getByRole('columnheader', { name: 'Name' })).toHaveAttribute('aria-sort', 'descending')
  })

  await test.step('filtered; a reload shows the same', async () => {
    await page.getByLabel('State', { exact: true }).selectOption({ label: 'Waits for a person' })
    await expect.poll(() => names(page)).toEqual(['ff-refused', 'ff-bare'])
    await page.reload()
    await expect.poll(() => names(page)).toEqual(['ff-refused', 'ff-bare'])
    await page.getByRole('button', { name: 'Remove the condition on state' }).click()
    await page.getByLabel('Family', { exact: true }).selectOption({ label: 'OPNsense' })
    await expect.poll(() => names(page)).toEqual(['ff-quay'])
    await page.getByRole('button', { name: 'Remove the condition on family' }).click()
    await page.getByLabel('Tag', { exact: true }).selectOption({ label: 'edge' })
    await expect.poll(() => names(page)).toEqual(['ff-quay', 'ff-office'])
    await page.getByRole('button', { name: 'Remove the condition on tag' }).click()
    await expect.poll(async () => (await names(page)).length).toBe(5)
  })

  await test.step('searched by site; nothing found names what to remove', async () => {
    await page.getByRole('heading', { level: 1, name: 'Firewalls' }).click()
    await page.keyboard.press('/')
    await page.keyboard.type('ålesund')
    await expect.poll(() => names(page)).toEqual(['ff-quay'])
    await page.getByLabel('Search name, address, customer, site').fill('nowhere at all')
    await expect(page.getByText('No firewall matches')).toBeVisible()
    await page.reload()
    await expect(page.getByLabel('Search name, address, customer, site')).toHaveValue('nowhere at all')
    await page.getByRole('button', { name: 'Remove the search text' }).click()
    await expect.poll(async () => (await names(page)).length).toBe(5)
  })
})

test('the list without a mouse', async ({ page, watch }) => {
  await open(page)
  await expect.poll(() => names(page)).toHaveLength(5)
  const focused = page.locator('tr:focus')
  await page.keyboard.press('j')
  await expect(focused).toContainText('ff-silent')
  for (const name of ['ff-refused', 'ff-bare', 'ff-office', 'ff-quay']) {
    await page.keyboard.press('j')
    await expect(focused).toContainText(name)
  }
  await page.keyboard.press('k')
  await expect(focused).toContainText('ff-office')

  await test.step('r asks that firewall and says how it went', async () => {
    const before = (await fleet['ff-office']?.counts())?.requests ?? 0
    await page.keyboard.press('r')
    await expect(page.getByText('ff-office was read just now.')).toBeVisible()
    expect((await fleet['ff-office']?.counts())?.requests).toBeGreaterThan(before)
  })

  await test.step('r on a firewall that is stopped sends nothing and says why', async () => {
    const refused = (await fleet['ff-refused']?.counts())?.requests
    for (const name of ['ff-bare', 'ff-refused']) {
      await page.keyboard.press('k')
      await expect(focused).toContainText(name)
    }
    await page.keyboard.press('r')
    await expect(page.getByText('ff-refused: The firewall rejected the credential. Enter a new one first.')).toBeVisible()
    expect((await fleet['ff-refused']?.counts())?.requests).toBe(refused)
  })

  await test.step('r on one that does not answer says so', async () => {
    watch.allowStatus(504)
    await page.keyboard.press('k')
    await expect(focused).toContainText('ff-silent')
    await page.keyboard.press('r')
    await expect(page.getByText(/^ff-silent: /)).toBeVisible()
  })

  await test.step('? lists the keys, Enter opens the row', async () => {
    await page.keyboard.press('?')
    await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog')).toBeHidden()
    await expect(focused).toContainText('ff-silent')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('heading', { level: 1, name: 'ff-silent' })).toBeVisible()
    await expect(page.getByText('Unreachable').first()).toBeVisible()
    await page.goBack()
    await expect.poll(() => names(page)).toHaveLength(5)
  })
})
