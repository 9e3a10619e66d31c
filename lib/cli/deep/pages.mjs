import { ensureChromium } from '../chromium.mjs'
import { atRoot } from '../paths.mjs'
import { runNode } from '../run.mjs'

/** Every page in both themes at both widths, and every way past the sign-in by everyone who may not pass. */
export async function deep() {
  const chromium = await ensureChromium()
  const { code, output } = await runNode([atRoot('node_modules/@playwright/test/cli.js'), 'test', 'looks', 'no-session'], { env: { PALISADE_CHROMIUM: chromium, PALISADE_EVERY_WAY: 'true' } })
  if (code !== 0) throw new Error(output)
}
