import { ensureChromium } from '../chromium.mjs'
import { atRoot } from '../paths.mjs'
import { runNode } from '../run.mjs'

/** Every page in both themes at both widths, every way past the sign-in by everyone who may not pass, every way to enrol, script from every family. */
export async function deep() {
  const chromium = await ensureChromium()
  const { code, output } = await runNode([atRoot('node_modules/@playwright/test/cli.js'), 'test', 'e2e/'], { env: { PALISADE_CHROMIUM: chromium, PALISADE_EVERY_WAY: 'true' } })
  if (code !== 0) throw new Error(output)
}
