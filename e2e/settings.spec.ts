import type { Page } from '@playwright/test'
import { z } from 'zod'
import { apiClient } from '@/lib/cli/api-client.mjs'
import { askForNoSecondFactor } from '@/lib/cli/demo/no-second-factor.mjs'
import { createCustomer } from './api'
import { expect, expectAccessible, expectNoSideScroll, SIGNED_OUT, test } from './fixtures'
import { browserOf, followLink, invite, join, type Person } from './people'
import { shared } from './shared'
import { signInByRequest } from './sign-in'
import { startProduct } from './started'

// Who may sign in and what the owner decides, from the pages.

// A session of its own: proving who one is renews it, and the other files go on with theirs.
test.use({ storageState: SIGNED_OUT })
test.beforeEach(({ page }) => signInByRequest(page.request, shared().owner))

let customerId = ''
let otherId = ''
test.beforeAll(async () => {
  customerId = await createCustomer('Tarn Valley Rail')
  otherId = await createCustomer('Ullswater Mills')
})

const roles = (page: Page) => page.getByRole('region', { name: 'Roles' })
const row = (page: Page, name: string) => page.getByRole('table', { name: 'Operators' }).getByRole('row').filter({ hasText: name })
const open = async (page: Page, person: Person): Promise<void> => {
  await page.goto(`/settings/operators/${person.id}`)
  await expect(page.getByRole('heading', { level: 2, name: person.name })).toBeVisible()
}

