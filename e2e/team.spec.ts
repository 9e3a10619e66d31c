import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { BrowserContext, Page } from '@playwright/test'
import { z } from 'zod'
import { apiClient } from '@/lib/cli/api-client.mjs'
import { complaintsOf, expect, SIGNED_OUT, test } from './fixtures'
import { addFirewall } from './fleet-client'
import { look, WIDE } from './look'
import { button, codeField as code, makeSecondFactor, signIn, signOut } from './newcomer'
import { startProduct, type Started } from './started'
import { ageProofs, stepUpDialog } from './step-up'

// From an empty installation to two people who share it: an owner with a second factor invites an admin of one customer,
// who joins, sees that customer alone, proves who they are before a dangerous act, and is put out again.

const OWNER = { name: 'Ida Brandt', email: 'ida.brandt@nordwall.example', password: 'Seven oboes in a quarry' }
const TOVE = { name: 'Tove Lunde', email: 'tove.lunde@nordwall.example', password: 'A lantern under nine ferries' }
const LINK = /http:\/\/localhost:\d+\/setup\?token=\S+/

let product: Started
let folder = ''
test.use({ storageState: SIGNED_OUT, viewport: WIDE })
test.beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'palisade-e2e-team-'))
  product = await startProduct({ PALISADE_DATA_DIR: folder })
})
test.afterAll(async () => {
  await product.stop()
  rmSync(folder, { recursive: true, force: true })
})

const created = z.object({ id: z.string() })
/** Two customers with a firewall each, enrolled as automation does it. */
async function enrolTwo(): Promise<{ ours: string; foreign: string }> {
  const api = apiClient(product.url, await product.token(OWNER.email, 'owner'))
  const enrol = async (customer: string, name: string): Promise<string> => {
    const { id: customerId } = created.parse(await api('POST', '/customers', { name: customer }))
    const firewall = await addFirewall({ name, family: 'pfsense-v2', version: '2.10' })
    const body = {
      name,
      customerId,
      family: firewall.family,
      baseUrl: firewall.url,
      trust: { mode: 'pin', sha256: firewall.sha256 },
      credential: { ...firewall.credential('api-key'), method: 'api-key' },
    }
    return created.parse(await api('POST', '/firewalls', body)).id
  }
  return { ours: await enrol('Anvil & Sons', 'as-forge-fw1'), foreign: await enrol('Bellweather Wool', 'bw-mill-fw1') }
}

async function setUpOwner(page: Page): Promise<() => string> {
  await page.goto(LINK.exec(product.output())?.[0] ?? '')
  await page.getByLabel('Your name').fill(OWNER.name)
  await page.getByLabel('E-mail address').fill(OWNER.email)
  await page.getByLabel('Password', { exact: true }).fill(OWNER.password)
  await button(page, 'Create the owner and sign in').click()
  await expect(page).toHaveURL(`${product.url}/second-factor?next=%2F`)
  const { nextCode } = await makeSecondFactor(page, 'second-factor')
  await expect(page).toHaveURL(`${product.url}/`)
  return nextCode
}

async function inviteTove(page: Page): Promise<string> {
  await page.goto(`${product.url}/settings/operators`)
  await button(page, 'Invite an operator').first().click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('E-mail address').fill(TOVE.email)
  await dialog.getByLabel('Name', { exact: true }).fill(TOVE.name)
  await dialog.getByLabel('Role 1', { exact: true }).selectOption('admin')
  await dialog.getByLabel('Customer of role 1').selectOption({ label: 'Anvil & Sons' })
  await dialog.getByRole('button', { name: 'Make the invitation' }).click()
  const link = (await dialog.getByLabel('Link', { exact: true }).textContent()) ?? ''
  await dialog.getByRole('button', { name: 'Done' }).click()
  return link
}

/** The status of a call with the cookies of a browser. */
async function statusOf(context: BrowserContext, address: string): Promise<number> {
  return (await context.request.get(`${product.url}${address}`)).status()
}

