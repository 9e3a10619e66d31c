// Somebody who comes to an installation from a link, up to the first page behind it.
import { expect, type Page } from '@playwright/test'
import { look } from './look'
import { authenticatorCode } from './sign-in'

export const codeField = (page: Page) => page.getByLabel('Code from your authenticator')
export const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })

/** A phone with an authenticator: each code is of a later step than the one before, and the next step's is accepted early. */
function authenticator(secret: string): () => string {
  const now = (): number => Math.floor(Date.now() / 30_000)
  let last = 0
  return () => {
    last = Math.max(last + 1, now())
    return authenticatorCode(secret, last - now())
  }
}

/** From the page that asks for a second factor to the one behind it. Each step is looked at under the name `pictures`, if given. */
export async function makeSecondFactor(page: Page, pictures: string | null): Promise<{ nextCode: () => string; recoveryCodes: string[] }> {
  const picture = async (step: string): Promise<void> => {
    if (pictures !== null) await look(page, `${pictures}-${step}`)
  }
  await expect(page.getByRole('heading', { name: 'Set up a second factor' })).toBeVisible()
  await picture('why')
  await button(page, 'Begin').click()
  const secret = ((await page.getByLabel('Secret', { exact: true }).textContent()) ?? '').replace(/\s/g, '')
  expect(secret).toMatch(/^[A-Z2-7]{32}$/)
  await picture('scan')
  const nextCode = authenticator(secret)
  await codeField(page).fill(nextCode())
  await expect(page.getByRole('heading', { name: 'Keep these recovery codes' })).toBeVisible()
  await picture('codes')
  const recoveryCodes = await page.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem').allTextContents()
  expect(new Set(recoveryCodes).size).toBe(10)
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Download as text' }).click()])
  expect(file.suggestedFilename()).toBe('palisade-recovery-codes.txt')
  await expect(button(page, 'Go on to Palisade')).toHaveAttribute('aria-disabled', 'true')
  await page.getByLabel('I have kept them').check()
  await button(page, 'Go on to Palisade').click()
  return { nextCode, recoveryCodes }
}

type Person = { name: string; email: string; password: string }

export async function signIn(page: Page, { email, password }: Person): Promise<void> {
  await page.getByLabel('E-mail address').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await button(page, 'Sign in').click()
}

export async function signOut(page: Page, { name }: Person, role: string): Promise<void> {
  await button(page, `${name}, ${role}: account`).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible()
}
