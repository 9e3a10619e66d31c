import { allowCommands, call, createCustomer, createSite, enrol, refresh } from './api'
import { enterCredential, lookAt, trust } from './enrol-page'
import { expect, SIGNED_OUT, test } from './fixtures'
import { addFirewall, type FakeFirewall } from './fleet-client'
import { look, WIDE } from './look'
import { browserOf, invite, join } from './people'

// Every page, light and dark, wide and on a phone: no fault that axe knows, nothing beyond the edge, and a picture to look at.

const ids: Record<string, string> = {}
let customerId = ''
let limited: FakeFirewall

test.beforeAll(async () => {
  customerId = await createCustomer('Aurland Water')
  const siteId = await createSite(customerId, 'Pumping station')
  const main = await addFirewall({ name: 'aw-pump-fw1', family: 'opnsense', version: '26.7', size: { rules: 160 }, checked: true })
  ids.main = await enrol(main, customerId, { siteId, tags: ['edge', 'water'] })
  const other = await addFirewall({ name: 'aw-office-fw1', family: 'pfsense-v2', version: '2.10' })
  ids.other = await enrol(other, customerId, { siteId })
  await allowCommands(ids.other)
  const old = await addFirewall({ name: 'aw-archive-fw1', family: 'pfsense-v1', version: '1.5' })
  ids.old = await enrol(old, customerId)
  const changed = await addFirewall({ name: 'aw-dam-fw1', family: 'opnsense', version: '25.7' })
  ids.changed = await enrol(changed, customerId, { siteId })
  const silent = await addFirewall({ name: 'aw-gate-fw1', family: 'pfsense-v2', version: '2.7' })
  ids.silent = await enrol(silent, customerId)
  for (const id of Object.values(ids)) await refresh(id)
  await changed.patch({ certificate: 'new-key' })
  await silent.patch({ scenario: 'dead' })
  for (const id of [ids.changed, ids.silent]) await call('POST', `/firewalls/${id}/refresh`, {})
  limited = await addFirewall({ name: 'aw-new-fw1', family: 'opnsense', version: '26.1' })
})

test('lists and enrolment', async ({ page, watch }) => {
  await page.setViewportSize(WIDE)
  await page.goto(`/firewalls?customer=${customerId}`)
  await expect(page.getByRole('link', { name: 'aw-dam-fw1' })).toBeVisible()
  await look(page, 'fleet')

  await page.goto(`/firewalls?customer=${customerId}&search=nothing`)
  await expect(page.getByText('No firewall matches')).toBeVisible()
  await look(page, 'fleet-no-match')

  await page.goto('/customers?search=Aurland')
  await expect(page.getByRole('heading', { name: 'Aurland Water' })).toBeVisible()
  await look(page, 'customers')

  await page.goto(`/audit?customer=${customerId}`)
  await expect(page.getByRole('cell', { name: 'firewall.enrol' }).first()).toBeVisible()
  await look(page, 'audit')

  await page.goto('/firewalls/new')
  await lookAt(page, limited.url)
  await expect(page.getByText('No credential has been sent.')).toBeVisible()
  await look(page, 'enrol-certificate')
  await trust(page, limited)
  await expect(page.getByLabel('Secret', { exact: true })).toBeVisible()
  await look(page, 'enrol-credential')
  const { key = '', secret = '' } = limited.credential('key-secret', 'limited')
  await enterCredential(page, null, { Key: key, Secret: secret })
  await expect(page.getByText(/privileges are missing\./)).toBeVisible()
  await look(page, 'enrol-test')
  await page.getByRole('button', { name: /^Go on with/ }).click()
  await expect(page.getByLabel('Customer', { exact: true })).toBeVisible()
  await look(page, 'enrol-place')

  watch.allowStatus(404)
  await page.goto('/no/such/page')
  await look(page, 'not-found')
})

test('pages of a firewall', async ({ page }) => {
  await page.setViewportSize(WIDE)
  for (const [tab, heading] of [
    ['', 'Gateways'],
    ['rules', 'Rules'],
    ['nat', 'NAT'],
    ['aliases', 'Aliases'],
    ['neighbours', 'ARP, NDP and leases'],
    ['gateways', 'Gateways'],
    ['interfaces', 'Interfaces'],
    ['carp', 'CARP'],
    ['vpn', 'VPN'],
    ['services', 'Services'],
    ['firmware', 'Firmware'],
    ['raw', 'Raw reads'],
    ['settings', 'Settings'],
    ['audit', 'Audit'],
  ] as const) {
    await page.goto(`/firewalls/${ids.main}${tab === '' ? '' : `/${tab}`}`)
    await expect(page.getByRole('heading', { level: 2, name: heading }).first()).toBeAttached()
    await expect(
      page
        .getByText(/^read \d+ (s|min) ago$/)
        .or(page.getByText('Choose a read.'))
        .or(page.getByRole('heading', { level: 3, name: 'Trust' }))
        .or(page.getByRole('cell', { name: 'firewall.enrol' }))
        .first(),
    ).toBeVisible()
    await look(page, `firewall-${tab === '' ? 'overview' : tab}`)
  }
})

