import type { Page } from '@playwright/test'
import { z } from 'zod'
import { allowCommands, call, createCustomer, enrol, refresh } from './api'
import { inDatabase } from './database'
import type { AddOptions } from './fake-firewalls/options'
import { expect, test } from './fixtures'
import { addFirewall, type FakeFirewall } from './fleet-client'
import { look, WIDE } from './look'

// From the list of firewalls to the finished report, with the worker of the product and simulated firewalls of every family.

const QUICK = { check: 100, install: 1_000, reboot: 2_000 }
const ids = { minor: '', major: '' }
const fleet = new Map<string, FakeFirewall>()
const made = z.object({ id: z.string(), etag: z.string() })

async function add(customerId: string, options: AddOptions): Promise<void> {
  const firewall = await addFirewall({ durationsMs: QUICK, checked: true, ...options })
  fleet.set(options.name, firewall)
  const id = await enrol(firewall, customerId)
  if (options.family !== 'opnsense') await allowCommands(id)
  await refresh(id)
  expect((await call('POST', `/firewalls/${id}/check`, {})).status).toBeLessThan(300)
}

const clock = (hours: number): string => `${String((new Date().getUTCHours() + 24 + hours) % 24).padStart(2, '0')}:00`
/** One ring whose window is open now, each start at once. */
const DESIGN = {
  rings: [{ name: 'All', who: { by: 'rest' }, gate: { successPercent: 100, minimumCount: 1, soakHours: 0, noNewCriticalAlert: false } }],
  windows: { by: 'plan', window: { timeZone: 'UTC', weekdays: [1, 2, 3, 4, 5, 6, 7], dates: [], earliestStart: clock(-1), latestStart: clock(4), hardEnd: clock(8) } },
  firstDay: null,
  latestStartMarginMinutes: 0,
  randomStartMinutes: 0,
  concurrency: { perSite: 10, perCustomer: 10, fleet: 50 },
  haGapMinutes: 0,
}

/** Waits of minutes are over at once: each look comes next, and what lasts so long already began a minute before. */
const hurry = (planId: string): Promise<void> =>
  inDatabase(
    [planId],
    `UPDATE "UpdateJob" SET "nextStepAt" = now() WHERE "planId" = $1::uuid AND "finishedAt" IS NULL AND "nextStepAt" > now()`,
    `UPDATE "UpdateJob" SET memory = jsonb_set(memory, '{missingSince}', '"2020-01-01T00:00:00.000Z"') WHERE "planId" = $1::uuid AND "finishedAt" IS NULL AND memory ? 'missingSince' AND "leasedBy" IS NULL`,
    `UPDATE "UpdatePlan" SET "nextStepAt" = now() WHERE id = $1::uuid AND "finishedAt" IS NULL`,
  )

const posts = async (name: string, path: string): Promise<number> => Object.entries((await fleet.get(name)?.counts())?.byPath ?? {}).reduce((sum, [key, count]) => sum + (key.startsWith(`POST ${path}`) ? count : 0), 0)
const states = async (planId: string): Promise<Record<string, string>> => {
  const { json } = await call('GET', `/update-jobs?planId=${planId}`)
  const { items } = z.object({ items: z.array(z.object({ state: z.string(), firewall: z.object({ name: z.string() }) })) }).parse(json)
  return Object.fromEntries(items.map(({ state, firewall }) => [firewall.name, state]))
}
async function until(planId: string, wanted: Record<string, string>): Promise<void> {
  await expect
    .poll(
      async () => {
        await hurry(planId)
        return states(planId)
      },
      { timeout: 120_000, intervals: [500] },
    )
    .toEqual(wanted)
}

/** Goes to the run once the approval is there. */
async function opened(page: Page, planId: string): Promise<void> {
  await expect.poll(async () => (await call('GET', `/update-plans/${planId}`)).text).toContain('"state":"running"')
  await page.goto(`/firmware/plans/${planId}`)
}

test.use({ timezoneId: 'Europe/Oslo' })
test.beforeAll(async () => {
  test.setTimeout(120_000)
  ids.minor = await createCustomer('Larkspur Mills')
  ids.major = await createCustomer('Larkspur Docks')
  await Promise.all([
    add(ids.minor, { name: 'lm-mill-fw1', family: 'opnsense', version: '26.1', offer: { version: '26.1.10', needsReboot: true } }),
    add(ids.minor, { name: 'lm-shop-fw1', family: 'pfsense-v2', version: '2.7', offer: { version: '2.8.1' } }),
    add(ids.minor, { name: 'lm-yard-fw1', family: 'pfsense-v1', version: '1.9', offer: { version: '2.7.2' } }),
    add(ids.major, { name: 'ld-dock-fw1', family: 'opnsense', version: '26.1', offer: { version: '26.7', major: true } }),
  ])
})

