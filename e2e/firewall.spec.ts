import type { Page } from '@playwright/test'
import { allowCommands, createCustomer, createSite, enrol, refresh } from './api'
import type { AddOptions } from './fake-firewalls/options'
import { expect, test } from './fixtures'
import { addFirewall, type FakeFirewall } from './fleet-client'

// Every page of a firewall, for one firewall of each family: what the firewall holds is what the page shows.

const QUICK = { check: 200 }
let customerId = ''
test.beforeAll(async () => {
  customerId = await createCustomer('Lindqvist Dental')
})

/** What the simulated firewall holds, by tab; the title is that of the page. */
type Tab = { link: string; title: string; shows: string[] }
const COMMON: Tab[] = [
  { link: 'Gateways', title: 'Gateways', shows: ['203.0.113.1'] },
  { link: 'CARP', title: 'CARP', shows: ['192.168.1.254', 'Master'] },
  { link: 'Services', title: 'Services', shows: ['unbound', 'Stopped'] },
]
const PFSENSE: Tab[] = [
  ...COMMON,
  { link: 'Rules', title: 'Rules', shows: ['Floating: reject block list', 'NAT NAS https', 'Block DMZ to LAN'] },
  { link: 'NAT', title: 'NAT', shows: ['NAS https', '192.168.1.10', 'LAN to WAN'] },
  { link: 'Aliases', title: 'Aliases', shows: ['BlockList', 'Blocked networks', '198.51.100.0/24'] },
  { link: 'ARP and leases', title: 'ARP, NDP and leases', shows: ['192.168.1.101', '52:54:00:bb:01:01', 'laptop-anna'] },
  { link: 'Interfaces', title: 'Interfaces', shows: ['DMZ', 'em2'] },
  { link: 'VPN', title: 'VPN', shows: ['anna', '10.8.0.2'] },
]
const OPNSENSE: Tab[] = [
  ...COMMON,
  {
    link: 'Rules',
    title: 'Rules',
    shows: ['Default deny / state violation rule', 'DNS floating', 'Guest isolation', 'Legacy: allow printers', 'MSP management <HTTPS> & more'],
  },
  { link: 'NAT', title: 'NAT', shows: ['NAS public', '203.0.113.20'] },
  { link: 'Aliases', title: 'Aliases', shows: ['mgmt_hosts', 'MSP jump hosts', '198.51.100.10'] },
  { link: 'ARP and leases', title: 'ARP, NDP and leases', shows: ['192.168.1.101', '3c:22:fb:12:34:56', 'laptop-anna', 'Apple, Inc.'] },
  { link: 'Interfaces', title: 'Interfaces', shows: ['Guest & IoT', 'igc1_vlan20'] },
  { link: 'VPN', title: 'VPN', shows: ['Head office', 'Road warriors'] },
]

const openTab = async (page: Page, link: string): Promise<void> =>
  page
    .getByRole('navigation', { name: 'Pages of this firewall' })
    .getByRole('link', { name: new RegExp(`^${link}\\b`) })
    .click()

/** Content, age, and a refresh that really asks the firewall. */
async function expectTab(page: Page, firewall: FakeFirewall, { link, title, shows }: Tab): Promise<void> {
  await openTab(page, link)
  const section = page.getByRole('region', { name: title, exact: true })
  await expect(section.getByRole('heading', { level: 2, name: title })).toBeVisible()
  for (const text of shows) await expect(section.getByText(text).first()).toBeVisible()
  await expect(section.getByText(/^read \d+ (s|min) ago$/).first()).toBeVisible()
  const before = (await firewall.counts()).requests
  await section.getByRole('button', { name: 'Refresh', exact: true }).first().click()
  await expect.poll(async () => (await firewall.counts()).requests).toBeGreaterThan(before)
  await expect(section.getByText(/^read \d+ s ago$/).first()).toBeVisible()
  for (const text of shows) await expect(section.getByText(text).first()).toBeVisible()
}

async function opened(page: Page, options: AddOptions, more: Record<string, unknown> = {}): Promise<{ firewall: FakeFirewall; id: string }> {
  const firewall = await addFirewall(options)
  const id = await enrol(firewall, customerId, more)
  await refresh(id)
  await page.goto(`/firewalls/${id}`)
  await expect(page.getByRole('heading', { level: 1, name: firewall.name })).toBeVisible()
  return { firewall, id }
}

async function checkForUpdates(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Check now/ }).click()
  await expect(page.getByText(/^The check ended \d+ s ago\.$/)).toBeVisible({ timeout: 60_000 })
}

