import type { Page } from '@playwright/test'
import { z } from 'zod'
import { call, createCustomer, enrol } from './api'
import { expect, test } from './fixtures'
import { addFirewall } from './fleet-client'
import { look } from './look'

// How often firewalls are visited: for the installation, a customer and one firewall, the most specific wins.

let customerId = ''
let firewallId = ''
test.beforeAll(async () => {
  customerId = await createCustomer('Skerry Ferries', { asUsual: true })
  firewallId = await enrol(await addFirewall({ name: 'sf-pier', family: 'opnsense', version: '26.7' }), customerId)
})
// The interval of the installation concerns every other file too.
test.afterAll(async () => {
  const { etag } = z.object({ etag: z.string() }).parse((await call('GET', '/visits/intervals')).json)
  await call('PUT', '/visits/intervals', {}, { 'if-match': etag })
})

const status = (page: Page) => page.getByLabel('Reachability, gateways and status')
const save = async (page: Page) => {
  await page.getByRole('button', { name: 'Save visits' }).click()
  await expect(page.getByText('Saved. The visits follow at once.').last()).toBeVisible()
}

test('three levels, each saying what holds without it', async ({ page }) => {
  await page.goto('/settings/visits')
  await expect(status(page).locator('option').first()).toHaveText('by default: 1 min')
  await status(page).selectOption({ label: 'every 2 min' })
  await save(page)
  await look(page, 'visits-installation')

  await page.goto('/customers?search=Skerry')
  await page.getByRole('button', { name: 'Acts on Skerry Ferries' }).click()
  await page.getByRole('menuitem', { name: 'Visits' }).click()
  await expect(status(page).locator('option').first()).toHaveText('as the installation: 2 min')
  await page.getByLabel('Quiet hours of its own').check()
  await page.getByLabel('From', { exact: true }).fill('01:00')
  await page.getByLabel('To', { exact: true }).fill('01:10')
  await page.getByRole('button', { name: 'Save visits' }).click()
  await expect(page.getByText('At least 30 minutes.')).toBeVisible()
  await look(page, 'visits-customer')
  await page.getByLabel('To', { exact: true }).fill('04:00')
  await save(page)
  await expect(page.getByRole('dialog')).toHaveCount(0)

  await page.goto(`/firewalls/${firewallId}/settings`)
  const part = page.getByRole('region', { name: 'Visits' })
  await expect(part.getByText('As the customer: 01:00 to 04:00')).toBeVisible()
  await status(page).selectOption({ label: 'every 30 s' })
  await save(page)
  await expect(page.getByText(/, every 30 s/)).toBeVisible()
  await look(page, 'visits-firewall')
})
