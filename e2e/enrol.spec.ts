import { createCustomer } from './api'
import { enterCredential, expectUntouched, lookAt, place, stepOf, trust, WORKS } from './enrol-page'
import { expect, expectAccessible, test } from './fixtures'
import { addFirewall, type FakeFirewall } from './fleet-client'

// From an address to a saved firewall, with all that can go wrong on the way; enrol-methods.spec.ts has each credential method.

const CUSTOMER = 'Hollern Clinics'
test.beforeAll(() => createCustomer(CUSTOMER))

const keyFile = (firewall: FakeFirewall): string => {
  const { key = '', secret = '' } = firewall.credential('key-secret')
  return `key=${key}\r\nsecret=${secret}\r\n`
}

test('a key file pasted, after a wrong key: tries left, customer and site made in place', async ({ page, context, watch }) => {
  const firewall = await addFirewall({ name: 'hc-oslo-fw1', family: 'opnsense', version: '26.7' })

  await test.step('an address, looked at without a credential', async () => {
    await page.goto('/firewalls')
    await expect(page.getByRole('heading', { level: 1, name: 'Firewalls' })).toBeVisible()
    await page.keyboard.press('e')
    await expect(page.getByRole('heading', { level: 1, name: 'Enrol a firewall' })).toBeVisible()
    await page.getByRole('button', { name: 'Look at this address' }).click()
    await expect(page.getByText('Enter the web address of the firewall.')).toBeVisible()
    await lookAt(page, new URL(firewall.url).host)
    await expect(page.getByText('No credential has been sent.')).toBeVisible()
    const { authentications, authenticationFailures } = await firewall.counts()
    expect([authentications, authenticationFailures]).toEqual([0, 0])
    await expectAccessible(page, 'the certificate step')
    await trust(page, firewall)
    await expect(stepOf(page, 'Family').getByText('OPNsense, found without sending a credential')).toBeVisible()
    await expect(page.getByRole('complementary', { name: 'Help with enrolment' }).getByText('127.0.0.1')).toBeVisible()
  })

  await test.step('a wrong key costs one of two tries', async () => {
    watch.allowStatus(502)
    await enterCredential(page, null, { Key: 'wrong', Secret: 'wrong' })
    await expect(page.getByText('The firewall rejected the API key.')).toBeVisible()
    await expect(page.getByText('Failed sign-ins left in the next 30 min: 1 of 2')).toBeVisible()
    expect((await firewall.counts()).authenticationFailures).toBe(1)
    await expectAccessible(page, 'a rejected credential')
  })

  await test.step('the key file is pasted into one field and fills both', async () => {
    await page.getByRole('button', { name: 'Enter another credential' }).click()
    await context.grantPermissions(['clipboard-read', 'clipboard-write'])
    await page.evaluate((text) => navigator.clipboard.writeText(text), keyFile(firewall))
    await page.getByLabel('Key', { exact: true }).focus()
    await page.keyboard.press('ControlOrMeta+v')
    await expect(page.getByText('Key and secret were read from the file.')).toBeVisible()
    await expect(page.getByLabel('Secret', { exact: true })).toHaveValue(firewall.credential('key-secret').secret ?? '')
    await page.getByRole('button', { name: 'Test this credential' }).click()
    await expect(page.getByText(WORKS)).toBeVisible()
    await expect(page.getByRole('table', { name: 'What the credential may do' })).toBeVisible()
    await expect(page.getByText(/may do everything/).first()).toBeVisible()
    await expectAccessible(page, 'a passed test')
  })

  await test.step('customer and site are made right there', async () => {
    await page.getByRole('button', { name: 'Go on to name and place' }).click()
    await expect(page.getByLabel('Name', { exact: true })).toHaveValue(/hc-oslo-fw1/)
    await page.getByRole('button', { name: 'Seal the credential and save' }).click()
    await expect(page.getByText('Choose the customer, or make a new one.')).toBeVisible()
    await page.getByRole('button', { name: 'New customer' }).click()
    await page.getByLabel('Name of the new customer').fill('Brygge Hotels')
    await page.getByRole('button', { name: 'Create this customer' }).click()
    await page.getByRole('button', { name: 'New site' }).click()
    await page.getByLabel('Name of the new site').fill('Oslo harbour')
    await page.getByRole('button', { name: 'Create this site' }).click()
    await expect(page.getByLabel('Site', { exact: true }).locator('option:checked')).toHaveText('Oslo harbour')
    await page.getByLabel('Name', { exact: true }).fill('hc-oslo-fw1')
    await page.getByLabel('Tags').fill('edge, harbour')
    await expectAccessible(page, 'name and place')
    await page.getByRole('button', { name: 'Seal the credential and save' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'hc-oslo-fw1' })).toBeVisible()
    await expect(page.getByText('hc-oslo-fw1 is enrolled.')).toBeVisible()
    await expect(page.getByRole('link', { name: 'Brygge Hotels, Oslo harbour' })).toBeVisible()
  })
  await expectUntouched(firewall, 1)
})