test('two people share an installation', async ({ page, browser, watch }) => {
  test.setTimeout(420_000)
  const ownerCode = await setUpOwner(page)
  const { ours, foreign } = await enrolTwo()
  const link = await inviteTove(page)
  expect(link).toMatch(/\/join#[\w-]{40,}$/)

  const context = await browser.newContext({ storageState: SIGNED_OUT, viewport: WIDE })
  const allowed = new Set<number>()
  const complaints = complaintsOf(context, allowed)
  const tove = await context.newPage()

  await test.step('a link that is not whole, and one that never was', async () => {
    ;[400, 410].forEach((status) => allowed.add(status))
    await tove.goto(`${product.url}/join`)
    await expect(tove.getByRole('heading', { name: 'The link is not complete' })).toBeVisible()
    await look(tove, 'join-incomplete')
    await tove.goto(`${product.url}/join#${'x'.repeat(43)}`)
    await expect(tove.getByRole('heading', { name: 'This link has ended' })).toBeVisible()
    await look(tove, 'join-ended')
  })

  const { nextCode, recoveryCodes } = await test.step('joining: name, password, second factor', async () => {
    await tove.goto(link)
    await expect(tove.getByRole('heading', { name: 'Join Palisade' })).toBeVisible()
    await expect(tove.getByText(TOVE.email)).toBeVisible()
    expect(tove.url()).toBe(`${product.url}/join`)
    await expect(tove.getByLabel('Your name')).toHaveValue(TOVE.name)
    await tove.getByLabel('Password', { exact: true }).fill('too short')
    await expect(tove.getByText('6 more; a few words in a row are good.')).toBeVisible()
    await button(tove, 'Join and sign in').click()
    await expect(tove.getByLabel('Password', { exact: true })).toHaveAttribute('aria-invalid', 'true')
    await tove.getByLabel('Password', { exact: true }).fill('passwordpassword')
    await button(tove, 'Join and sign in').click()
    await expect(tove.getByText('Too easy to guess')).toBeVisible()
    await tove.getByLabel('Password', { exact: true }).fill(TOVE.password)
    await look(tove, 'join')
    await button(tove, 'Join and sign in').click()
    await expect(tove).toHaveURL(`${product.url}/second-factor?next=%2F`)
    allowed.add(401)
    expect(await statusOf(context, '/api/v1/firewalls')).toBe(401)
    return makeSecondFactor(tove, null)
  })

  await test.step('what Tove sees is one customer, in lists, counts and the audit', async () => {
    await expect(tove).toHaveURL(`${product.url}/`)
    await expect(tove.getByRole('rowheader', { name: /Anvil & Sons/ })).toBeVisible()
    await expect(tove.getByText('Bellweather Wool')).toHaveCount(0)
    await tove.goto(`${product.url}/firewalls`)
    await expect(tove.getByRole('link', { name: 'as-forge-fw1' })).toBeVisible()
    await expect(tove.getByText('bw-mill-fw1')).toHaveCount(0)
    await expect(tove.getByText('1 firewall', { exact: false }).first()).toBeVisible()
    await tove.goto(`${product.url}/customers`)
    await expect(tove.getByRole('heading', { name: 'Anvil & Sons' })).toBeVisible()
    await expect(tove.getByText('Bellweather')).toHaveCount(0)
    await expect(tove.getByText('1 customer', { exact: true })).toBeVisible()
    await tove.goto(`${product.url}/audit`)
    await expect(tove.getByRole('cell', { name: 'firewall.enrol' })).toHaveCount(1)
    await expect(tove.getByText('bw-mill-fw1')).toHaveCount(0)
    allowed.add(404)
    await tove.goto(`${product.url}/firewalls/${foreign}`)
    await expect(tove.getByText('There is no such firewall.')).toBeVisible()
    expect(await statusOf(context, `/api/v1/firewalls/${foreign}`)).toBe(404)
    await tove.goto(`${product.url}/settings/account`)
    await expect(tove.getByRole('navigation', { name: 'Settings' }).getByRole('link')).toHaveText(['Account', 'Sessions', 'Tokens', 'Operators', 'Alert rules', 'Channels'])
  })

  await test.step('a dangerous act asks who sits there, once five minutes are over', async () => {
    await ageProofs(folder)
    allowed.add(403)
    await tove.goto(`${product.url}/firewalls/${ours}/settings`)
    const commands = tove.getByRole('region', { name: 'Command permission' })
    await commands.getByRole('button', { name: 'Switch commands on' }).click()
    const form = tove.getByRole('dialog', { name: /^Switch commands on for/ })
    await form.getByRole('button', { name: 'Switch commands on' }).click()
    const question = stepUpDialog(tove)
    await expect(question.getByText('Commands run as root on the firewall.')).toBeVisible()
    await expect(code(tove)).toBeFocused()
    await look(tove, 'step-up')

    await tove.keyboard.press('Escape')
    await expect(question).toBeHidden()
    await expect(form.getByRole('button', { name: 'Switch commands on' })).toBeEnabled()
    await expect(form.getByRole('alert')).toHaveCount(0)

    await form.getByRole('button', { name: 'Switch commands on' }).click()
    await code(tove).fill('000000')
    await expect(question.getByText('This code is not right.')).toBeVisible()
    await expect(code(tove)).toHaveValue('')
    await look(tove, 'step-up-refused')
    await code(tove).fill(nextCode())
    await expect(question).toBeHidden()
    await expect(form).toBeHidden()
    await expect(commands.getByRole('button', { name: 'Switch commands off' })).toBeVisible()
  })

  const token = await test.step('Tove makes a token', async () => {
    await tove.goto(`${product.url}/settings/tokens`)
    await expect(tove.getByText('No token yet')).toBeVisible()
    await look(tove, 'tokens-empty')
    await button(tove, 'Make a token').click()
    const dialog = tove.getByRole('dialog')
    await dialog.getByRole('button', { name: 'Make the token' }).click()
    await expect(dialog.getByText('Say what it is for.')).toBeVisible()
    await dialog.getByLabel('Name').fill('monitoring')
    await dialog.getByLabel('Customers', { exact: true }).selectOption('some')
    await dialog.getByLabel('Anvil & Sons').check()
    await expect(dialog.getByRole('option', { name: 'Owner (more than you have there)' })).toBeDisabled()
    await dialog.getByRole('button', { name: '30', exact: true }).click()
    await look(tove, 'token-form')
    await dialog.getByRole('button', { name: 'Make the token' }).click()
    const secretOfToken = (await dialog.getByLabel('Token', { exact: true }).textContent()) ?? ''
    expect(secretOfToken).toMatch(/^pal_/)
    await expect(dialog.getByLabel('Example')).toContainText(`curl -H "Authorization: Bearer ${secretOfToken}" ${product.url}/api/v1/firewalls`)
    await tove.keyboard.press('Escape')
    await look(tove, 'token-made')
    await button(tove, 'I have kept it').click()
    await expect(tove.getByText('One token works in your name.')).toBeVisible()
    expect(await tove.content()).not.toContain(secretOfToken)
    await look(tove, 'tokens')
    return secretOfToken
  })
  const byToken = async (address: string): Promise<number> =>
    (await fetch(`${product.url}/api/v1${address}`, { headers: { authorization: `Bearer ${token}` } })).status
  expect([await byToken(`/firewalls/${ours}`), await byToken(`/firewalls/${foreign}`)]).toEqual([200, 404])

  await test.step('without the phone: a recovery code, which is used up', async () => {
    await signOut(tove, TOVE, 'admin')
    await tove.goto(`${product.url}/settings/account`)
    await signIn(tove, TOVE)
    await expect(tove.getByRole('heading', { name: 'Enter your code' })).toBeVisible()
    await look(tove, 'second-factor-code')
    await button(tove, 'Use a recovery code instead').click()
    await tove.getByLabel('Recovery code').fill('not one of them')
    await button(tove, 'Sign in').click()
    await expect(tove.getByText('This recovery code is not right.')).toBeVisible()
    await tove.getByLabel('Recovery code').fill(recoveryCodes[3] ?? '')
    await button(tove, 'Sign in').click()
    await expect(tove).toHaveURL(`${product.url}/settings/account`)
    await expect(tove.getByText('9 of 10 left')).toBeVisible()
    await expect(button(tove, 'Remove it')).toHaveAttribute('aria-disabled', 'true')
    await look(tove, 'account')
  })

  await test.step('the owner disables Tove: nothing of theirs works within a second', async () => {
    // The owner proved who they are before `ageProofs`.
    await page.goto(`${product.url}/settings/operators`)
    await page.getByRole('link', { name: TOVE.name }).click()
    watch.allowStatus(403)
    await button(page, 'Disable this operator').click()
    await page.getByRole('dialog').getByRole('button', { name: 'Disable this operator' }).click()
    await code(page).fill(ownerCode())
    await expect(page.getByText('Disabled', { exact: true })).toBeVisible()
    const started = performance.now()
    expect([await statusOf(context, '/api/v1/me'), await byToken('/firewalls')]).toEqual([401, 401])
    expect(performance.now() - started).toBeLessThan(1000)
    // Their open page may have gone there by itself already.
    await tove.reload()
    await expect(tove).toHaveURL(/\/signin\?next=/)
    await signIn(tove, TOVE)
    await expect(tove.getByText('This e-mail address and password do not belong together.')).toBeVisible()
  })
  expect(complaints, 'what the browser of Tove complained about').toEqual([])
  await context.close()
})
