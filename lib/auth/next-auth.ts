import 'server-only'
import type { NextAuthOptions } from 'next-auth'
import { decode } from 'next-auth/jwt'
import CredentialsProvider from 'next-auth/providers/credentials'
import { headers } from 'next/headers'
import { AppError } from '@/lib/core/errors'
import { publicUrl } from '@/lib/core/env'
import { requestSource } from './request-source'
import { installationKeys } from '@/lib/installation/keys'
import { signIn, signOut } from './sign-in'

const DAY_SECONDS = 86_400
const isHttps = () => publicUrl().protocol === 'https:'
/** `__Host-` binds the cookie to this host and https; a browser refuses it on plain http elsewhere. */
export const sessionCookieName = (): string => (isHttps() ? '__Host-palisade-session' : 'palisade-session')

/** Session id in a cookie's value, if it is ours and not older than a day; the row decides the rest. */
export async function sessionIdOf(cookie: string | undefined): Promise<string | null> {
  if (!cookie) return null
  const { sessionSecret } = await installationKeys()
  const token = await decode({ token: cookie, secret: sessionSecret.reveal() }).catch(() => null)
  return typeof token?.sid === 'string' ? token.sid : null
}

/** next-auth keeps only a pointer in the cookie: the session itself is a row (lib/auth/sessions.ts). */
export async function nextAuthOptions(): Promise<NextAuthOptions> {
  const { sessionSecret } = await installationKeys()
  return {
    secret: sessionSecret.reveal(),
    session: { strategy: 'jwt', maxAge: DAY_SECONDS },
    pages: { signIn: '/signin', error: '/signin', signOut: '/signin' },
    useSecureCookies: isHttps(),
    cookies: { sessionToken: { name: sessionCookieName(), options: { httpOnly: true, sameSite: 'lax', path: '/', secure: isHttps() } } },
    providers: [
      CredentialsProvider({
        credentials: { email: {}, password: {} },
        async authorize(credentials) {
          try {
            const signedIn = await signIn({ email: credentials?.email, password: credentials?.password }, requestSource(await headers()), new Date())
            return signedIn && { id: signedIn.operatorId, name: signedIn.name, email: signedIn.email, sid: signedIn.sessionId }
          } catch (error) {
            // next-auth hands the message to the page as `error`; only our own sentence may pass.
            throw error instanceof AppError ? new Error(error.code) : new Error('internal')
          }
        },
      }),
    ],
    callbacks: {
      jwt: ({ token, user }) => (user && 'sid' in user ? { sub: user.id, name: user.name ?? '', email: user.email ?? '', sid: user.sid } : token),
      session: ({ session, token }) => ({ expires: session.expires, user: { name: token.name ?? null, email: token.email ?? null } }),
    },
    events: {
      async signOut({ token }) {
        if (typeof token?.sid !== 'string' || !token.sub) return
        const session = { operatorId: token.sub, name: token.name ?? '', email: token.email ?? '', sessionId: token.sid }
        await signOut(session, requestSource(await headers()), new Date())
      },
    },
  }
}