test('an invitation is a link that is shown once', async ({ page }) => {
  await page.goto('/settings/operators')
  await page.getByRole('button', { name: 'Invite an operator' }).click()
  const dialog = page.getByRole('dialog')
  await test.step('what is missing is said beside it', async () => {
    await dialog.getByRole('button', { name: 'Make the invitation' }).click()
    await expect(dialog.getByText('Not an e-mail address.')).toBeVisible()
    await expect(dialog.getByText('Enter a name.')).toBeVisible()
    await expectAccessible(page, 'the invitation')
  })
  const email = `odd.berg.${Date.now()}@nordwall.example`
  await dialog.getByLabel('E-mail address').fill(email)
  await dialog.getByLabel('Name', { exact: true }).fill('Odd Berg')
  await dialog.getByLabel('Role 1', { exact: true }).selectOption('operator')
  await dialog.getByLabel('Customer of role 1').selectOption({ label: 'Tarn Valley Rail' })
  await dialog.getByRole('button', { name: 'Add a role' }).click()
  await dialog.getByLabel('Customer of role 2').selectOption({ label: 'Ullswater Mills' })
  await dialog.getByRole('button', { name: 'Make the invitation' }).click()

  await expect(dialog.getByText('Odd Berg is invited')).toBeVisible()
  const link = (await dialog.getByLabel('Link', { exact: true }).textContent()) ?? ''
  expect(link).toMatch(new RegExp(`^${shared().url}/join#[A-Za-z0-9_-]{40,}$`))
  await expect(dialog.getByText(/It works once, for 48 hours/)).toBeVisible()
  await expectAccessible(page, 'the link')
  await dialog.getByRole('button', { name: 'Done' }).click()

  await row(page, 'Odd Berg').filter({ hasText: 'Invited' }).last().getByRole('link', { name: 'Odd Berg' }).click()
  await expect(page.getByText(email)).toBeVisible()
  await expect(page.getByText(/The invitation by .+ works until/)).toBeVisible()
  expect(await page.content()).not.toContain(link.slice(-43))

  await test.step('a new one replaces it', async () => {
    await page.getByRole('button', { name: 'Make a new invitation' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Make the link' }).click()
    const next = (await page.getByRole('dialog').getByLabel('Link', { exact: true }).textContent()) ?? ''
    expect(next).not.toBe(link)
    const look = (token: string) => page.request.post('/api/v1/join/look', { data: { token: new URL(token).hash.slice(1) }, headers: { origin: shared().url } })
    expect((await look(link)).status()).toBe(410)
    expect((await look(next)).status()).toBe(200)
  })
})

test('roles are changed with what was and what will be before the eyes, and hold at the next request', async ({ page, browser }) => {
  const person = await join('Signe Dahl', [{ role: 'admin', customerId }])
  const theirs = await browserOf(person)
  const context = await browser.newContext({ baseURL: shared().url, storageState: await theirs.storageState() })
  const other = await context.newPage()

  await test.step('an admin of one customer gives no more than that', async () => {
    await other.goto('/settings/operators')
    await expect(row(other, 'Signe Dahl')).toContainText('Admin of Tarn Valley Rail')
    await expect(row(other, 'Mira')).toHaveCount(0)
    await other.getByRole('button', { name: 'Invite an operator' }).click()
    const places = other.getByRole('dialog').getByLabel('Customer of role 1')
    await expect(places.getByRole('option', { name: /^All customers: Only an admin/ })).toBeDisabled()
    await expect(places.getByRole('option', { name: 'Ullswater Mills' })).toHaveCount(0)
    await expect(other.getByRole('dialog').getByRole('option', { name: /^Owner: / })).toBeDisabled()
    await other.keyboard.press('Escape')
    await other.goto('/settings/security')
    await expect(other.getByText('This page is for owners')).toBeVisible()
    await expect(other.getByText(/This needs the owner\. You are an admin here\./)).toBeVisible()
  })

  await open(page, person)
  await expect(page.getByRole('button', { name: 'Change the roles' })).toHaveAttribute('aria-disabled', 'true')
  await roles(page).getByLabel('Role 1', { exact: true }).selectOption('viewer')
  await roles(page).getByRole('button', { name: 'Add a role' }).click()
  await roles(page).getByLabel('Customer of role 2').selectOption({ label: 'Ullswater Mills' })
  await page.getByRole('button', { name: 'Change the roles' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByText('Takes away: ').locator('..')).toContainText('Admin of Tarn Valley Rail')
  await expect(dialog.getByText('Gives: ')).toHaveCount(2)
  await expectAccessible(page, 'a change of roles')
  await dialog.getByRole('button', { name: 'Change the roles' }).click()
  await expect(dialog).toBeHidden()
  await expect(page.getByText('The roles of Signe Dahl are changed.')).toBeVisible()

  await other.goto('/settings/operators')
  await expect(other.getByText('This page is for admins')).toBeVisible()
  const customers = z.object({ items: z.array(z.object({ id: z.string() })) }).parse(await (await theirs.get('/api/v1/customers')).json())
  expect(customers.items.map(({ id }) => id).sort()).toEqual([customerId, otherId].sort())
  await context.close()
  await theirs.dispose()
})

test('an owner signs someone out, revokes a token, disables, enables and removes', async ({ page }) => {
  const person = await join('Tor Lund', [{ role: 'admin', customerId }])
  const theirs = await browserOf(person)
  const created = await theirs.post('/api/v1/tokens', { data: { name: 'meters', role: 'viewer', customerIds: null, days: 30 } })
  expect(created.status()).toBe(201)
  const { secret } = z.object({ secret: z.string() }).parse(await created.json())
  const byToken = async () => (await fetch(`${shared().url}/api/v1/customers`, { headers: { authorization: `Bearer ${secret}` } })).status
  expect(await byToken()).toBe(200)
  await open(page, person)

  await test.step('the token', async () => {
    await page.getByRole('button', { name: 'Revoke meters' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke the token' }).click()
    await expect(page.getByText('No token works in their name. 1 has ended or been revoked.')).toBeVisible()
    expect(await byToken()).toBe(401)
  })
  await test.step('the sessions', async () => {
    expect((await theirs.get('/api/v1/me')).status()).toBe(200)
    await page.getByRole('button', { name: 'End all sessions' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'End all sessions' }).click()
    await expect(page.getByRole('dialog')).toBeHidden()
    expect((await theirs.get('/api/v1/me')).status()).toBe(401)
  })
  await test.step('disabled, with what happens in a sentence', async () => {
    await page.getByRole('button', { name: 'Disable this operator' }).click()
    await expect(page.getByRole('dialog').getByText('They are signed out and cannot sign in until someone enables them.')).toBeVisible()
    await page.getByRole('dialog').getByRole('button', { name: 'Disable this operator' }).click()
    await expect(page.getByText('Disabled', { exact: true })).toBeVisible()
    await expect(browserOf(person)).rejects.toThrow()
    await page.getByRole('button', { name: 'Enable this operator' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Enable this operator' }).click()
    await expect(page.getByText('Active', { exact: true })).toBeVisible()
  })
  await test.step('removed once the address is typed; the audit keeps what was done', async () => {
    await page.getByRole('button', { name: 'Remove this operator' }).click()
    const dialog = page.getByRole('dialog')
    await expect(dialog.getByRole('button', { name: 'Remove this operator' })).toHaveAttribute('aria-disabled', 'true')
    await dialog.getByLabel(/^Type/).fill(person.email)
    await dialog.getByRole('button', { name: 'Remove this operator' }).click()
    await expect(page).toHaveURL(/\/settings\/operators$/)
    await expect(row(page, 'Tor Lund')).toHaveCount(0)
    await page.goto('/audit?actor=Tor+Lund&action=token.create')
    await expect(page.getByRole('cell', { name: 'token.create' })).toBeVisible()
    await page.getByRole('button', { name: 'Remove the condition on who' }).click()
    await expect(page).not.toHaveURL(/actor=/)
  })
  await theirs.dispose()
})

test('the last owner and oneself: what cannot be done says why', async ({ page }) => {
  await page.goto('/settings/operators')
  await page.getByLabel('Search name, e-mail').fill(shared().owner.email)
  await row(page, shared().owner.email).getByRole('link').click()
  await expect(page.getByText('This is the last owner. Someone else has to be an owner before this one gets less.')).toBeVisible()
  for (const name of ['Disable this operator', 'Remove this operator']) {
    const button = page.getByRole('button', { name })
    await expect(button).toHaveAttribute('aria-disabled', 'true')
    await expect(button).toHaveAccessibleDescription('This is the last owner. Make someone else an owner first.')
  }
  await expect(page.getByRole('button', { name: 'End all sessions' })).toHaveAccessibleDescription(/^This is you\./)
})

test('the list: conditions in the address, by keyboard, and nothing found', async ({ page }) => {
  const { person } = await invite('Unni Foss', [{ role: 'viewer', customerId: otherId }])
  await page.goto(`/settings/operators?customer=${otherId}&state=invited`)
  await expect(row(page, 'Unni Foss')).toContainText('Viewer of Ullswater Mills')
  await page.keyboard.press('/')
  await expect(page.getByLabel('Search name, e-mail')).toBeFocused()
  await page.keyboard.type('nobody of this name')
  await expect(page.getByText('No operator matches')).toBeVisible()
  await expect(page).toHaveURL(/search=nobody\+of\+this\+name/)
  await page.getByRole('button', { name: 'Remove the search text' }).click()
  await expect(row(page, 'Unni Foss')).toBeVisible()
  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/settings\/operators\/[0-9a-f-]{36}$/)
  await page.goto(`/settings/operators?search=${encodeURIComponent(person.email)}&factor=yes`)
  await expect(page.getByText('No operator matches')).toBeVisible()
})

test('a password link, used once, ends what was open', async ({ page }) => {
  const person = await join('Vigdis Moe', [{ role: 'viewer', customerId }])
  const theirs = await browserOf(person)
  await open(page, person)
  await page.getByRole('button', { name: 'Make a password link' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Make the link' }).click()
  const link = (await page.getByRole('dialog').getByLabel('Link', { exact: true }).textContent()) ?? ''
  const changed = { ...person, password: 'Another harbour of quiet gulls' }
  await followLink(link, changed)
  await expect(followLink(link, changed)).rejects.toThrow(/410/)
  expect((await theirs.get('/api/v1/me')).status()).toBe(401)
  await (await browserOf(changed)).dispose()
  await theirs.dispose()
})

test('what the owner decides: second factors, retention, and how Palisade itself is', async ({ page }) => {
  await page.goto('/settings/security')
  await expect(page.getByText('This installation asks for no second factor.')).toBeVisible()
  await page.getByRole('radio', { name: 'Everyone' }).check()
  await expect(page.getByText(/will be asked to set one up at their next page|asked to set one up at your next page/)).toBeVisible()
  await expectAccessible(page, 'a rule that is not saved yet')
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByRole('radio', { name: 'Nobody' })).toBeChecked()
  await page.getByRole('link', { name: 'Show who has none' }).click()
  await expect(page).toHaveURL(/factor=no/)

  await page.goto('/settings/audit-log')
  await page.getByRole('radio', { name: 'For a number of days' }).check()
  await page.getByLabel('Days', { exact: true }).fill('3')
  await page.getByRole('button', { name: 'Save how long' }).click()
  await expect(page.getByText('At least 30 days.')).toBeVisible()
  await page.getByLabel('Days', { exact: true }).fill('36500')
  await page.getByRole('button', { name: 'Save how long' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Keep 36,500 days' }).click()
  await expect(page.getByText('Now: 36,500 days.')).toBeVisible()
  await page.getByRole('radio', { name: 'For ever' }).check()
  await page.getByRole('button', { name: 'Save how long' }).click()
  await expect(page.getByText('Now: for ever.')).toBeVisible()
  await expect(page.getByLabel('Public key of the signatures')).toContainText('BEGIN PUBLIC KEY')

  await page.goto('/settings/installation')
  await expect(page.getByText('There is no backup.')).toBeVisible()
  await expect(page.getByText('npm run admin -- backup create')).toBeVisible()
  await expect(page.getByRole('region', { name: 'What it runs on' })).toContainText(process.versions.node)
})

test('on a phone the list is cards, and everything fits', async ({ page }) => {
  const person = await join('Ase Vik', [{ role: 'operator', customerId }])
  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto('/settings/operators')
  const card = page.getByRole('list', { name: 'Operators' }).getByRole('listitem').filter({ hasText: person.name })
  await expect(card).toContainText('Operator of Tarn Valley Rail')
  await expectNoSideScroll(page, 'the operators')
  await card.getByRole('link').click()
  await expect(page.getByRole('heading', { level: 2, name: person.name })).toBeVisible()
  await expectNoSideScroll(page, 'an operator')
  await page.getByRole('button', { name: 'Make a password link' }).click()
  await expect(page.getByRole('dialog')).toBeVisible()
  await expectNoSideScroll(page, 'a dialog of an operator')
})

test('a stricter rule holds at once, also for who saved it', async ({ browser }) => {
  // An installation of its own: the rule would put the other files out of theirs.
  const { owner } = shared()
  const product = await startProduct({ PALISADE_ADMIN_EMAIL: owner.email, PALISADE_ADMIN_PASSWORD: owner.password })
  try {
    await askForNoSecondFactor(apiClient(product.url, await product.token(owner.email, 'owner')))
    const context = await browser.newContext({ baseURL: product.url })
    const page = await context.newPage()
    await signInByRequest(page.request, owner)
    await page.goto('/settings/security')
    await page.getByRole('radio', { name: 'Everyone' }).check()
    await expect(page.getByText('You will be asked to set one up at your next page.')).toBeVisible()
    await page.getByRole('button', { name: 'Save the rule' }).click()
    await expect(page).toHaveURL(/\/second-factor\?next=/)
    await page.goto('/firewalls')
    await expect(page).toHaveURL(/\/second-factor\?next=%2Ffirewalls/)
    await context.close()
  } finally {
    await product.stop()
  }
})