test('a key file dropped, and one chosen', async ({ page }) => {
  for (const [version, how] of [
    ['25.1', 'drop'],
    ['25.7', 'choose'],
  ] as const) {
    const firewall = await addFirewall({ name: `hc-key-${how}`, family: 'opnsense', version })
    await page.goto('/firewalls/new')
    await lookAt(page, firewall.url)
    await trust(page, firewall)
    const target = page.getByText('Drop apikey.txt here', { exact: false })
    if (how === 'drop') {
      const dropped = await page.evaluateHandle((text) => {
        const transfer = new DataTransfer()
        transfer.items.add(new File([text], 'apikey.txt', { type: 'text/plain' }))
        return transfer
      }, keyFile(firewall))
      await target.dispatchEvent('drop', { dataTransfer: dropped })
    } else {
      await page.getByLabel('Choose the file').setInputFiles({ name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('nothing of use') })
      await expect(page.getByText('No key= and secret= lines were found in it.')).toBeVisible()
      await page.getByLabel('Choose the file').setInputFiles({ name: 'apikey.txt', mimeType: 'text/plain', buffer: Buffer.from(keyFile(firewall)) })
    }
    await expect(page.getByText('Key and secret were read from the file.')).toBeVisible()
    await page.getByRole('button', { name: 'Test this credential' }).click()
    await expect(page.getByText(WORKS)).toBeVisible()
    await page.getByRole('button', { name: 'Go on to name and place' }).click()
    await place(page, firewall.name, CUSTOMER)
    await expectUntouched(firewall)
  }
})

test('another address, another family, no try left, and addresses where no firewall answers', async ({ page, watch }) => {
  const first = await addFirewall({ name: 'hc-first', family: 'opnsense', version: '26.7' })
  const moved = await addFirewall({ name: 'hc-moved', family: 'opnsense', version: '26.7', scenario: 'redirect', redirectTo: first.url })
  const silent = await addFirewall({ name: 'hc-silent', family: 'pfsense-v2', version: '2.10', scenario: 'dead' })
  const plainPage = await addFirewall({ name: 'hc-page', family: 'pfsense-v1', version: '1.9', scenario: 'html' })
  await page.goto('/firewalls/new')

  await test.step('what stands at an address is said before anything is trusted', async () => {
    watch.allowStatus(422, 502, 504)
    await lookAt(page, 'https://169.254.169.254')
    await expect(page.getByText(/This address is not allowed/)).toBeVisible()
    await lookAt(page, silent.url)
    await expect(page.getByText(/The firewall refuses connections at port/)).toBeVisible()
    await expectAccessible(page, 'an address where nothing answers')
    await lookAt(page, plainPage.url)
    await trust(page, plainPage)
    await expect(page.getByText('We could not tell. Which is it?')).toBeVisible()
    await page.getByRole('button', { name: 'Go on with this family' }).click()
    await expect(page.getByText('Choose one to go on.')).toBeVisible()
    await page.getByRole('radio', { name: /OPNsense/ }).check()
    await page.getByRole('button', { name: 'Go on with this family' }).click()
    await expect(stepOf(page, 'Family').getByText('OPNsense, chosen by you')).toBeVisible()
  })

  await test.step('a changed address forgets the trust and the credential', async () => {
    await page.getByLabel('Key', { exact: true }).fill('typed for another machine')
    await page.getByRole('button', { name: 'Change address' }).click()
    await expect(page.getByLabel('Web address')).toHaveValue(plainPage.url)
    await lookAt(page, first.url)
    await trust(page, first)
    await expect(page.getByLabel('Key', { exact: true })).toHaveValue('')
  })

  await test.step('after two failures nothing more is sent', async () => {
    watch.allowStatus(429)
    await enterCredential(page, null, { Key: 'wrong', Secret: 'once' })
    await expect(page.getByText('Failed sign-ins left in the next 30 min: 1 of 2')).toBeVisible()
    await page.getByRole('button', { name: 'Enter another credential' }).click()
    await enterCredential(page, null, { Key: 'wrong', Secret: 'twice' })
    await expect(page.getByText(/Failed sign-ins left in the next 30 min: 0 of 2/)).toBeVisible()
    const sent = (await first.counts()).requests
    await expect(page.getByRole('button', { name: 'Test again' })).toHaveAttribute('aria-disabled', 'true')
    await page.getByRole('button', { name: 'Enter another credential' }).click()
    await page.getByLabel('Key', { exact: true }).fill('wrong')
    await page.getByLabel('Secret', { exact: true }).fill('a third time')
    await page.getByLabel('Secret', { exact: true }).press('Enter')
    expect((await first.counts()).requests).toBe(sent)
    expect((await first.counts()).authenticationFailures).toBe(2)
  })

  await test.step('a redirect is not followed', async () => {
    await page.getByRole('button', { name: 'Change address' }).click()
    await lookAt(page, moved.url)
    await trust(page, moved)
    await page.getByRole('radio', { name: /OPNsense/ }).check()
    await page.getByRole('button', { name: 'Go on with this family' }).click()
    const { requests } = await first.counts()
    await enterCredential(page, null, { Key: 'some', Secret: 'thing' })
    await expect(page.getByText(`The firewall redirects to ${first.url}.`)).toBeVisible()
    expect((await first.counts()).requests).toBe(requests)
  })
})
