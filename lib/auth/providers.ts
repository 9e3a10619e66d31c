import 'server-only'
import CredentialsProvider from 'next-auth/providers/credentials'
import { cookies, headers } from 'next/headers'
import { AppError } from '@/lib/core/errors'
import { log } from '@/lib/core/log'
import { DEVICE_COOKIE_SECONDS, deviceCookieName } from './device-cookie'
import { prove } from './prove'
import { requestSource } from './request-source'
import { isHttps, sessionCookieName, sessionIdOf } from './session-cookie'
import { signIn, type SignedIn } from './sign-in'

type NextAuthUser = { id: string; name: string; email: string; sid: string }

const userOf = (signedIn: Omit<SignedIn, 'deviceCookie'>): NextAuthUser => ({ id: signedIn.operatorId, name: signedIn.name, email: signedIn.email, sid: signedIn.sessionId })

/** next-auth hands the message of an error to the page as `error`; only a code of ours may pass. */
async function inCodes<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof AppError) throw new Error(error.code, { cause: error })
    log().error({ err: error instanceof Error ? { name: error.name, message: error.message, stack: error.stack } : 'unknown' }, 'a sign-in failed unexpectedly')
    throw new Error('internal', { cause: error })
  }
}

const presentSession = async (): Promise<string | null> => sessionIdOf((await cookies()).get(sessionCookieName())?.value)

/** E-mail address and password. */
export const passwordProvider = CredentialsProvider({
  credentials: { email: {}, password: {} },
  authorize: (given) =>
    inCodes(async () => {
      const jar = await cookies()
      const before = { deviceCookie: jar.get(deviceCookieName())?.value, sessionId: await presentSession() }
      const signedIn = await signIn({ email: given?.email, password: given?.password }, requestSource(await headers()), new Date(), before)
      if (!signedIn) return null
      jar.set(deviceCookieName(), signedIn.deviceCookie, { httpOnly: true, sameSite: 'lax', path: '/', secure: isHttps(), maxAge: DEVICE_COOKIE_SECONDS })
      return userOf(signedIn)
    }),
})

/** The code that the present session owes, or a new proof for a step-up. It succeeds with a new session in its place. */
export const secondFactorProvider = CredentialsProvider({
  id: 'second-factor',
  name: 'Second factor',
  credentials: { code: {}, password: {} },
  authorize: (given) =>
    inCodes(async () => {
      const proven = await prove(await presentSession(), { code: given?.code || undefined, password: given?.password || undefined }, requestSource(await headers()), new Date())
      return proven && userOf(proven)
    }),
})