test('every page of an OPNsense', async ({ page, context }) => {
  const { firewall, id } = await opened(
    page,
    { name: 'ld-bergen-fw1', family: 'opnsense', version: '26.7', durationsMs: QUICK, health: { rulesLoaded: false } },
    { tags: ['edge'], siteId: await createSite(customerId, 'Bergen') },
  )

  await test.step('overview', async () => {
    await expect(page.getByRole('link', { name: 'Lindqvist Dental, Bergen' })).toBeVisible()
    await expect(page.getByText('LTE_GW').first()).toBeVisible()
    await expect(page.getByText('There were error(s) loading the rules')).toBeVisible()
    await expect(page.getByText('Intel(R) Atom(TM) CPU C3558').first()).toBeVisible()
    const own = page.getByRole('link', { name: 'Own interface' })
    await expect(own).toHaveAttribute('href', new RegExp(`^${firewall.url}/?$`))
    await expect(own).toHaveAttribute('rel', /noreferrer/)
  })

  for (const tab of OPNSENSE) await test.step(tab.link, () => expectTab(page, firewall, tab))

  await test.step('rules: layers, a filter in the address, an opened rule, copied text', async () => {
    await openTab(page, 'Rules')
    const layers = page.getByRole('navigation', { name: 'Layers of rules' })
    for (const layer of ['Floating', 'Interface', 'Automatic', 'Legacy'])
      await expect(layers.getByRole('button', { name: new RegExp(layer) }).first()).toBeVisible()
    await layers.getByRole('button', { name: /Legacy/ }).click()
    await expect(page).toHaveURL(/layer=legacy/)
    await expect(page.getByText('Guest isolation')).toBeHidden()
    await layers.getByRole('button', { name: /Legacy/ }).click()
    await page.getByLabel('Filter the rules').fill('isolation')
    await expect(page.getByText('1 of 9 shown')).toBeVisible()
    await expect(page).toHaveURL(/filter=isolation/)
    await page.reload()
    await expect(page.getByText('1 of 9 shown')).toBeVisible()
    await page.getByRole('row', { name: /Guest isolation/ }).click()
    await expect(page.getByText('a4444444-4444-4444-8444-444444444444')).toBeVisible()
    await context.grantPermissions(['clipboard-read', 'clipboard-write'])
    await page.getByRole('button', { name: 'Copy 1 as text' }).click()
    await expect(page.getByRole('button', { name: 'Copied' })).toBeVisible()
    expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(/^ld-bergen-fw1: 1 of 9 rules[\s\S]+# Guest isolation\n$/)
    await page.getByLabel('Filter the rules').fill('no such rule')
    await page.getByRole('button', { name: 'Remove the filter “no such rule”' }).click()
    await expect(page.getByText('9 of 9 shown')).toBeVisible()
  })

  await test.step('firmware: never checked, a check, what is offered, its change notes', async () => {
    await openTab(page, 'Firmware')
    await expect(page.getByText('Never checked').first()).toBeVisible()
    await checkForUpdates(page)
    await expect(page.getByText('26.7.2').first()).toBeVisible()
    await expect(page.getByRole('heading', { name: /What the update would touch/ })).toBeVisible()
    await page.getByLabel('Version', { exact: true }).selectOption({ index: 1 })
    await expect(page.getByLabel(/^Change notes of /)).toHaveText(/\S/)
    expect((await firewall.counts()).updateStarts).toBe(0)
  })

  await test.step('raw: only named reads', async () => {
    await openTab(page, 'Raw')
    await page.getByRole('navigation', { name: 'Raw reads' }).getByRole('button', { name: 'ARP table' }).click()
    await expect(page.getByLabel('Reply: ARP table')).toContainText('laptop-anna')
    await expect(page).toHaveURL(/read=arp/)
  })

  await test.step('its audit tells all of it', async () => {
    await openTab(page, 'Audit')
    for (const action of ['firewall.enrol', 'firewall.read', 'firewall.check', 'firewall.changelog.read', 'firewall.raw.read'])
      await expect(page.getByRole('cell', { name: action, exact: true }).first()).toBeVisible()
  })
  await page.goto(`/firewalls/${id}/package`)
  await expect(page.getByText('No API package.')).toBeVisible()
  expect((await firewall.counts()).authenticationFailures).toBe(0)
})

test('every page of a pfSense with the REST API v2, from command permission to removal', async ({ page, context }) => {
  const { firewall } = await opened(page, { name: 'ld-tromso-fw1', family: 'pfsense-v2', version: '2.10', durationsMs: QUICK })
  await expect(page.getByText('kea-dhcp4 is stopped').first()).toBeVisible()
  for (const tab of PFSENSE) await test.step(tab.link, () => expectTab(page, firewall, tab))

  await test.step('firmware says what it cannot do without commands', async () => {
    await openTab(page, 'Firmware')
    await expect(page.getByRole('button', { name: /^Check now/ })).toHaveAttribute('aria-disabled', 'true')
    await page.getByRole('main').getByRole('link', { name: 'Command permission in the settings' }).click()
    await page.getByRole('button', { name: 'Switch commands on' }).click()
    const dialog = page.getByRole('dialog')
    await expect(dialog.getByText('Only fixed commands are sent')).toBeVisible()
    await dialog.getByRole('button', { name: 'Switch commands on' }).click()
    await expect(page.getByRole('button', { name: 'Switch commands off' })).toBeVisible()
    await openTab(page, 'Firmware')
    await checkForUpdates(page)
    await expect(page.getByText('2.8.2').first()).toBeVisible()
    const counts = await firewall.counts()
    expect(counts.commandsRun.length).toBeGreaterThan(0)
    expect(counts.updateStarts).toBe(0)
  })

  await test.step('API package: commands to copy', async () => {
    await openTab(page, 'API package')
    await context.grantPermissions(['clipboard-read', 'clipboard-write'])
    const install = page.getByRole('listitem').filter({ has: page.getByLabel('Install for pfSense 2.8.1') })
    await install.getByRole('button', { name: 'Copy' }).click()
    await expect(install.getByRole('button', { name: 'Copied' })).toBeVisible()
    expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(/^pkg-static add https:\/\/\S+\.pkg/)
  })

  await test.step('settings: name, tags, a pause with its reason, and a form that knows it is stale', async () => {
    await openTab(page, 'Settings')
    await page.getByLabel('Name', { exact: true }).fill('ld-tromso-fw2')
    await page.getByLabel('Tags').fill('north spare')
    await page.getByRole('button', { name: 'Save name and place' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'ld-tromso-fw2' })).toBeVisible()
    await page.getByRole('button', { name: 'More for this firewall' }).click()
    await page.getByRole('menuitem', { name: 'Pause visits' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Go on visiting' }).click()
    await expect(page.getByRole('button', { name: 'More for this firewall' })).toBeFocused()
    await page.keyboard.press('Enter')
    await page.getByRole('menuitem', { name: 'Pause visits' }).click()
    await page.getByLabel('Reason').fill('new power supply')
    await page.getByRole('dialog').getByRole('button', { name: 'Pause visits' }).click()
    await expect(page.getByText('new power supply').first()).toBeVisible()
    await expect(page.getByText('Paused', { exact: true }).first()).toBeVisible()
    await page.getByRole('button', { name: 'More for this firewall' }).click()
    await page.getByRole('menuitem', { name: 'Resume visits' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Resume visits' }).click()
    await expect(page.getByText('Paused', { exact: true })).toBeHidden()
  })

  await test.step('removal asks for the name', async () => {
    await page.getByRole('button', { name: 'More for this firewall' }).click()
    await page.getByRole('menuitem', { name: 'Remove from Palisade' }).click()
    const dialog = page.getByRole('dialog')
    await expect(dialog.getByRole('button', { name: 'Remove this firewall' })).toHaveAttribute('aria-disabled', 'true')
    await dialog.getByLabel(/^Type/).fill('ld-tromso-fw2')
    await dialog.getByRole('button', { name: 'Remove this firewall' }).click()
    await expect(page).toHaveURL(/\/firewalls$/)
    await expect(page.getByText('ld-tromso-fw2 was removed from Palisade.')).toBeVisible()
    await page.getByLabel('Add a condition').fill('ld-tromso-fw2')
    await page.keyboard.press('Enter')
    await expect(page.getByText('No firewall matches')).toBeVisible()
  })
})

test('every page of a pfSense with the API package v1', async ({ page, watch }) => {
  const { firewall, id } = await opened(page, { name: 'ld-voss-fw1', family: 'pfsense-v1', version: '1.9', durationsMs: QUICK })
  for (const tab of PFSENSE) await test.step(tab.link, () => expectTab(page, firewall, tab))

  await test.step('firmware and API package', async () => {
    await openTab(page, 'Firmware')
    await expect(page.getByText('2.7.2').first()).toBeVisible()
    await expect(page.getByText('pfSense-pkg-Backup').first()).toBeVisible()
    await checkForUpdates(page)
    await openTab(page, 'API package')
    await expect(page.getByText(/^pkg-static add /).first()).toBeVisible()
    await allowCommands(id)
    expect((await firewall.counts()).commandsRun).toEqual([])
  })

  await test.step('what the family cannot tell is said, not shown as nothing', async () => {
    await openTab(page, 'VPN')
    await expect(page.getByText('The v1 API has no endpoint for WireGuard.')).toBeVisible()
    watch.allowStatus(404)
    await page.goto(`/firewalls/${id.replace(/^.{8}/, '00000000')}`)
    await expect(page.getByText('There is no such firewall.')).toBeVisible()
  })
  expect((await firewall.counts()).writes).toEqual([])
})
