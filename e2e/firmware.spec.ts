import { createCustomer } from './api'
import { inDatabase } from './database'
import { expect, test } from './fixtures'
import { look, WIDE } from './look'
import { seedBusyRun, seedRun } from './run-past'

// A plan while it runs: what failed, what waits for a person, what is to come; steering it, the emergency stop, its report.

const ids = { customer: '', quiet: '', plan: '', failed: '', missing: '', held: '', paused: '' }

test.use({ timezoneId: 'Europe/Oslo' })
test.beforeAll(async () => {
  ids.customer = await createCustomer('Pinewood Schools')
  ids.quiet = await createCustomer('Quiet Pines')
  const { planId, ...jobs } = await seedBusyRun(ids.customer, 'November, edge sites')
  Object.assign(ids, jobs, { plan: planId })
  ids.paused = await seedRun({ customerId: ids.quiet, name: 'Halted before it began', state: 'halted', haltedReason: 'Canary: 1 of 1 firewall failed, and the gate asks for 100 % success.', rings: [{ name: 'Canary', state: 'halted', reason: '1 of 1 firewall failed, and the gate asks for 100 % success.' }, { name: 'Broad', state: 'waiting' }], jobs: [] })
})

test('a run in the middle: the worst is selected, keys lead from firewall to firewall', async ({ page }) => {
  await page.setViewportSize(WIDE)
  await page.goto(`/firmware/plans/${ids.plan}`)
  await expect(page.getByText('Ring 2 of 3 runs. One more failure halts it.')).toBeVisible()
  await expect(page.getByText(/^16 of 17 finished in Early succeeded: 94\.1 %\./)).toBeVisible()
  const early = page.getByRole('region', { name: 'Ring Early' })
  await expect(early.getByRole('button').first()).toContainText('elm-fw1')
  await expect(page.getByRole('region', { name: 'Ring Broad' }).getByRole('listitem')).toHaveCount(5)
  const panel = page.getByRole('region', { name: 'Selected firewall' })
  await expect(panel.getByRole('row').filter({ hasText: 'Gateways' })).toContainText('Worse')
  await expect(panel.getByRole('row').filter({ hasText: 'Gateways' })).toContainText('routes/gateway/status')
  await expect(page.getByText('Nothing stops an installation that has begun.')).toBeVisible()
  await look(page, 'run')
  await page.keyboard.press('j')
  await expect(panel.getByRole('heading', { name: 'oak-fw2' })).toBeVisible()
  await expect(panel.getByText(/Palisade waits until .*, up to 3 d in all; then it is a failure\./)).toBeVisible()
  await expect(panel.getByLabel(/^Command that reinstalls/)).toContainText('pkg')
  await look(page, 'run-package-missing')
  await page.keyboard.press('Escape')
  await expect(page.getByText(/^Select a firewall to see its timeline/)).toBeVisible()
})

test('another firewall that fails takes nothing from under the hand', async ({ page }) => {
  await page.setViewportSize(WIDE)
  await page.goto(`/firmware/plans/${ids.plan}`)
  const heading = page.getByRole('region', { name: 'Selected firewall' }).getByRole('heading', { level: 2 })
  await expect(heading).toHaveText('elm-fw1')
  const ash = `"planId" = '${ids.plan}' AND "firewallId" IN (SELECT id FROM "Firewall" WHERE name = 'ash-fw3')`
  try {
    await inDatabase([], `UPDATE "UpdateJob" SET state = 'failed', "stateSince" = now() - interval '1 day' WHERE ${ash}`)
    // It reads the run anew.
    await page.getByRole('button', { name: 'Show each firewall' }).click()
    await expect(page.getByRole('region', { name: 'Ring Early' }).getByRole('button').first()).toContainText('ash-fw3')
    await expect(heading).toHaveText('elm-fw1')
  } finally {
    await inDatabase([], `UPDATE "UpdateJob" SET state = 'verifying', "stateSince" = now() WHERE ${ash}`)
  }
})

test('what was approved is a link from the run, and what offers something else now is installed by a copy', async ({ page }) => {
  await page.setViewportSize(WIDE)
  await page.goto(`/firmware/plans/${ids.plan}?job=${ids.held}`)
  const panel = page.getByRole('region', { name: 'Selected firewall' })
  const dialog = page.getByRole('dialog')
  await expect(panel.getByRole('button', { name: 'Make a copy that ends this plan' })).toBeVisible()
  await panel.getByRole('button', { name: 'Release it' }).click()
  await expect(dialog).toContainText('held again unless the firewall offers by then what was approved')
  await dialog.getByRole('button', { name: 'Leave it as it is' }).click()
  await page.getByRole('button', { name: 'Cancel the plan' }).click()
  await expect(dialog.getByRole('button')).toHaveText(['Keep it running', 'Cancel the plan'])
  await look(page, 'run-cancel')
  await dialog.getByRole('button', { name: 'Keep it running' }).click()
  await page.getByRole('button', { name: 'More acts on this plan' }).click()
  await expect(page.getByRole('menuitem', { name: 'Make a copy that ends this one' })).toBeVisible()
  await page.keyboard.press('Escape')
  await page.getByRole('link', { name: 'The plan' }).click()
  await expect(page.getByText('1 at a site, 3 of a customer, 10 in the fleet; 30 min between the two of an HA pair')).toBeVisible()
  await look(page, 'plan-approved')
})

