import 'server-only'
// A browser that once signed in to an account keeps a signed cookie for it (OWASP "device cookie"). It opens nothing: its
// sign-ins are counted apart, so that a flood of guesses from elsewhere does not lock the person out.
import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { installationKeys } from '@/lib/installation/keys'
import { cookieName } from './session-cookie'

export const DEVICE_COOKIE_SECONDS = 180 * 86_400
const VERSION = 'v1'
export const deviceCookieName = (): string => cookieName('palisade-device')

/** Whose browser it is. The hash of the password is in the signature: a new password makes every earlier cookie worthless. */
export type DeviceAccount = { id: string; passwordHash: string | null }

async function signature(account: DeviceAccount, deviceId: string, expires: string): Promise<Buffer> {
  const { sessionSecret } = await installationKeys()
  const epoch = createHash('sha256').update(account.passwordHash ?? '').digest('hex')
  const key = createHmac('sha256', sessionSecret.reveal()).update('palisade device cookie').digest()
  return createHmac('sha256', key).update(JSON.stringify([VERSION, account.id, deviceId, expires, epoch])).digest()
}

/** The id of the browser, when the cookie was made for this account and its present password and has not expired; else null. */
export async function deviceIdOf(cookie: string | undefined, account: DeviceAccount | null, now: Date): Promise<string | null> {
  const [version, deviceId, expires, given, ...rest] = (cookie ?? '').split('.')
  if (!account || version !== VERSION || !deviceId || !expires || !given || rest.length > 0) return null
  const right = await signature(account, deviceId, expires)
  const mac = Buffer.from(given, 'base64url')
  if (mac.length !== right.length || !timingSafeEqual(mac, right)) return null
  return Number(expires) * 1000 > now.getTime() ? deviceId : null
}

/** A cookie for 180 days from now, of a browser that is known already or of a new one. */
export async function deviceCookie(account: DeviceAccount, knownId: string | null, now: Date): Promise<string> {
  const deviceId = knownId ?? randomBytes(18).toString('base64url')
  const expires = String(Math.floor(now.getTime() / 1000) + DEVICE_COOKIE_SECONDS)
  return [VERSION, deviceId, expires, (await signature(account, deviceId, expires)).toString('base64url')].join('.')
}
