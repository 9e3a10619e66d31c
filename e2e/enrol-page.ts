// The steps of the enrolment page, as a person does them.
import { expect, type Locator, type Page } from '@playwright/test'
import type { FakeFirewall } from './fleet-client'

/** One step of the list, with what it shows. */
export const stepOf = (page: Page, title: string): Locator =>
  page
    .getByRole('list', { name: 'Steps' })
    .getByRole('listitem')
    .filter({ has: page.getByRole('heading', { name: new RegExp(`^${title}\\b`) }) })

/** `6F:1A:…`, as firewalls and Palisade show a fingerprint. */
export const pairsOf = (sha256: string): string => (sha256.toUpperCase().match(/../g) ?? []).join(':')

export async function lookAt(page: Page, address: string): Promise<void> {
  await page.getByLabel('Web address').fill(address)
  await page.getByRole('button', { name: 'Look at this address' }).click()
}

/** Compares the fingerprint that is shown with the firewall's own, then trusts it. */
export async function trust(page: Page, { sha256 }: FakeFirewall): Promise<void> {
  await expect(stepOf(page, 'Certificate').getByText(pairsOf(sha256))).toBeVisible()
  await page.getByRole('button', { name: 'Trust exactly this certificate' }).click()
}

export async function enterCredential(page: Page, method: string | null, values: Record<string, string>): Promise<void> {
  if (method !== null) await page.getByLabel('How does Palisade sign in?').selectOption({ label: method })
  for (const [label, value] of Object.entries(values)) await page.getByLabel(label, { exact: true }).fill(value)
  await page.getByRole('button', { name: 'Test this credential' }).click()
}

/** The last step; the customer is one that exists. Ends on the page of the firewall. */
export async function place(page: Page, name: string, customer: string): Promise<void> {
  await page.getByLabel('Name', { exact: true }).fill(name)
  await page.getByLabel('Customer', { exact: true }).selectOption({ label: customer })
  await page.getByRole('button', { name: 'Seal the credential and save' }).click()
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
}

export const WORKS = 'Everything that Palisade needs works.'

/** What must be true of the firewall after any enrolment: nothing was changed on it, and no sign-in failed but those on purpose. */
export async function expectUntouched(firewall: FakeFirewall, failures = 0): Promise<void> {
  const counts = await firewall.counts()
  expect(counts.writes).toEqual([])
  expect(counts.updateStarts).toBe(0)
  expect(counts.authenticationFailures).toBe(failures)
  expect(counts.peakConcurrentReads).toBeLessThanOrEqual(2)
}