test('a minor update of three families, from the list of firewalls to the report', async ({ page }) => {
  test.setTimeout(240_000)
  await page.setViewportSize(WIDE)
  let planId = ''
  await test.step('planned from the list', async () => {
    await page.goto(`/firewalls?customer=${ids.minor}&sort=name`)
    for (const name of fleet.keys()) if (name.startsWith('lm-')) await page.getByRole('checkbox', { name: `Choose ${name}` }).click()
    await page.getByRole('region', { name: 'Chosen firewalls' }).getByRole('button', { name: 'Plan an update' }).click()
    await page.getByLabel('Name of the plan').fill('December, mills')
    await page.getByRole('button', { name: 'Save draft' }).click()
    await expect(page).toHaveURL(/plans\/[0-9a-f-]{36}\/edit/)
    planId = /plans\/([0-9a-f-]{36})\//.exec(page.url())?.[1] ?? ''
    const { etag } = made.parse((await call('GET', `/update-plans/${planId}`)).json)
    expect((await call('PATCH', `/update-plans/${planId}`, { design: DESIGN }, { 'if-match': etag })).status).toBe(200)
  })
  await test.step('approved, and followed live', async () => {
    await page.reload()
    await page.getByRole('button', { name: 'Approve 3' }).click()
    await page.getByRole('button', { name: 'Approve the update of 3' }).click()
    await opened(page, planId)
    await expect(page.getByRole('region', { name: 'Ring All' }).getByRole('button')).toHaveCount(3)
    await until(planId, { 'lm-mill-fw1': 'succeeded', 'lm-shop-fw1': 'package-missing', 'lm-yard-fw1': 'package-missing' })
  })
  await test.step('the API package is missing: its command stands there, and the firewall is found again', async () => {
    const panel = page.getByRole('region', { name: 'Selected firewall' })
    await page.getByRole('button', { name: /^lm-shop-fw1/ }).click()
    await expect(panel.getByText('The update ran, and the API package is gone with the old version.')).toBeVisible()
    await expect(panel.getByLabel('Command that reinstalls the API package on lm-shop-fw1')).toContainText('2.8.1')
    await look(page, 'run-package-lost')
    for (const name of ['lm-shop-fw1', 'lm-yard-fw1']) await fleet.get(name)?.patch({ reinstallPackage: true })
    await until(planId, { 'lm-mill-fw1': 'succeeded', 'lm-shop-fw1': 'succeeded', 'lm-yard-fw1': 'succeeded' })
    await expect(page.getByText('It is over: 3 of 3 firewalls updated.')).toBeVisible({ timeout: 30_000 })
    expect(await posts('lm-mill-fw1', '/api/core/firmware/update')).toBe(1)
  })
  await test.step('the report says what was compared', async () => {
    await page.getByRole('link', { name: 'Report', exact: true }).click()
    await expect(page.getByText('3 of 3 firewalls updated and verified.')).toBeVisible()
    const version = page.getByRole('region', { name: 'What was compared on lm-mill-fw1' }).getByRole('row').filter({ hasText: 'Version' }).first()
    await expect(version).toContainText('26.1.10')
    await expect(page.getByRole('region', { name: 'What was compared on lm-yard-fw1' }).getByRole('row').filter({ hasText: 'Firewall rules loaded' })).toContainText('loaded')
    await look(page, 'run-report')
  })
})

test('a major update restarts into the next series', async ({ page }) => {
  test.setTimeout(240_000)
  const body = { name: 'December, docks', kind: 'major', query: `customer__id=${ids.major}`, design: DESIGN }
  const { id } = made.parse((await call('POST', '/update-plans', body, { 'idempotency-key': `docks-${ids.major}` })).json)
  await page.goto(`/firmware/plans/${id}/edit`)
  await page.getByRole('button', { name: 'Approve 1' }).click()
  await page.getByRole('button', { name: 'Approve the update of 1' }).click()
  await opened(page, id)
  await until(id, { 'ld-dock-fw1': 'succeeded' })
  await expect(page.getByText('It is over: 1 of 1 firewall updated.')).toBeVisible({ timeout: 30_000 })
  await page.getByRole('button', { name: /^ld-dock-fw1/ }).click()
  await expect(page.getByRole('region', { name: 'Selected firewall' }).getByRole('row').filter({ hasText: 'Version' })).toContainText('26.7')
  expect(await posts('ld-dock-fw1', '/api/core/firmware/upgrade')).toBe(1)
})
