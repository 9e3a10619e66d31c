// The question for a fresh proof before a dangerous act, in a browser test: answering it, and making it come up.
import type { Page } from '@playwright/test'
import { Client } from 'pg'
import { openPostgres } from '@/lib/cli/postgres.mjs'

export const stepUpDialog = (page: Page) => page.getByRole('dialog', { name: 'Confirm that it is you' })

/**
 * Answers the question wherever it comes up on this page, with the password as people do who need no second factor. It is
 * asked in journeys of more than five minutes. `onAnswered` runs each time: the refused request stands in the console.
 */
export async function answerStepUps(page: Page, password: string, onAnswered: () => void): Promise<void> {
  await page.addLocatorHandler(stepUpDialog(page), async (dialog) => {
    onAnswered()
    await dialog.getByLabel('Your password').fill(password)
    await dialog.getByRole('button', { name: 'Confirm and go on' }).click()
  })
}

/** Makes every proof in an installation six minutes older, so that the next dangerous act asks again. */
export async function ageProofs(dataDir: string): Promise<void> {
  const server = await openPostgres(dataDir)
  const client = new Client(server.config)
  try {
    await client.connect()
    await client.query(`UPDATE "Session" SET "provenAt" = "provenAt" - interval '6 minutes'`)
  } finally {
    await client.end()
    await server.close()
  }
}
