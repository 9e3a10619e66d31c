import type { Locator, Page } from '@playwright/test'
import { createCustomer, enrol, refresh } from './api'
import { expect, test } from './fixtures'
import { addFirewall, type FakeFirewall } from './fleet-client'
import { look } from './look'

// Conditions in one field, and what stands on all firewalls found by them. The address is the view.

/** Rules of the simulated firewall, nine of which are recorded ones. */
const RULES = 130
const GENERATED = RULES - 9
let customerId = ''
let office: FakeFirewall
let officeId = ''

test.beforeAll(async () => {
  customerId = await createCustomer('Sundry & Sons')
  office = await addFirewall({ name: 'su-office', family: 'opnsense', version: '26.1', size: { rules: RULES, arp: 40, aliases: 12 } })
  officeId = await enrol(office, customerId, { tags: ['edge'] })
  const depot = await enrol(await addFirewall({ name: 'su-depot', family: 'pfsense-v2', version: '2.10' }), customerId)
  await Promise.all([refresh(officeId), refresh(depot)])
})

const open = (page: Page, list: string, query = '') => page.goto(`/search/${list}?customer=${customerId}${query}`)
const bar = (page: Page): Locator => page.getByRole('combobox', { name: 'Add a condition' })
const option = (page: Page, name: string | RegExp): Locator => page.getByRole('option', { name })
const chips = (page: Page): Promise<string[]> =>
  page.getByRole('list', { name: 'Conditions' }).getByRole('button', { name: /onditions? .*, edit it$/ }).evaluateAll((all) => all.map((chip) => chip.textContent ?? ''))
const rows = (page: Page): Locator => page.getByRole('table').getByRole('row').filter({ has: page.getByRole('link', { name: /^su-/ }) })
const conditionsOf = (page: Page): string => decodeURIComponent(new URL(page.url()).search.replace(/^\?|&?customer=[^&]*/g, '').replace(/^&/, '').replaceAll('+', ' '))

test('a condition is completed from field to filter to value, by keys alone', async ({ page }) => {
  await open(page, 'rules')
  await expect(page.getByRole('status').filter({ hasText: 'rules' })).toContainText(/\d+ rules/)

  await test.step('from the field to the value that the firewalls have', async () => {
    await page.keyboard.press('/')
    await expect(bar(page)).toBeFocused()
    await page.keyboard.type('layern')
    await expect(option(page, /^layerName/)).toBeVisible()
    await page.keyboard.press('ArrowDown')
    await expect(option(page, /^layerName/)).toHaveAttribute('aria-selected', 'true')
    await page.keyboard.press('Enter')
    await expect(option(page, 'layerName= is')).toBeVisible()
    await page.keyboard.press('Tab')
    await expect(option(page, /^LAN.* rows?$/)).toBeVisible()
    await page.keyboard.type('la')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await expect.poll(() => chips(page)).toEqual(['layerName=LAN'])
    expect(conditionsOf(page)).toBe('layerName=LAN')
    await expect(bar(page)).toBeFocused()
  })

  await test.step('several values, one after another', async () => {
    await page.keyboard.type('action__in=')
    await option(page, /^pass/).click()
    await option(page, /^block/).click()
    await page.keyboard.press('Enter')
    await expect.poll(() => chips(page)).toEqual(['layerName=LAN', 'action__in=pass,block'])
  })

  await test.step('Backspace edits the last one, Escape leaves it as it was', async () => {
    await page.keyboard.press('Backspace')
    await expect(bar(page)).toHaveValue('action__in=pass,block')
    await page.keyboard.press('Escape')
    await page.keyboard.press('Escape')
    await expect.poll(() => chips(page)).toEqual(['layerName=LAN', 'action__in=pass,block'])
    await page.getByRole('button', { name: 'Condition action__in=pass,block, edit it' }).click()
    await bar(page).fill('action=block')
    await page.keyboard.press('Enter')
    await expect.poll(() => chips(page)).toEqual(['layerName=LAN', 'action=block'])
    await page.getByRole('button', { name: 'Remove layerName=LAN', exact: true }).and(page.getByLabel('Remove layerName=LAN')).click()
    await expect.poll(() => conditionsOf(page)).toBe('action=block')
  })

  await test.step('a reload shows the same', async () => {
    await page.reload()
    await expect.poll(() => chips(page)).toEqual(['action=block'])
    await expect(rows(page).first()).toContainText('block')
  })
})

