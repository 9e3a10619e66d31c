import type { Page } from '@playwright/test'
import { z } from 'zod'
import { call, createCustomer, createSite, enrol, refresh } from './api'
import { expect, test } from './fixtures'
import { addFirewall } from './fleet-client'
import { look, WIDE } from './look'

// Who has it: in the palette, by keys alone, and on the page.

const ids = { lyon: '', metz: '', customer: '' }
/** A neighbour that the firewall really lists. */
const device = { ip: '', mac: '' }
const listed = z.object({ items: z.array(z.object({ ip: z.string(), mac: z.string().nullable() })) })

test.beforeAll(async () => {
  ids.customer = await createCustomer('Mistral Foods')
  const siteId = await createSite(ids.customer, 'Lyon')
  for (const [name, family, version] of [['mf-lyon-fw1', 'opnsense', '26.1'], ['mf-metz-fw1', 'pfsense-v2', '2.10']] as const) {
    const id = await enrol(await addFirewall({ name, family, version }), ids.customer, { siteId, tags: ['wine'] })
    await refresh(id)
    ids[name === 'mf-lyon-fw1' ? 'lyon' : 'metz'] = id
  }
  const { items } = listed.parse((await call('GET', `/firewalls/${ids.lyon}/arp`)).json)
  const found = items.find(({ ip, mac }) => mac !== null && /^\d+\.\d+\.\d+\.\d+$/.test(ip) && items.filter((other) => other.mac === mac).length === 1)
  Object.assign(device, { ip: found?.ip ?? '', mac: found?.mac ?? '' })
})

const palette = (page: Page) => page.getByRole('dialog', { name: 'Find or go to' })
const field = (page: Page) => page.getByRole('combobox', { name: 'Address, MAC, name, port, rule or page' })
/** As a switch writes it: aabb.ccdd.eeff. */
const inDots = (mac: string) => mac.replaceAll(':', '').replace(/(....)(?=.)/g, '$1.')

test('a MAC as a switch writes it leads to the firewall that sees it, by keys alone', async ({ page }) => {
  await page.goto(`/firewalls?customer=${ids.customer}`)
  await expect(page.getByRole('link', { name: 'mf-lyon-fw1' }).first()).toBeVisible()
  const opener = page.getByRole('button', { name: 'Find or go to' })
  await opener.focus()
  await test.step('Ctrl-K opens, Esc closes and gives the focus back', async () => {
    await page.keyboard.press('Control+k')
    await expect(field(page)).toBeFocused()
    await expect(palette(page)).toContainText('Mistral Foods')
    await expect(page.getByRole('option', { name: /Overview/ })).toBeVisible()
    await look(page, 'palette-empty')
    await page.keyboard.press('Escape')
    await expect(palette(page)).toBeHidden()
    await expect(opener).toBeFocused()
  })
  await test.step('type, move, open', async () => {
    await page.keyboard.press('Control+k')
    await page.keyboard.type(inDots(device.mac))
    const option = page.getByRole('group', { name: 'Who has it' }).getByRole('option').filter({ hasText: 'mf-lyon-fw1' })
    await expect(option.first()).toContainText(device.mac)
    await look(page, 'palette-found')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowUp')
    await expect(option.first()).toHaveAttribute('aria-selected', 'true')
    await expect(field(page)).toHaveAttribute('aria-activedescendant', (await option.first().getAttribute('id')) ?? 'none')
    await page.keyboard.press('Enter')
    await expect(page).toHaveURL(new RegExp(`/firewalls/${ids.lyon}/neighbours\\?.*filter=`))
    await expect(page).toHaveURL(new RegExp(`customer=${ids.customer}`))
    await expect(page.getByText(device.mac).first()).toBeVisible()
  })
  await test.step('what was opened stands there next time; > leaves only pages and acts', async () => {
    await page.keyboard.press('Control+k')
    await expect(page.getByRole('group', { name: 'Opened last' })).toContainText(device.ip)
    await page.keyboard.type('>enrol a fire')
    await expect(page.getByRole('option')).toHaveText([/Enrol a firewall/])
    await page.keyboard.press('Enter')
    await expect(page).toHaveURL(/\/firewalls\/new/)
  })
})

test('an older answer never replaces a newer one', async ({ page }) => {
  await page.goto('/search')
  let release = (): void => undefined
  const held = new Promise<void>((resolve) => (release = resolve))
  await page.route(/\/api\/v1\/search\?q=mf-lyon&/, async (route) => {
    await held
    // The page has ended this request by then.
    await route.continue().catch(() => undefined)
  })
  await page.keyboard.press('Control+k')
  const asked = page.waitForRequest(/q=mf-lyon&/)
  await field(page).fill('mf-lyon')
  await asked
  await field(page).fill('mf-metz')
  const option = page.getByRole('group', { name: 'Firewalls' }).getByRole('option')
  await expect(option).toHaveText([/mf-metz-fw1/])
  release()
  await page.keyboard.press('Control+k')
  await page.keyboard.press('Control+k')
  await field(page).fill('mf-metz')
  await expect(option).toHaveText([/mf-metz-fw1/])
})

test('the page says where it is in a sentence, and leads to the lists', async ({ page }) => {
  await page.goto('/search')
  await test.step('nothing typed: what is odd', async () => {
    await expect(page.getByRole('button', { name: 'Duplicate addresses' })).toHaveAttribute('aria-pressed', 'true')
    await expect(page.getByRole('status', { name: 'Loading' })).toHaveCount(0)
    await look(page, 'search-reports')
    await page.getByRole('button', { name: 'New devices' }).click()
    await page.getByLabel('Last 7 days').check()
    await page.getByRole('button', { name: 'Moved devices' }).click()
  })
  await test.step('an address', async () => {
    await page.getByRole('searchbox', { name: 'Who has it' }).fill(device.ip)
    await expect(page.getByRole('status').filter({ hasText: `The address ${device.ip} is seen at` })).toBeVisible()
    await expect(page).toHaveURL(new RegExp(`q=${device.ip.replaceAll('.', '\\.')}`))
    await expect(page.getByRole('table', { name: 'Who has it' }).getByText(device.mac).first()).toBeVisible()
    await look(page, 'search-address')
    await page.setViewportSize(WIDE)
    await page.getByRole('link', { name: 'In the ARP list' }).click()
    await expect(page).toHaveURL(/\/search\/arp\?ip=/)
    await expect(page.getByText(device.mac).first()).toBeVisible()
  })
  await test.step('a name, and nothing', async () => {
    await page.goto('/search?q=wine')
    await expect(page.getByRole('table', { name: 'Firewalls' }).getByRole('link')).toHaveCount(2)
    await look(page, 'search-name')
    await page.goto('/search?q=nobody-has-this')
    await expect(page.getByText('Nothing has or is called nobody-has-this.')).toBeVisible()
    await look(page, 'search-none')
  })
})
