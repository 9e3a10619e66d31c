import 'server-only'
import { decode } from 'next-auth/jwt'
import { publicUrl } from '@/lib/core/env'
import { installationKeys } from '@/lib/installation/keys'

export const isHttps = (): boolean => publicUrl().protocol === 'https:'
/** `__Host-` binds a cookie to this host and https; a browser refuses it on plain http elsewhere. */
export const cookieName = (name: string): string => (isHttps() ? `__Host-${name}` : name)
export const sessionCookieName = (): string => cookieName('palisade-session')

/** Session id in a cookie's value, if it is ours and not older than a day; the row decides the rest. */
export async function sessionIdOf(cookie: string | undefined): Promise<string | null> {
  if (!cookie) return null
  const { sessionSecret } = await installationKeys()
  const token = await decode({ token: cookie, secret: sessionSecret.reveal() }).catch(() => null)
  return typeof token?.sid === 'string' ? token.sid : null
}
