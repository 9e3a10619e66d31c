import type { Page } from '@playwright/test'
import { askUntil, createCustomer, createSite, enrol, refresh } from './api'
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
  await askUntil(silent, 'unreachable')
  await askUntil(refused, 'credential-rejected')
  await askUntil(bare, 'api-package-missing')
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

  const add = async (condition: string): Promise<void> => {
    await page.getByLabel('Add a condition').fill(condition)
    await page.keyboard.press('Enter')
  }
  await test.step('filtered; a reload shows the same', async () => {
    await add('state__in=certificate-changed,credential-rejected,api-package-missing')
    await expect.poll(() => names(page)).toEqual(['ff-refused', 'ff-bare'])
    await expect(page.getByText('2 of 5 match')).toBeVisible()
    await page.reload()
    await expect.poll(() => names(page)).toEqual(['ff-refused', 'ff-bare'])
    await page.getByRole('button', { name: /^Remove state__in=/ }).click()
    await add('family=opnsense')
    await expect.poll(() => names(page)).toEqual(['ff-quay'])
    await page.getByRole('button', { name: 'Remove family=opnsense' }).click()
    await add('tag=edge')
    await expect.poll(() => names(page)).toEqual(['ff-quay', 'ff-office'])
    await page.getByRole('button', { name: 'Remove tag=edge' }).click()
    await expect.poll(async () => (await names(page)).length).toBe(5)
  })

  await test.step('searched by site; nothing found names what to remove; what cannot be asked is marked', async () => {
    await page.getByRole('heading', { level: 1, name: 'Firewalls' }).click()
    await page.keyboard.press('/')
    await page.keyboard.type('ålesund')
    await page.keyboard.press('Enter')
    await expect.poll(() => names(page)).toEqual(['ff-quay'])
    await page.goto(`/firewalls?customer=${customerId}&search=nowhere`)
    await expect(page.getByText('No firewall matches')).toBeVisible()
    await page.getByRole('main').getByRole('button', { name: 'Remove search=nowhere' }).last().click()
    await expect.poll(async () => (await names(page)).length).toBe(5)
    await open(page, '&stat=reachable')
    await expect(page.getByText(/There is no field stat\./)).toBeVisible()
    await expect.poll(async () => (await names(page)).length).toBe(5)
  })
})

test('columns and row height are kept for the person, and what has no room is named', async ({ page }) => {
  await open(page)
  const head = (name: string) => page.getByRole('columnheader', { name, exact: true })
  await expect(head('Visited')).toBeVisible()
  await page.getByRole('button', { name: /^Columns/ }).click()
  await page.getByRole('menuitemcheckbox', { name: 'Disk' }).click()
  await page.getByRole('menuitemcheckbox', { name: 'Address' }).click()
  await page.getByRole('menuitemradio', { name: 'Comfortable' }).click()
  await page.keyboard.press('Escape')
  await expect(head('Disk')).toBeVisible()
  await expect(head('Address')).toBeHidden()
  await page.reload()
  await expect(head('Disk')).toBeVisible()
  await expect(head('Address')).toBeHidden()
  await expect.poll(async () => (await page.getByRole('row').nth(1).boundingBox())?.height).toBe(40)

  await page.setViewportSize({ width: 800, height: 800 })
  await expect(head('Disk')).toBeHidden()
  await page.getByRole('button', { name: /^Columns.*without room$/ }).click()
  await expect(page.getByRole('menuitemcheckbox', { name: 'Disk no room' })).toBeVisible()
  await page.getByRole('menuitem', { name: 'The usual columns' }).click()
  await page.setViewportSize({ width: 1440, height: 900 })
  await expect(head('Address')).toBeVisible()
  await page.getByRole('button', { name: /^Columns/ }).click()
  await page.getByRole('menuitemradio', { name: 'Compact' }).click()
})

test('a view is kept under a name, stands in the sidebar, and is a link', async ({ page }) => {
  await open(page, '&tag=edge&sort=-name')
  await expect.poll(() => names(page)).toEqual(['ff-quay', 'ff-office'])
  await page.getByRole('button', { name: 'Views' }).click()
  await page.getByRole('menuitem', { name: 'Save this view' }).click()
  await page.getByRole('dialog').getByLabel('Name').fill('Edge of the fjord')
  await page.getByRole('button', { name: 'Save the view' }).click()
  const link = page.getByRole('navigation', { name: 'Saved views' }).getByRole('link', { name: /Edge of the fjord/ })
  await expect(link).toHaveAttribute('aria-current', 'page')
  await page.goto('/audit')
  await link.click()
  await expect.poll(() => names(page)).toEqual(['ff-quay', 'ff-office'])
  await expect(page).toHaveURL(/tag=edge/)

  await page.getByRole('button', { name: 'Edge of the fjord' }).click()
  await page.getByRole('menuitem', { name: 'Rename, share or remove Edge of the fjord' }).click()
  await page.getByRole('button', { name: 'Remove the view' }).click()
  await expect(link).toBeHidden()
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
