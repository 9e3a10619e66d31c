import { createCustomer, createSite, enrol, refresh } from './api'
import { expect, test } from './fixtures'
import { addFirewall } from './fleet-client'
import { look, WIDE } from './look'
import { givePast } from './past'

// The past of a firewall: charts that are read by hover, by keys and as a table, what happened, and what changed.

const ids = { full: '', silent: '' }

test.beforeAll(async () => {
  const customerId = await createCustomer('Fjordkraft Cold Stores')
  const siteId = await createSite(customerId, 'Molde')
  const full = await addFirewall({ name: 'fk-molde-fw1', family: 'opnsense', version: '26.7' })
  ids.full = await enrol(full, customerId, { siteId, timeZone: 'America/New_York' })
  await refresh(ids.full)
  await givePast(ids.full, new Date())
  const silent = await addFirewall({ name: 'fk-molde-fw2', family: 'pfsense-v2', version: '2.10' })
  ids.silent = await enrol(silent, customerId)
  await silent.patch({ scenario: 'dead' })
})

test('charts are read by hover, by keys and as a table', async ({ page }) => {
  await page.setViewportSize(WIDE)
  await page.goto(`/firewalls/${ids.full}/history`)
  const charts = page.getByRole('figure')
  await expect(charts).toHaveCount(8)
  await expect(page.getByText(/^Reachable/)).toContainText('of the time')
  await expect(page.getByText(/No reading, .*: Palisade did not visit\./)).toBeVisible()
  await look(page, 'history-24h')

  await test.step('hover reads the values of a moment, in both zones', async () => {
    const latency = page.getByRole('figure', { name: /^Gateway latency/ })
    await latency.hover({ position: { x: 700, y: 60 } })
    await expect(latency.getByText(/at the firewall$/)).toBeVisible()
    await expect(latency.locator('dd').first()).toHaveText(/ms|no reading/)
    await page.screenshot({ path: 'test-results/looks/history-hover.png' })
    await page.mouse.move(5, 5)
    await expect(latency.getByText(/at the firewall$/)).toBeHidden()
  })

  await test.step('keys move the crosshair', async () => {
    const slider = page.getByRole('slider', { name: 'Point in time' })
    await slider.focus()
    await slider.press('End')
    const last = Number(await slider.getAttribute('aria-valuenow'))
    await slider.press('PageDown')
    await slider.press('ArrowLeft')
    await expect(slider).toHaveAttribute('aria-valuenow', String(last - 11))
    await expect(slider).toHaveAttribute('aria-valuetext', /CPU: CPU \d+(\.\d)? %/)
    await slider.press('Home')
    await expect(slider).toHaveAttribute('aria-valuenow', '0')
  })

  await test.step('an event says what happened, and leads there', async () => {
    const mark = page.getByRole('group', { name: 'Events on the time axis' }).getByRole('button').first()
    // A page that scrolls closes what a focus opened.
    await mark.scrollIntoViewIfNeeded()
    await expect(async () => {
      await mark.blur()
      await mark.focus()
      await expect(page.getByRole('tooltip')).toContainText(/changed/, { timeout: 1_000 })
    }).toPass()
    await expect(page.getByRole('link', { name: '3 rules changed' })).toHaveAttribute('href', /changes\?kind=rules/)
  })

  await test.step('the interface is chosen, and the address holds it', async () => {
    const throughput = page.getByRole('figure', { name: /^Throughput/ })
    const names = await throughput.getByRole('combobox').locator('option').allTextContents()
    await throughput.getByRole('combobox').selectOption(names[1] ?? '')
    await expect(page).toHaveURL(/interface=/)
  })

  await test.step('the same as a table', async () => {
    await page.getByRole('button', { name: 'Show as table' }).click()
    await expect(page).toHaveURL(/view=table/)
    await expect(page.getByRole('columnheader', { name: 'Memory and disk, Disk' })).toBeVisible()
    expect(await page.getByRole('row').count()).toBeGreaterThan(100)
    await look(page, 'history-table')
    await page.getByRole('button', { name: 'Show as charts' }).click()
  })

  await test.step('ninety days', async () => {
    await page.getByRole('button', { name: 'Last 90 days' }).click()
    await expect(page).toHaveURL(/range=90d/)
    await expect(page.getByText(/No reading, .*: visits were paused\./)).toBeVisible()
    await expect(page.getByText(/visits were paused\)/)).toBeVisible()
    await look(page, 'history-90d')
    await page.reload()
    await expect(page.getByRole('heading', { level: 2, name: 'Last 90 days' })).toBeVisible()
  })

  await page.goto(`/firewalls/${ids.full}`)
  await expect(page.getByRole('region', { name: 'Last 24 hours' }).getByRole('figure')).toHaveCount(3)
  await look(page, 'history-glance')
})

test('what changed, field by field', async ({ page }) => {
  await page.setViewportSize(WIDE)
  await page.goto(`/firewalls/${ids.full}/changes`)
  const changed = page.getByRole('listitem').filter({ hasText: 'NAS, only from us' })
  await expect(changed).toContainText('Source')
  await expect(changed).toContainText('mgmt_hosts')
  const alias = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: 'mgmt_hosts' }) })
  await expect(alias).toContainText('203.0.113.7')
  await expect(alias).toContainText('198.51.100.10')
  await expect(page.getByText('Who changed it at the firewall is not known')).toBeVisible()
  await look(page, 'changes')
  await page.getByLabel('Changes of').selectOption('firewall')
  await expect(page).toHaveURL(/kind=firewall/)
  await expect(page.getByRole('heading', { level: 4, name: 'Version' })).toBeVisible()
  await page.goto(`/firewalls/${ids.full}/changes?kind=rules&key=invented-4`)
  await expect(page.getByText('Only of Old printer')).toBeVisible()
  await expect(page.getByRole('status').filter({ hasText: '1 change' })).toBeVisible()
  await page.getByRole('button', { name: 'Show changes of all things' }).click()
  await expect(page.getByText('3 changes')).toBeVisible()
})

test('a rule leads to its own changes', async ({ page }) => {
  await page.goto(`/firewalls/${ids.full}/rules?filter=isolation`)
  await page.getByRole('row', { name: /Guest isolation/ }).click()
  await page.getByRole('link', { name: 'All its changes' }).click()
  await expect(page).toHaveURL(/kind=rules&key=a4444444/)
  await expect(page.getByText('No change was seen.')).toBeVisible()
  await look(page, 'changes-none')
})

test('a firewall that never answered', async ({ page }) => {
  await page.setViewportSize(WIDE)
  await page.goto(`/firewalls/${ids.silent}/history`)
  await expect(page.getByText('Charts begin with the first visit.').or(page.getByText('Nothing was measured in this time.'))).toBeVisible()
  await look(page, 'history-none')
})
