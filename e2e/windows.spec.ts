import { createHash } from 'node:crypto'
import { z } from 'zod'
import { call, createCustomer, createSite } from './api'
import { expect, test } from './fixtures'
import { look, WIDE } from './look'

// Maintenance windows and blackouts as a calendar: made, looked at on both clocks, changed, shut, empty.

const ids = { full: '', empty: '', site: '' }
const times = { timeZone: 'Europe/Oslo', weekdays: [2, 4], earliestStart: '03:00', latestStart: '04:00', hardEnd: '05:00' }
const window = (customerId: string, more: Record<string, unknown>) => ({ customerId, ...times, ...more })
const reply = z.object({ id: z.string() })
const list = z.object({ items: z.array(reply.extend({ etag: z.string() })) })

async function create(path: string, body: { name: string }): Promise<void> {
  const { status, json, text } = await call('POST', path, body, { 'idempotency-key': createHash('sha256').update(JSON.stringify(body)).digest('hex') })
  expect(status, text).toBe(201)
  reply.parse(json)
}

test.use({ timezoneId: 'Europe/Oslo' })
test.beforeAll(async () => {
  ids.full = await createCustomer('Loxley Councils')
  ids.empty = await createCustomer('Quiet Harbour')
  ids.site = await createSite(ids.full, 'Market Hall')
  await create('/windows', { name: 'Weekday nights', ...window(ids.full, {}) })
  await create('/windows', { name: 'Hall', ...window(ids.full, { siteId: ids.site, timeZone: 'Europe/London', weekdays: [6], earliestStart: '22:00', latestStart: '01:00', hardEnd: '02:00' }) })
  await create('/blackouts', { name: 'Election', ...{ customerId: ids.full, firstDay: '2026-11-28', lastDay: '2026-12-03' } })
  await create('/blackouts', { name: 'Fair', ...{ customerId: ids.full, siteId: ids.site, firstDay: '2026-11-24', lastDay: '2026-11-24' } })
})

test('a week and a month of windows, on the clock of the site and on one’s own', async ({ page }) => {
  await page.setViewportSize(WIDE)
  await page.goto(`/firmware/calendar?customer=${ids.full}&on=2026-11-26`)
  await expect(page.getByRole('heading', { name: '23 to 29 November 2026' })).toBeVisible()
  const nights = page.getByRole('button', { name: /Weekday nights/ })
  await expect(nights.first()).toContainText('03:00–05:00')
  await expect(nights).toHaveCount(2)
  // The blackout shuts Saturday and says whom it is for; its window says by what it is shut.
  await expect(page.getByRole('button', { name: 'Loxley Councils: blackout to 3 Dec' })).toHaveCount(2)
  await expect(page.getByRole('button', { name: /Hall of Market Hall/ })).toContainText('Shut: Election')
  // One of a site alone has its mark too, and opens from it.
  await page.getByRole('button', { name: 'Market Hall: blackout to 24 Nov' }).click()
  await expect(page.getByRole('dialog', { name: 'Blackout of Market Hall' }).getByLabel('Name')).toHaveValue('Fair')
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()
  await look(page, 'calendar-week')
  await page.keyboard.press('Tab')
  await page.getByRole('button', { name: 'The week before' }).click()
  const hall = page.getByRole('button', { name: /Hall of Market Hall/ })
  await expect(hall).toContainText('22:00–02:00')
  await expect(hall).toContainText('+1 h')
  await page.getByRole('button', { name: /my clock/ }).click()
  await expect(hall).toContainText('23:00–03:00')
  await expect(page).toHaveURL(/clock=own/)
  await page.getByRole('button', { name: 'Month' }).click()
  await expect(page.getByRole('heading', { name: 'November 2026' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Market Hall: blackout to 24 Nov' })).toHaveCount(1)
  await expect(page.getByRole('button', { name: 'Loxley Councils: blackout to 3 Dec' })).toHaveCount(6)
  await look(page, 'calendar-month')
})

test('a window is made, refused with the field, and changed; the next openings are shown before', async ({ page, watch }) => {
  watch.allowStatus(400, 412)
  await page.goto(`/firmware/calendar?customer=${ids.empty}&on=2026-11-26`)
  await expect(page.getByText('No window this week')).toBeVisible()
  await look(page, 'calendar-empty')
  await page.getByRole('main').getByRole('button', { name: 'New window' }).last().click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name').fill('Night')
  await dialog.getByLabel('Time zone').selectOption('Europe/London')
  await expect(dialog.getByRole('region', { name: 'Next openings' }).getByRole('listitem')).toHaveCount(5)
  await dialog.getByLabel('Hard end').fill('01:00')
  await dialog.getByRole('button', { name: 'Save the window' }).click()
  await expect(dialog.getByText('It ends before it starts. Over midnight it would last 23 h; at most 12 h.')).toBeVisible()
  await look(page, 'calendar-window-refused')
  await dialog.getByLabel('Hard end').fill('05:00')
  await dialog.getByRole('button', { name: 'Save the window' }).click()
  await expect(dialog).toBeHidden()
  await page.getByRole('button', { name: /Quiet Harbour, Night/ }).click()
  await expect(page.getByRole('dialog').getByLabel('Name')).toHaveValue('Night')
  // Somebody else saves it meanwhile: what was typed stays, and whose counts is asked.
  await dialog.getByLabel('Hard end').fill('06:00')
  const [stored] = list.parse((await call('GET', `/windows?customerId=${ids.empty}`)).json).items
  const { status } = await call('PUT', `/windows/${stored?.id}`, { name: 'Night', enabled: true, ...times, hardEnd: '04:30' }, { 'if-match': stored?.etag ?? '' })
  expect(status).toBe(200)
  await dialog.getByRole('button', { name: 'Save the window' }).click({ force: true })
  await dialog.getByRole('alert').getByRole('button', { name: 'Keep mine' }).click()
  await expect(dialog.getByLabel('Hard end')).toHaveValue('06:00')
  // Switched off it stands on no day, and is found below.
  await dialog.getByLabel('Counts').uncheck()
  await dialog.getByRole('button', { name: 'Save the window' }).click()
  await expect(page.getByText('No window this week')).toBeVisible()
  await page.getByRole('region', { name: '1 window is switched off' }).getByRole('button', { name: /Night/ }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Remove the window' }).click()
  // It is asked first, and keeping it leaves all as it was.
  const question = page.getByRole('dialog', { name: 'Remove Night?' })
  await expect(question).toContainText('Jobs planned in it move to another window, or are held if there is none.')
  await question.getByRole('button', { name: 'Keep it' }).click()
  await expect(page.getByRole('dialog').getByLabel('Name')).toHaveValue('Night')
  await page.getByRole('dialog').getByRole('button', { name: 'Remove the window' }).click()
  await question.getByRole('button', { name: 'Remove the window' }).click()
  await expect(page.getByRole('region', { name: '1 window is switched off' })).toHaveCount(0)
})
