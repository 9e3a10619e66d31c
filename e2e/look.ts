// One page, light and dark, wide and on a phone: no fault that axe knows, nothing beyond the edge, and a picture to look at.
// Each theme and each width once; `npm run test:deep -- pages` looks at every pair of them.
import { expect, test, type Page } from '@playwright/test'
import { expectAccessible, expectNoSideScroll } from './fixtures'

export const WIDE = { width: 1440, height: 900 }
const PHONE = { width: 390, height: 844 }
const LOOKS = [
  { name: '1440-light', size: WIDE, colorScheme: 'light' },
  { name: '1440-dark', size: WIDE, colorScheme: 'dark' },
  { name: '390-dark', size: PHONE, colorScheme: 'dark' },
  { name: '390-light', size: PHONE, colorScheme: 'light' },
] as const
const EVERY_WAY = process.env.PALISADE_EVERY_WAY === 'true'
const CHOSEN = LOOKS.filter(({ name }) => EVERY_WAY || name === '1440-light' || name === '390-dark')
/** Longer pages are lists whose rows exist only near the window; the window shows them well enough. */
const LONG_PX = 2500

/** Looks at the page that is open in the chosen ways. */
export async function look(page: Page, what: string): Promise<void> {
  for (const { name, size, colorScheme } of CHOSEN) {
    await page.setViewportSize(size)
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await test.step(`${what}, ${name}`, async () => {
      // One layout change at a time: what is wide becomes cards, and the other way round.
      await expect(
        page
          .getByRole('navigation', { name: 'Main' })
          .filter({ visible: true })
          .or(page.getByRole('heading', { level: 1 }))
          // While a dialog is open, all else is hidden.
          .or(page.getByRole('dialog'))
          .first(),
      ).toBeVisible()
      const height = await page.evaluate(() => document.documentElement.scrollHeight)
      // A dialog stands over the window, not over the page.
      const modal = (await page.getByRole('dialog').count()) > 0
      await page.screenshot({ path: `test-results/looks/${what}-${name}.png`, fullPage: height < LONG_PX && !modal })
      await expectAccessible(page, `${what}, ${name}`)
      await expectNoSideScroll(page, `${what}, ${name}`)
    })
  }
  await page.setViewportSize(WIDE)
}
