import type { Page } from '@playwright/test'
import { createCustomer } from './api'
import { expect, SIGNED_OUT, test } from './fixtures'
import { look, WIDE } from './look'
import { browserOf, join, type Person } from './people'
import { authenticatorCode, signInByRequest, trySignIn } from './sign-in'
import { stepUpDialog } from './step-up'

// One's own account where no second factor is asked of anybody: name, password, sessions, and a second factor all the same.

test.use({ storageState: SIGNED_OUT, viewport: WIDE })

const part = (page: Page, name: string) => page.getByRole('region', { name, exact: true })
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
const code = (page: Page) => page.getByLabel('Code from your authenticator')

test('name, password and sessions', async ({ page, watch }) => {
  const person: Person = await join('Runa Vik', [{ role: 'viewer', customerId: await createCustomer('Kestrel Dairy') }])
  const elsewhere = await browserOf(person)
  await signInByRequest(page.request, person)

  await test.step('the name, as it stands in the sidebar', async () => {
    await page.goto('/settings/account')
    await expect(page.getByText('This installation asks for no second factor.')).toBeVisible()
    await expect(page.getByRole('navigation', { name: 'Settings' }).getByRole('link')).toHaveText(['Account', 'Sessions', 'Tokens'])
    await look(page, 'account-no-factor')
    await page.getByLabel('Name', { exact: true }).fill('')
    await button(page, 'Save the name').click()
    await expect(page.getByText('Enter your name.')).toBeVisible()
    await page.getByLabel('Name', { exact: true }).fill('Runa Vik Strand')
    await button(page, 'Save the name').click()
    await expect(page.getByText('Your name is saved.')).toBeVisible()
    await expect(button(page, 'Runa Vik Strand, viewer: account')).toBeVisible()
  })

  await test.step('where else one is signed in, and ending it', async () => {
    await page.goto('/settings/sessions')
    await expect(page.getByText('You are signed in here and in 1 other place.')).toBeVisible()
    const rows = page.getByRole('table', { name: 'Your sessions' }).getByRole('row')
    await expect(rows.nth(1)).toContainText('this one')
    await look(page, 'sessions')
    await rows
      .nth(2)
      .getByRole('button', { name: /^End the session of/ })
      .click()
    await page.getByRole('dialog').getByRole('button', { name: 'End the session' }).click()
    await expect(page.getByText('You are signed in here and nowhere else.')).toBeVisible()
    await expect(button(page, 'End all others')).toHaveAttribute('aria-disabled', 'true')
    expect((await elsewhere.get('/api/v1/me')).status()).toBe(401)
    await signInByRequest(elsewhere, person)
    await page.reload()
    await button(page, 'End all others').click()
    await page.getByRole('dialog').getByRole('button', { name: 'End all others' }).click()
    await expect(page.getByText('You are signed in here and nowhere else.')).toBeVisible()
    expect((await elsewhere.get('/api/v1/me')).status()).toBe(401)
  })

  await test.step('a new password ends the old one and every other session', async () => {
    await signInByRequest(elsewhere, person)
    await page.goto('/settings/account')
    await button(page, 'Change the password').click()
    watch.allowStatus(400)
    await page.getByLabel('Password now').fill('not the one I have')
    await page.getByLabel('New password').fill('Runa Vik in the barn')
    await expect(page.getByText('Easier to guess: your own name or address is in it.')).toBeVisible()
    await page.getByLabel('New password').fill('Heron gravel tin umbrella')
    await expect(page.getByText('Hard to guess, as long as you use it nowhere else.')).toBeVisible()
    await button(page, 'Change the password').click()
    await expect(page.getByText('This is not your present password.')).toBeVisible()
    await look(page, 'account-password')
    await page.getByLabel('Password now').fill(person.password)
    await button(page, 'Change the password').click()
    await expect(page.getByText('Your password is changed. Your other sessions have ended.')).toBeVisible()
    expect((await elsewhere.get('/api/v1/me')).status()).toBe(401)
    expect((await trySignIn(elsewhere, person)).status()).toBe(401)
    expect((await page.request.get('/api/v1/me')).status()).toBe(200)
  })
  await elsewhere.dispose()
})

test('a second factor of one’s own: made, replaced, its recovery codes, removed', async ({ page, watch }) => {
  const person = await join('Siri Fjell', [{ role: 'operator', customerId: null }])
  await signInByRequest(page.request, person)
  await page.goto('/settings/account')
  const factor = part(page, 'Second factor')
  const dialog = page.getByRole('dialog')

  /** Scans what the dialog shows and gives its first code; returns the secret. */
  const scan = async (): Promise<string> => {
    const secret = ((await dialog.getByLabel('Secret', { exact: true }).textContent()) ?? '').replace(/\s/g, '')
    await code(page).fill(authenticatorCode(secret))
    await expect(page.getByRole('dialog', { name: 'Keep these recovery codes' })).toBeVisible()
    return secret
  }
  const keep = async (): Promise<string[]> => {
    const codes = await page.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem').allTextContents()
    await page.keyboard.press('Escape')
    await page.getByLabel('I have kept them').check()
    await button(page, 'Done').click()
    await expect(dialog).toBeHidden()
    return codes
  }

  await factor.getByRole('button', { name: 'Set up a second factor' }).click()
  await expect(dialog.getByText('Your other sessions end when it is on.')).toBeVisible()
  await look(page, 'factor-dialog')
  watch.allowStatus(400, 401, 403)
  await code(page).fill('000000')
  await expect(dialog.getByText(/check that the clock of your phone is right/)).toBeVisible()
  await scan()
  const codes = await keep()
  await expect(factor.getByText('10 of 10 left')).toBeVisible()

  await test.step('a new sign-in asks for it', async () => {
    // Nothing of the page before asks on and leads away meanwhile.
    await page.goto('about:blank')
    await signInByRequest(page.request, person)
    await page.goto('/customers')
    await expect(page).toHaveURL(/\/second-factor\?next=%2Fcustomers$/)
    await button(page, 'Use a recovery code instead').click()
    await page.getByLabel('Recovery code').fill((codes[0] ?? '').toLowerCase().replaceAll('-', ' '))
    await button(page, 'Sign in').click()
    await expect(page).toHaveURL(/\/customers$/)
    await page.goto('/settings/account')
    await expect(factor.getByText('9 of 10 left')).toBeVisible()
  })

  await test.step('another authenticator takes its place', async () => {
    await factor.getByRole('button', { name: 'Replace it' }).click()
    await expect(dialog.getByText(/^The old one works until/)).toBeVisible()
    await scan()
    await keep()
    await expect(factor.getByText('10 of 10 left')).toBeVisible()
  })

  await test.step('new recovery codes end the old ones', async () => {
    await factor.getByRole('button', { name: 'Make new recovery codes' }).click()
    await dialog.getByRole('button', { name: 'Make new codes' }).click()
    await expect(page.getByRole('dialog', { name: 'Keep these recovery codes' })).toBeVisible()
    expect((await keep()).some((each) => codes.includes(each))).toBe(false)
  })

  await test.step('removed, because nobody demands it', async () => {
    await factor.getByRole('button', { name: 'Remove it' }).click()
    await dialog.getByRole('button', { name: 'Remove the second factor' }).click()
    await expect(page.getByText('Your second factor is removed.')).toBeVisible()
    await expect(factor.getByText('Off', { exact: true })).toBeVisible()
    await expect(stepUpDialog(page)).toBeHidden()
  })
})
