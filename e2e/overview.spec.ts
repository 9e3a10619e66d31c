import type { Page } from '@playwright/test'
import { askUntil, createCustomer, createSite, enrol, refresh } from './api'
import { expect, test } from './fixtures'
import { addFirewall } from './fleet-client'
import { look, WIDE } from './look'

// What an operator opens the day with: what is wrong, where, and the way to exactly that.

const KESTREL = 'Kestrel Logistics'
const EMPTY = 'Loxley Councils'
const ids: Record<string, string> = {}

test.beforeAll(async () => {
  ids.kestrel = await createCustomer(KESTREL)
  ids.empty = await createCustomer(EMPTY)
  const siteId = await createSite(ids.kestrel, 'Rotterdam')
  const silent = await addFirewall({ name: 'kl-rtm-fw1', family: 'pfsense-v2', version: '2.7' })
  const refused = await addFirewall({ name: 'kl-rtm-fw2', family: 'pfsense-v2', version: '2.10' })
  const fine = await addFirewall({ name: 'kl-ant-fw1', family: 'pfsense-v1', version: '1.9' })
  for (const firewall of [silent, refused, fine]) {
    const id = await enrol(firewall, ids.kestrel, firewall === fine ? {} : { siteId })
    ids[firewall.name] = id
    await refresh(id)
  }
  await silent.patch({ scenario: 'dead' })
  await refused.patch({ revoke: 'key' })
  await askUntil(ids['kl-rtm-fw1'] ?? '', 'unreachable')
  await askUntil(ids['kl-rtm-fw2'] ?? '', 'credential-rejected')
})

const open = async (page: Page, customer = ids.kestrel): Promise<void> => void (await page.goto(`/?customer=${customer}`))
const rowOf = (page: Page, name: string) => page.getByRole('row').filter({ has: page.getByRole('rowheader', { name }) })

test('says what is wrong, and every number leads to what it counts', async ({ page }) => {
  await page.setViewportSize(WIDE)
  await open(page)
  await expect(page.getByRole('heading', { name: '1 firewall does not answer. 1 waits for you.' })).toBeVisible()
  const broken = page.getByRole('region', { name: 'Broken now' })
  await expect(broken.getByRole('link', { name: 'Broken now: 1' })).toBeVisible()
  await expect(page.getByRole('region', { name: 'Waits for a person' }).getByRole('link', { name: /Credential rejected/ })).toBeVisible()
  await expect(rowOf(page, KESTREL)).toContainText('kl-rtm-fw1 does not answer')

  await test.step('to the list of exactly these', async () => {
    await broken.getByRole('link', { name: /Unreachable/ }).click()
    await expect(page).toHaveURL(/\/firewalls\?findings=unreachable&customer=/)
    await expect(page.getByRole('link', { name: 'kl-rtm-fw1' })).toBeVisible()
    await expect(page.getByRole('link', { name: 'kl-ant-fw1' })).toBeHidden()
    await page.goBack()
  })

  await test.step('from a post to its firewall, without a mouse', async () => {
    const posts = rowOf(page, KESTREL).getByRole('link', { name: /arrow keys/ })
    await expect(posts).toHaveAccessibleName(/^kl-rtm-fw1: Unreachable\. 1 of 3/)
    await posts.focus()
    await page.keyboard.press('ArrowRight')
    await expect(posts).toHaveAccessibleName(/^kl-rtm-fw2: Credential rejected\. 2 of 3/)
    await page.keyboard.press('Enter')
    await expect(page).toHaveURL(new RegExp(`/firewalls/${ids['kl-rtm-fw2']}`))
    await page.goBack()
  })

  await test.step('and with one', async () => {
    const posts = rowOf(page, KESTREL).getByRole('link', { name: /arrow keys/ })
    await posts.hover({ position: { x: 9, y: 10 } })
    await expect(page.getByText('Credential rejected').last()).toBeVisible()
    await posts.click({ position: { x: 2, y: 10 } })
    await expect(page).toHaveURL(new RegExp(`/firewalls/${ids['kl-rtm-fw1']}`))
    await page.goBack()
  })

  await test.step('what happened last stands beside it', async () => {
    await expect(page.getByRole('complementary', { name: 'What happened last' }).getByText('kl-rtm-fw1 does not answer')).toBeVisible()
  })
})

test('a customer is chosen once and kept on every page', async ({ page }) => {
  await page.setViewportSize(WIDE)
  await page.goto('/firewalls')
  await page.getByRole('button', { name: 'Customer: All customers' }).click()
  const find = page.getByRole('combobox', { name: 'Find a customer' })
  if (await find.isVisible()) await find.fill('kestrel')
  await page.getByRole('option', { name: KESTREL }).click()
  await expect(page).toHaveURL(new RegExp(`/firewalls\\?customer=${ids.kestrel}`))
  await expect(page.getByRole('button', { name: `Customer: ${KESTREL}` })).toBeVisible()
  const main = page.getByRole('navigation', { name: 'Main' })
  for (const [name, path] of [['Overview', '/'], ['Audit', '/audit'], ['Firewalls', '/firewalls']] as const) {
    await main.getByRole('link', { name }).click()
    await expect(page).toHaveURL(new RegExp(`${path}\\?customer=${ids.kestrel}`))
    await expect(main.getByRole('link', { name })).toHaveAttribute('aria-current', 'page')
  }

  await test.step('by keys', async () => {
    await page.getByRole('button', { name: `Customer: ${KESTREL}` }).press('Enter')
    await page.getByRole('option', { name: 'All customers' }).waitFor()
    await page.keyboard.press('Home')
    await page.keyboard.press('Enter')
    await expect(page).toHaveURL(/\/firewalls$/)
  })

  await test.step('on a phone the name stays in sight, with the way back to all', async () => {
    await page.setViewportSize({ width: 390, height: 844 })
    await open(page)
    await expect(page.getByText(`Only ${KESTREL}`)).toBeVisible()
    await page.getByRole('link', { name: 'All customers' }).click()
    await expect(page).toHaveURL(/\/$/)
    await page.getByRole('button', { name: /^More/ }).click()
    await page.getByRole('menuitem', { name: 'Audit' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Audit' })).toBeVisible()
  })
})

test('how it looks: full, of one customer, and with nothing in it', async ({ page }) => {
  await page.goto('/')
  await expect(page.getByRole('rowheader', { name: KESTREL })).toBeVisible()
  await look(page, 'overview')
  await open(page)
  await expect(page.getByRole('rowheader', { name: KESTREL })).toBeVisible()
  await page.setViewportSize({ width: 1024, height: 768 })
  await page.screenshot({ path: 'test-results/looks/overview-customer-1024.png' })
  await open(page, ids.empty)
  await expect(page.getByText(`${EMPTY} has no firewall yet`)).toBeVisible()
  await look(page, 'overview-empty')
})