test('one is skipped, one tried again, one recorded as verified by hand, a version held: each with its reason', async ({ page, watch }) => {
  watch.allowStatus(400)
  await page.setViewportSize(WIDE)
  await page.goto(`/firmware/plans/${ids.plan}?job=${ids.held}`)
  const panel = page.getByRole('region', { name: 'Selected firewall' })
  const dialog = page.getByRole('dialog')
  await panel.getByRole('button', { name: 'Skip it' }).click()
  await dialog.getByRole('button', { name: 'Skip it' }).click()
  await expect(dialog.getByText('Give a reason.')).toBeVisible()
  await dialog.getByLabel('Reason').fill('the shop is shut')
  await dialog.getByRole('button', { name: 'Skip it' }).click()
  await expect(panel.getByText(/Decided by .*: “the shop is shut”/)).toBeVisible()
  await page.getByRole('region', { name: 'Ring Early' }).getByRole('button', { name: /^oak-fw2/ }).click()
  await panel.getByRole('button', { name: 'Record as verified by hand' }).click()
  await dialog.getByLabel('Reason').fill('looked at the console')
  await dialog.getByRole('button', { name: 'Record as verified by hand' }).click()
  await expect(panel.getByText(/^Verified by hand by .*: looked at the console$/).first()).toBeVisible()
  await page.getByRole('region', { name: 'Ring Early' }).getByRole('button', { name: /^elm-fw1/ }).click()
  await panel.getByRole('button', { name: 'Hold 26.1.10 from here outward' }).click()
  await dialog.getByLabel('Reason').fill('breaks WAN2')
  await dialog.getByRole('button', { name: 'Hold 26.1.10' }).click()
  await expect(page.getByText('26.1.10 is held.')).toBeVisible()
  await expect(dialog).toBeHidden()
  // It stands on the page until it is lifted, and goes with it.
  const held = page.getByRole('region', { name: 'Held versions' })
  await expect(held.getByRole('listitem')).toContainText(/26\.1\.10.*from Early outward.*breaks WAN2/)
  await look(page, 'run-held-version')
  await held.getByRole('button', { name: 'Lift the hold' }).click()
  await expect(dialog.getByRole('button', { name: 'Keep it held' })).toBeVisible()
  await dialog.getByRole('button', { name: 'Lift the hold' }).click()
  await expect(page.getByText('26.1.10 is no longer held there.')).toBeVisible()
  await expect(dialog).toBeHidden()
  await expect(held).toBeHidden()
  // What was decided is kept out of the run that other tests look at.
  await page.keyboard.press('p')
  await expect(page.getByText('Paused. 3 firewalls still finish.')).toBeVisible()
  await page.getByRole('button', { name: 'Resume' }).click()
  await dialog.getByLabel('Reason').fill('go on')
  await dialog.getByRole('button', { name: 'Resume the plan' }).click()
  await expect(page.getByText(/^Ring 2 of 3 runs\./)).toBeVisible()
})

test('a halted plan says why; an empty ring says so', async ({ page }) => {
  await page.setViewportSize(WIDE)
  await page.goto(`/firmware/plans/${ids.paused}`)
  await expect(page.getByText('Halted in Canary. Nothing more starts until somebody decides.')).toBeVisible()
  await expect(page.getByText('No firewall is in this ring.').first()).toBeVisible()
  await look(page, 'run-halted')
})

test('the emergency stop is one click, on a phone too, and stands on every page until it is lifted', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  try {
    await page.goto(`/firmware/plans/${ids.plan}`)
    await page.getByRole('button', { name: 'Emergency stop' }).click()
    const banner = page.getByRole('region', { name: 'Emergency stop' })
    await expect(banner).toContainText('All firmware work is stopped.')
    await expect(banner).toContainText('nothing stops an installation')
    await expect(page.getByText('Stopped with all firmware work.', { exact: true })).toBeVisible()
    await expect(page.getByText(/its first start is planned for|halts it\./)).toHaveCount(0)
    await expect(page.getByRole('region', { name: 'Ring Broad' })).toContainText('after the lift')
    await look(page, 'run-stopped')
    await page.setViewportSize({ width: 390, height: 844 })
    await page.getByRole('region', { name: 'Ring Early' }).getByRole('button', { name: /^elm-fw1/ }).click()
    await expect(page.getByRole('dialog').getByRole('row').filter({ hasText: 'Gateways' })).toContainText('Worse')
    await look(page, 'run-job-phone')
    await page.goto('/alerts')
    await expect(banner).toContainText('All firmware work is stopped.')
    await banner.getByRole('button', { name: 'Let it go on' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Let it go on' }).click()
    await expect(banner).toBeHidden()
  } finally {
    // Other tests run plans.
    await inDatabase([], `UPDATE "EmergencyStop" SET "liftedAt" = now(), "liftedBy" = 'test' WHERE "liftedAt" IS NULL`)
  }
})

test('the report of a plan that is not over, and the updates of a firewall', async ({ page }) => {
  await page.setViewportSize(WIDE)
  await page.goto(`/firmware/plans/${ids.plan}/report`)
  await page.emulateMedia({ media: 'print' })
  await expect(page.getByText('This plan is not over.')).toBeVisible()
  await page.emulateMedia({ media: null })
  await expect(page.getByText(/^\d+ of \d+ firewalls updated and verified \(\d+ of them still soak\); /)).toBeVisible()
  await expect(page.getByRole('region', { name: 'What was compared on elm-fw1' }).getByRole('row').filter({ hasText: 'Gateways' })).toContainText('WAN2_DHCP: online before, offline now.')
  await look(page, 'run-report-open')
  await page.goto(`/firmware/plans/${ids.plan}?job=${ids.failed}`)
  await page.getByRole('region', { name: 'Selected firewall' }).getByRole('link', { name: 'elm-fw1' }).click()
  await expect(page.getByRole('region', { name: 'Updates of this firewall by plans' }).or(page.getByRole('table', { name: 'Updates of this firewall by plans' })).first()).toContainText('November, edge sites')
  await look(page, 'firewall-updates')
})