test('stopped, silent, and what other families say', async ({ page }) => {
  await page.setViewportSize(WIDE)
  await page.goto(`/firewalls/${ids.changed}`)
  await expect(page.getByRole('heading', { name: 'Is this still the same firewall?' })).toBeVisible()
  await look(page, 'stopped')
  await page.goto(`/firewalls/${ids.silent}`)
  await expect(page.getByText('Unreachable').first()).toBeVisible()
  await look(page, 'silent')
  for (const [firewall, tab, heading] of [
    ['other', 'package', 'API package'],
    ['other', 'firmware', 'Firmware'],
    ['old', 'firmware', 'Firmware'],
    ['old', 'rules', 'Rules'],
  ] as const) {
    await page.goto(`/firewalls/${ids[firewall]}/${tab}`)
    await expect(page.getByRole('heading', { level: 2, name: heading }).first()).toBeVisible()
    await expect(page.getByText(/^read \d+ (s|min) ago$/).first()).toBeVisible()
    await look(page, `${firewall}-${tab}`)
  }
})

test('settings of the team and of the installation', async ({ page, browser }) => {
  await page.setViewportSize(WIDE)
  const admin = await join('Liv Aas', [
    { role: 'admin', customerId },
    { role: 'viewer', customerId: null },
  ])
  await invite('Per Strand', [{ role: 'operator', customerId }])
  await page.goto('/settings/operators')
  await expect(page.getByRole('link', { name: 'Per Strand' })).toBeVisible()
  await look(page, 'operators')
  await page.getByRole('button', { name: 'Invite an operator' }).click()
  await expect(page.getByRole('dialog')).toBeVisible()
  await look(page, 'operators-invite')
  await page.goto('/settings/operators?search=nobody')
  await expect(page.getByText('No operator matches')).toBeVisible()
  await look(page, 'operators-no-match')
  await page.goto(`/settings/operators/${admin.id}`)
  await expect(page.getByText('No token works in their name.')).toBeVisible()
  await look(page, 'operator')
  await page.getByLabel('Role 1', { exact: true }).selectOption('viewer')
  await page.getByRole('button', { name: 'Change the roles' }).click()
  await expect(page.getByRole('dialog')).toBeVisible()
  await look(page, 'operator-roles')
  for (const [name, words] of [
    ['security', 'This installation asks for no second factor.'],
    ['audit-log', 'How long entries are kept'],
    ['installation', 'What it runs on'],
  ] as const) {
    await page.goto(`/settings/${name}`)
    await expect(page.getByText(words).first()).toBeVisible()
    await look(page, `settings-${name}`)
  }

  const theirs = await browserOf(admin)
  const context = await browser.newContext({ storageState: await theirs.storageState() })
  const other = await context.newPage()
  await other.goto(`${new URL(page.url()).origin}/settings/installation`)
  await expect(other.getByText('This page is for owners')).toBeVisible()
  await look(other, 'settings-not-for-this-role')
  await context.close()
  await theirs.dispose()
})

test.describe('before a sign-in', () => {
  test.use({ storageState: SIGNED_OUT })
  test('sign-in and set-up', async ({ page }) => {
    await page.setViewportSize(WIDE)
    await page.goto('/signin')
    await expect(page.getByLabel('E-mail address')).toBeVisible()
    await look(page, 'sign-in')
    await page.goto('/setup?token=none')
    await expect(page.getByRole('heading', { name: 'Create the owner' })).toBeVisible()
    await look(page, 'set-up')
  })
})

test('everything is reached by keyboard, and the focus is always seen', async ({ page }) => {
  await page.setViewportSize(WIDE)
  await page.goto(`/firewalls?customer=${customerId}`)
  await expect(page.getByRole('link', { name: 'aw-dam-fw1' })).toBeVisible()
  const reached: string[] = []
  for (let step = 0; step < 45; step += 1) {
    await page.keyboard.press('Tab')
    const focused = await page.evaluate(() => {
      const element = document.activeElement
      if (!(element instanceof HTMLElement) || element === document.body) return null
      // A field in a frame of its own is outlined by the frame.
      const framed = [element, element.closest('[role=search] > div')].flatMap((each) => (each ? [getComputedStyle(each)] : []))
      const name = element.getAttribute('aria-label') ?? element.innerText ?? ''
      const seen = framed.some((style) => (style.outlineStyle !== 'none' && style.outlineWidth !== '0px') || style.boxShadow !== 'none')
      return { name: name.trim().split('\n')[0] ?? '', seen }
    })
    if (focused === null) break
    expect(focused.seen, `the focus on “${focused.name}” is seen`).toBe(true)
    reached.push(focused.name)
  }
  for (const name of [
    'Skip to the content',
    'Firewalls',
    'Customers',
    'Audit',
    'Enrol a firewall',
    'Add a condition',
    'Views',
    'Columns',
    'Choose all that are loaded',
    'Name',
    'aw-gate-fw1',
  ])
    expect(reached).toContain(name)

  await test.step('a dialog keeps the focus and gives it back', async () => {
    await page.goto(`/firewalls/${ids.other}/settings`)
    const change = page.getByRole('button', { name: 'Change the address' })
    await page.getByLabel('Web address').fill('https://198.51.100.61')
    await change.press('Enter')
    const dialog = page.getByRole('dialog')
    await expect(dialog.getByRole('button', { name: 'Keep the address' })).toBeFocused()
    for (let step = 0; step < 5; step += 1) {
      await page.keyboard.press('Tab')
      expect(await dialog.evaluate((element) => element.contains(document.activeElement))).toBe(true)
    }
    await page.keyboard.press('Escape')
    await expect(dialog).toBeHidden()
    await expect(change).toBeFocused()
  })
})