test('what is wrong is named, and the rest keeps working', async ({ page, watch }) => {
  await open(page, 'rules', '&actoin=pass&action=block')
  await expect(page.getByText('There is no field actoin. Did you mean action?')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Wrong condition actoin=pass, edit it' })).toBeVisible()
  await expect(rows(page).first()).toContainText('block')

  await bar(page).fill('position__lt=many')
  await page.keyboard.press('Enter')
  await expect(page.getByText('position__lt: Compare it with a number, for example 443.')).toBeVisible()
  await expect(bar(page)).toHaveValue('position__lt=many')
  expect(conditionsOf(page)).toBe('actoin=pass&action=block')

  await test.step('what only the server can read is marked as well', async () => {
    watch.allowStatus(400)
    await bar(page).fill('description__regex=abc(')
    await page.keyboard.press('Enter')
    await expect(page.getByText('This is not an RE2 expression')).toBeVisible()
    await expect(page.getByRole('button', { name: 'Wrong condition description__regex=abc(, edit it' })).toBeVisible()
    await expect(rows(page).first()).toContainText('block')
    await look(page, 'fleet-lists-wrong')
  })
})

test('pasted conditions become chips, and a word is looked for by its shape', async ({ page }) => {
  await open(page, 'arp')
  await bar(page).focus()
  await page.evaluate(() => {
    const data = new DataTransfer()
    data.setData('text/plain', 'https://palisade.example/search/arp?protocol=arp&firewall__name=su-office&sort=-changed')
    document.activeElement?.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
  })
  await expect.poll(() => chips(page)).toEqual(['protocol=arp', 'firewall__name=su-office'])
  await expect(rows(page).first()).toContainText('su-office')
  await bar(page).fill('00-1A-2B')
  await page.keyboard.press('Enter')
  await expect.poll(async () => (await chips(page)).at(-1)).toBe('mac__startswith=00:1a:2b')
})

test('rules of all firewalls: in order, with what is gone, opened, and back to the firewall', async ({ page }) => {
  await open(page, 'rules', '&description__startswith=Generated')
  await test.step('more come as one scrolls', async () => {
    await expect(page.getByRole('status').filter({ hasText: 'rules' })).toHaveText(`${GENERATED} rules`)
    await page.mouse.wheel(0, 20_000)
    await expect(page.getByText(`Copy ${GENERATED} as text`)).toBeAttached()
    await page.keyboard.press('Home')
  })

  await test.step('what was taken away is found when asked for', async () => {
    await office.patch({ size: { rules: RULES - 2, arp: 40, aliases: 12 } })
    await refresh(officeId)
    await page.reload()
    await expect(page.getByRole('status').filter({ hasText: 'rules' })).toHaveText(`${GENERATED - 2} rules`)
    await page.getByRole('columnheader', { name: 'First seen' }).getByRole('button').click()
    await expect(page).toHaveURL(/sort=firstSeen/)
    await bar(page).click()
    await expect(option(page, /^description/).first()).toBeVisible()
    await bar(page).fill(`description=Generated rule ${GENERATED - 1}`)
    await page.keyboard.press('Enter')
    await expect(page.getByText('Nothing matches.')).toBeVisible()
    await page.getByRole('button', { name: 'Look among what is gone' }).click()
    await expect(rows(page)).toHaveCount(1)
    await expect(rows(page)).toContainText(/gone \d+ (s|min) ago/)
    await expect(page).toHaveURL(/gone=true/)
  })

  await test.step('opened, a value becomes a condition, and a link leads to the rule', async () => {
    await open(page, 'rules', `&description=Generated rule 7`)
    await rows(page).first().focus()
    await page.keyboard.press('Enter')
    await page.getByTitle('Add the condition action=pass').click()
    await expect.poll(() => chips(page)).toEqual(['description=Generated rule 7', 'action=pass'])
    await look(page, 'fleet-lists-rules')
    await page.getByRole('link', { name: 'Open on su-office' }).click()
    await expect(page).toHaveURL(/\/firewalls\/.+\/rules\?rule=.*customer=/)
    await expect(page.getByRole('cell', { name: 'Generated rule 7', exact: true })).toBeInViewport()
  })
})

test('exports what matches', async ({ page }) => {
  await open(page, 'aliases', '')
  await expect(page.getByRole('table')).toBeVisible()
  const download = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Export CSV' }).click()
  const file = await download
  expect(file.suggestedFilename()).toMatch(/^palisade-aliases-.*\.csv$/)
  const chunks: Buffer[] = []
  for await (const chunk of await file.createReadStream()) chunks.push(Buffer.from(chunk as Buffer))
  const lines = Buffer.concat(chunks).toString('utf8').split('\r\n').filter(Boolean)
  const total = Number((await page.getByRole('status').filter({ hasText: 'alias' }).textContent())?.match(/\d+/)?.[0])
  expect(lines.length).toBe(total + 1)
})

test('aliases, neighbours and leases, with suggestions open, empty, and on a phone', async ({ page }) => {
  for (const list of ['aliases', 'arp', 'leases']) {
    await open(page, list)
    await expect(rows(page).first()).toBeVisible()
    await look(page, `fleet-lists-${list}`)
  }
  await open(page, 'rules', '&action=block')
  await bar(page).fill('source__address__')
  await expect(option(page, /^source__address__contains=/)).toBeVisible()
  await look(page, 'fleet-lists-suggestions')
  await open(page, 'leases', '&hostname=nobody&state=active')
  await expect(page.getByText('Nothing matches.')).toBeVisible()
  await look(page, 'fleet-lists-nothing')
})
