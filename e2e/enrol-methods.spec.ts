import type { Page } from '@playwright/test'
import { call, createCustomer } from './api'
import { enterCredential, expectUntouched, lookAt, place, stepOf, trust, WORKS } from './enrol-page'
import type { AddOptions } from './fake-firewalls/options'
import { EVERY_WAY } from './every-way'
import { expect, expectAccessible, test } from './fixtures'
import { addFirewall } from './fleet-client'

// Each family with each of its credential methods; a key with a file is in enrol.spec.ts.

const CUSTOMER = 'Rosendal Farms'
test.beforeAll(() => createCustomer(CUSTOMER))

const saved = async (page: Page): Promise<{ credential: { method: string } }> =>
  JSON.parse((await call('GET', `/firewalls/${page.url().split('/').pop() ?? ''}`)).text)

type Way = {
  name: string
  options: Omit<AddOptions, 'name'>
  method: string
  label: string
  found: string
  fields: Record<string, string>
  stored?: string
  says?: string
}
const PERSON = { 'User name': 'username', Password: 'password' }
const V1 = 'pfSense (API package v1), found without sending a credential'
const V2 = 'pfSense (REST API v2), found without sending a credential'
const WAYS: Way[] = [
  {
    name: 'rf-v2-key',
    options: { family: 'pfsense-v2', version: '2.10', settings: { auth_methods: ['KeyAuth'] } },
    method: 'api-key',
    label: 'API key',
    found: V2,
    fields: { 'API key': 'key' },
  },
  {
    name: 'rf-v2-jwt',
    options: { family: 'pfsense-v2', version: '2.7', settings: { auth_methods: ['JWTAuth'] } },
    method: 'jwt',
    label: 'User and password, exchanged for tokens',
    found: V2,
    fields: PERSON,
  },
  {
    name: 'rf-v2-basic',
    options: { family: 'pfsense-v2', version: '2.10' },
    method: 'basic',
    label: 'User and password with every call',
    found: V2,
    fields: PERSON,
  },
  {
    name: 'rf-v1-basic',
    options: { family: 'pfsense-v1', version: '1.9' },
    method: 'basic',
    label: 'User and password (local database)',
    found: V1,
    fields: PERSON,
  },
  {
    name: 'rf-v1-jwt',
    options: { family: 'pfsense-v1', version: '1.5', settings: { authmode: 'jwt' } },
    method: 'jwt',
    label: 'User and password for short tokens (JWT)',
    found: V1,
    fields: PERSON,
  },
  {
    name: 'rf-v1-token',
    options: { family: 'pfsense-v1', version: '1.9', settings: { authmode: 'token' } },
    method: 'token',
    label: 'API token',
    found: V1,
    fields: { 'Client ID': 'clientId', 'Client token': 'clientToken' },
  },
  {
    name: 'rf-v1-handed-out',
    options: { family: 'pfsense-v1', version: '1.9', settings: { authmode: 'token' } },
    method: 'jwt',
    label: 'User and password for short tokens (JWT)',
    found: V1,
    fields: PERSON,
    stored: 'token',
    says: 'Palisade keeps that token sealed and drops the password.',
  },
]

/** One way of each kind of credential is walked in a browser each time; lib/firewalls/every-family.test.ts enrols by all of them. */
const USUAL = ['rf-v2-jwt', 'rf-v1-token', 'rf-v1-handed-out']

for (const { name, options, method, label, found, fields, stored, says } of WAYS.filter((way) => EVERY_WAY || USUAL.includes(way.name))) {
  test(`${options.family} ${options.version} with ${label}${stored === undefined ? '' : ', which hands out a permanent token'}`, async ({ page }) => {
    const firewall = await addFirewall({ name, ...options })
    const values = firewall.credential(method)
    await page.goto('/firewalls/new')
    await lookAt(page, firewall.url)
    await trust(page, firewall)
    await expect(stepOf(page, 'Family').getByText(found)).toBeVisible()
    await enterCredential(page, label, Object.fromEntries(Object.entries(fields).map(([field, key]) => [field, values[key] ?? ''])))
    await expect(page.getByText(WORKS)).toBeVisible()
    if (says !== undefined) await expect(page.getByText(says)).toBeVisible()
    await page.getByRole('button', { name: 'Go on to name and place' }).click()
    await place(page, name, CUSTOMER)
    expect((await saved(page)).credential.method).toBe(stored ?? method)
    await expectUntouched(firewall)
    if (stored !== undefined) expect((await firewall.counts()).tokenRequests).toBe(1)
  })
}

test('privileges that are missing are named, and the rest is saved', async ({ page, watch }) => {
  const limited = [
    {
      firewall: await addFirewall({ name: 'rf-limited-1', family: 'opnsense', version: '26.1' }),
      privilege: 'System: Firmware',
      method: 'key-secret',
      label: null,
      fields: { Key: 'key', Secret: 'secret' },
    },
    {
      firewall: await addFirewall({ name: 'rf-limited-2', family: 'pfsense-v2', version: '2.10' }),
      privilege: 'api-v2-diagnostics-arp-table-get',
      method: 'basic',
      label: 'User and password with every call',
      fields: PERSON,
    },
  ]
  for (const { firewall, privilege, method, label, fields } of limited) {
    const values = firewall.credential(method, 'limited')
    await page.goto('/firewalls/new')
    await lookAt(page, firewall.url)
    await trust(page, firewall)
    await enterCredential(page, label, Object.fromEntries(Object.entries(fields).map(([field, key]) => [field, values[key] ?? ''])))
    await expect(page.getByText(/privileges are missing\. Everything else works\./)).toBeVisible()
    const row = page.getByRole('row').filter({ hasText: privilege }).filter({ hasText: 'Missing' })
    await expect(row.first()).toBeVisible()
    await expectAccessible(page, 'missing privileges')
    await page.getByRole('button', { name: /^Go on with \d+ features off$/ }).click()
    await place(page, firewall.name, CUSTOMER)
    await expectUntouched(firewall)
  }
  watch.allowStatus(502)
  await page.getByRole('link', { name: 'ARP and leases' }).click()
  const section = page.getByRole('region', { name: /ARP/ }).first()
  await section.getByRole('button', { name: 'Refresh', exact: true }).click()
  await expect(section.getByText('api-v2-diagnostics-arp-table-get').first()).toBeVisible()
})
