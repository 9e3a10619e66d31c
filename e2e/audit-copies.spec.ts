import { certificate } from '@/lib/outbound/__fixtures__/certificate'
import { startReceiver, type SyslogReceiver } from '@/lib/testing/syslog'
import { createCustomer } from './api'
import { expect, test } from './fixtures'
import { look } from './look'

// Copies of the audit log: to a receiver whose certificate is looked at first, through its outage, and into files.

const own = certificate('logs.test')
let receiver: SyslogReceiver
test.beforeAll(async () => void (receiver = await startReceiver({ certificate: own })))
test.afterAll(() => receiver.stop())

const actions = () => receiver.messages().map(({ values }) => values.action ?? 'test')

test('a receiver is looked at, trusted, tried and fed; what waits for it arrives after an outage', async ({ page, watch }) => {
  await page.goto('/settings/audit-copies')
  await expect(page.getByText('The audit log stands here alone')).toBeVisible()
  await look(page, 'audit-copies-empty')
  await page.getByRole('button', { name: 'Add a copy' }).click()
  const dialog = page.getByRole('dialog')

  await test.step('what is missing is said beside it', async () => {
    await dialog.getByRole('button', { name: 'Begin the copy' }).click()
    await expect(dialog.getByText('Give it a name.')).toBeVisible()
    await expect(dialog.getByText('Look at its certificate first.')).toBeVisible()
  })
  await test.step('nothing is sent before the certificate is trusted', async () => {
    await dialog.getByLabel('Name', { exact: true }).fill('SIEM')
    await dialog.getByLabel('Receiver', { exact: true }).fill('127.0.0.1')
    await dialog.getByLabel('Port', { exact: true }).fill(String(receiver.port))
    await dialog.getByRole('button', { name: 'Look at its certificate' }).click()
    await expect(dialog.getByText('Nothing has been sent.')).toBeVisible()
    expect(receiver.connections.every(({ bytes }) => bytes.length === 0)).toBe(true)
    await look(page, 'audit-copies-certificate')
    await dialog.getByRole('button', { name: 'Trust exactly this certificate' }).click()
    await dialog.getByRole('button', { name: 'Send a test message' }).click()
    await expect(dialog.getByText('It was read to its end')).toBeVisible()
    expect(actions()).toEqual(['test'])
  })
  await dialog.getByRole('button', { name: 'Begin the copy' }).click()
  const row = page.getByRole('table', { name: 'Copies of the audit log' }).getByRole('row').filter({ hasText: 'SIEM' })
  await expect(row).toContainText('Up to date')
  await expect.poll(actions).toContain('audit.copy.create')

  await test.step('an outage is said with its reason, and nothing is lost', async () => {
    const { port } = receiver
    await receiver.stop()
    await createCustomer('Aune Sawmill')
    await expect(page.getByText('SIEM does not arrive.')).toBeVisible({ timeout: 20_000 })
    await expect(page.getByText('Nothing takes connections at this port.')).toBeVisible()
    await expect(page.getByText('One copy of the audit log does not arrive.')).toBeVisible()
    await look(page, 'audit-copies-failing')
    receiver = await startReceiver({ certificate: own, port })
    // Saving tries at once.
    await row.getByRole('button', { name: 'Change SIEM' }).click()
    await dialog.getByRole('button', { name: 'Save' }).click()
    await expect(dialog).toBeHidden()
    await expect.poll(actions, { timeout: 15_000 }).toContain('customer.create')
    await expect(page.getByText('One copy of the audit log is up to date.')).toBeVisible({ timeout: 15_000 })
  })

  await test.step('into files from the first entry on, and a second one is refused', async () => {
    watch.allowStatus(409)
    await page.getByRole('button', { name: 'Add a copy' }).click()
    await dialog.getByText('Into files').click()
    await dialog.getByLabel('Name', { exact: true }).fill('Files')
    await dialog.getByText('From the first entry').click()
    await dialog.getByRole('button', { name: 'Begin the copy' }).click()
    await expect(dialog).toBeHidden()
    await expect(page.getByText('2 copies of the audit log are up to date.')).toBeVisible({ timeout: 15_000 })
    await look(page, 'audit-copies')
    await page.getByRole('button', { name: 'Add a copy' }).click()
    await dialog.getByText('Into files').click()
    await dialog.getByLabel('Name', { exact: true }).fill('More files')
    await dialog.getByRole('button', { name: 'Begin the copy' }).click()
    await expect(dialog.getByText('There is already a copy into files.')).toBeVisible()
    await page.keyboard.press('Escape')
  })

  await test.step('it is paused, goes on and is removed', async () => {
    await row.getByRole('button', { name: 'Change SIEM' }).click()
    await look(page, 'audit-copies-change')
    await dialog.getByRole('button', { name: 'Pause the copy' }).click()
    await expect(row).toContainText('Paused')
    for (const name of ['SIEM', 'Files']) {
      await page.getByRole('button', { name: `Change ${name}` }).click()
      await dialog.getByRole('button', { name: 'Remove the copy' }).click()
      await expect(page.getByRole('dialog', { name: `Remove ${name}?` })).toBeVisible()
      await dialog.getByRole('button', { name: 'Remove the copy' }).click()
      await expect(page.getByText(`${name} is removed.`)).toBeVisible()
    }
    await expect(page.getByText('The audit log stands here alone')).toBeVisible()
  })
})
