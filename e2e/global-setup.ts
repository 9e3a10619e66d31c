// One installation and one simulated fleet for all journeys that need no empty installation.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { request } from '@playwright/test'
import { apiClient } from '@/lib/cli/api-client.mjs'
import { askForNoSecondFactor } from '@/lib/cli/demo/no-second-factor.mjs'
import { startFleet } from './fake-firewalls/fleet'
import { share } from './shared'
import { signInByRequest } from './sign-in'
import { startProduct, type Started } from './started'

const OWNER = { email: 'mira.holm@nordwall.example', password: 'Quarry lantern seven oboes' }

async function prepared(product: Started, controlUrl: string): Promise<void> {
  const token = await product.token(OWNER.email, 'owner')
  await askForNoSecondFactor(apiClient(product.url, token))
  const browser = await request.newContext({ baseURL: product.url })
  await signInByRequest(browser, OWNER)
  const { cookies } = await browser.storageState()
  await browser.dispose()
  share({ url: product.url, dataDir: product.dataDir, controlUrl, owner: OWNER, token, signedIn: { cookies, origins: [] } })
}

export default async function globalSetup(): Promise<() => Promise<void>> {
  const certificates = mkdtempSync(path.join(tmpdir(), 'palisade-e2e-fleet-'))
  const fleet = await startFleet({ folder: certificates })
  const endFleet = async () => {
    await fleet.stop()
    rmSync(certificates, { recursive: true, force: true })
  }
  try {
    const product = await startProduct({ PALISADE_ADMIN_EMAIL: OWNER.email, PALISADE_ADMIN_PASSWORD: OWNER.password })
    const end = async () => {
      await product.stop()
      await endFleet()
    }
    await prepared(product, fleet.controlUrl).catch(async (error: unknown) => {
      await end()
      throw error
    })
    return end
  } catch (error) {
    await endFleet()
    throw error
  }
}
