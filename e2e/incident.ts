import type { Page } from '@playwright/test'
import { z } from 'zod'
import type { MailServerWorld } from '@/lib/testing/mail-server'
import { askUntil, call, createCustomer, enrol, refresh } from './api'
import { inDatabase } from './database'
import { expect, test } from './fixtures'
import { addFirewall } from './fleet-client'

// One incident from end to end: a firewall falls silent, somebody is mailed, follows the mail and says that they look after
// it, and everybody hears when it is over. Only the minutes that alerts wait are written into the database.

const NAME = 'gt-pier-fw1'
const TO = 'pier@nordwall.example'
/** A look of the worker, and a mail on its way. */
const SOON = { timeout: 40_000 }

/** A decision about a kind makes the worker look at everything at its next turn. */
async function lookSoon(customerId: string): Promise<void> {
  const { items } = z.object({ items: z.array(z.object({ kind: z.string(), etag: z.string() })) }).parse((await call('GET', `/customers/${customerId}/alert-rules`)).json)
  const etag = items.find(({ kind }) => kind === 'cpu-high')?.etag ?? ''
  await call('PUT', `/customers/${customerId}/alert-rules/cpu-high`, { enabled: null, severity: null, threshold: 90 + (Number(etag.replaceAll('"', '')) % 5) }, { 'if-match': etag })
}

/**
 * The whole way of one incident. It stands in the file of the channels, which need to be alone with what they are told; its
 * own channel is the customer's.
 */
export async function followIncident(page: Page, mail: MailServerWorld): Promise<void> {
  const mails = () => mail.mails.filter(({ to }) => JSON.stringify(to).includes(TO))
  const subjects = (): string[] => mails().map(({ subject }) => subject ?? '')
  const customerId = await createCustomer('Gullfoss Tours')
  const firewall = await addFirewall({ name: NAME, family: 'pfsense-v2', version: '2.10' })
  const firewallId = await enrol(firewall, customerId)
  await refresh(firewallId)
  const target = { kind: 'email', host: '127.0.0.1', port: mail.port, security: 'starttls', trust: { mode: 'pin', sha256: mail.certificate.sha256 }, from: 'palisade@nordwall.example', to: [TO] }
  const made = await call('POST', '/channels', { name: 'Gullfoss night desk', customerId, target, privateAllowed: true })
  expect(made.status, made.text).toBe(201)

  await test.step('it falls silent, and after five minutes somebody is mailed', async () => {
    await firewall.patch({ scenario: 'dead' })
    await askUntil(firewallId, 'unreachable')
    await inDatabase([firewallId], `UPDATE "Firewall" SET "stateSince" = now() - interval '6 minutes' WHERE id = $1`, `UPDATE "Alert" SET since = now() - interval '6 minutes' WHERE "firewallId" = $1`)
    await lookSoon(customerId)
    await expect.poll(subjects, SOON).toEqual([`[Palisade] Critical: Unreachable, ${NAME}`])
  })

  await test.step('the mail leads to the alert, where somebody takes it', async () => {
    const link = /http:\/\/localhost:\d+\/alerts\/[0-9a-f-]{36}/.exec(mails()[0]?.text ?? '')?.[0] ?? ''
    expect(link).not.toBe('')
    await page.goto(link)
    await expect(page.getByRole('heading', { level: 2, name: `${NAME} does not answer` })).toBeVisible()
    await expect(page.getByText('Opened: E-mail to Gullfoss night desk delivered')).toBeVisible(SOON)
    await page.keyboard.press('a')
    await page.getByRole('dialog').getByLabel('Note, if there is one').fill('On the way to the pier.')
    await page.keyboard.press('Enter')
    await expect(page.getByText(/Critical, acknowledged by /)).toBeVisible()
    await expect.poll(subjects, SOON).toEqual([`[Palisade] Critical: Unreachable, ${NAME}`, `[Palisade] Acknowledged: Unreachable, ${NAME}`])
    expect(mails().at(-1)?.text).toContain('On the way to the pier.')
  })

  await test.step('it answers again, and after two minutes it is over: on the page without a reload, and by mail', async () => {
    await firewall.patch({ scenario: 'none' })
    await askUntil(firewallId, 'degraded')
    await lookSoon(customerId)
    await expect(page.getByText(/does not hold any more since/)).toBeVisible(SOON)
    await inDatabase([firewallId], `UPDATE "Alert" SET "clearSince" = now() - interval '3 minutes' WHERE "firewallId" = $1 AND "clearSince" IS NOT NULL`)
    await lookSoon(customerId)
    await expect(page.getByText(/Critical, resolved after /)).toBeVisible(SOON)
    await expect.poll(() => subjects().at(-1), SOON).toBe(`[Palisade] Resolved: Unreachable, ${NAME}`)
    expect(subjects()).toHaveLength(3)
  })
}
