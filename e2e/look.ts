// One page, light and dark, wide and on a phone: no fault that axe knows, nothing beyond the edge, and a picture to look at.
// A page is looked at in one of two ways, its neighbour in the other; `npm run test:deep -- pages` looks at all in all four.
import { expect, test, type Page } from '@playwright/test'
import { EVERY_WAY } from './every-way'
import { expectAccessible, expectNoSideScroll } from './fixtures'

export const WIDE = { width: 1440, height: 900 }
const PHONE = { width: 390, height: 844 }
const LOOKS = [
  { name: '1440-light', size: WIDE, colorScheme: 'light' },
  { name: '1440-dark', size: WIDE, colorScheme: 'dark' },
  { name: '390-dark', size: PHONE, colorScheme: 'dark' },
  { name: '390-light', size: PHONE, colorScheme: 'light' },
] as const
const USUAL = ['1440-light', '390-dark'] as const
let looked = 0
const chosen = () => LOOKS.filter(({ name }) => EVERY_WAY || name === USUAL[looked % USUAL.length])
/** Longer pages are lists whose rows exist only near the window; the window shows them well enough. */
const LONG_PX = 2500

/** Looks at the page that is open in the chosen ways. */
export async function look(page: Page, what: string): Promise<void> {
  const ways = chosen()
  looked += 1
  for (const { name, size, colorScheme } of ways) {
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
