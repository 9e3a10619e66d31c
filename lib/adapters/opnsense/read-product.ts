import { MEMORY, type Session } from './call'
import { ENDPOINTS } from './read-endpoints'
import { part } from './read-parts'
import { parseVersion, versionOfProductLine, type Version } from './read-version'
import { firmwareStatus, systemInformation } from './replies'

export type Product = { hostname: string | null; versionText: string | null; version: Version | null }

/** An update changes the version under a connection that stays open; what was asked longer ago is asked again. */
const VALID_MS = 60_000

/**
 * Asks which version runs, once a minute at most: by the dashboard's reading, else by the firmware's. A key with neither
 * privilege gets the version that was seen before, or null.
 */
export function productReader(session: Session): (signal: AbortSignal) => Promise<Product> {
  let known: { product: Product; askedAtMs: number } | undefined
  return async (signal) => {
    const nowMs = session.now().getTime()
    if (known && nowMs - known.askedAtMs < VALID_MS) return known.product
    const product = await askProduct(session, signal)
    known = { product, askedAtMs: nowMs }
    return product
  }
}

async function askProduct(session: Session, signal: AbortSignal): Promise<Product> {
  const information = await part('System', session.ask({ endpoint: ENDPOINTS.systemInformation, reply: systemInformation, signal }))
  const hostname = information.value?.name || null
  const fromLine = versionOfProductLine(information.value?.versions[0] ?? '')
  if (fromLine !== null) return remembered(session, hostname, fromLine)
  const firmware = await part('Firmware', session.ask({ endpoint: ENDPOINTS.firmwareStatus, reply: firmwareStatus, signal }))
  const fromFirmware = firmware.value?.product?.product_version || firmware.value?.product_version || null
  if (fromFirmware !== null) return remembered(session, hostname, fromFirmware)
  const seenBefore = await session.memory.get(MEMORY.version)
  return { hostname, versionText: null, version: seenBefore === null ? null : parseVersion(seenBefore) }
}

async function remembered(session: Session, hostname: string | null, versionText: string): Promise<Product> {
  if ((await session.memory.get(MEMORY.version)) !== versionText) await session.memory.set(MEMORY.version, versionText)
  return { hostname, versionText, version: parseVersion(versionText) }
}
