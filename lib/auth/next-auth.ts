import 'server-only'
import type { NextAuthOptions } from 'next-auth'
import { headers } from 'next/headers'
import { installationKeys } from '@/lib/installation/keys'
import { passwordProvider, secondFactorProvider } from './providers'
import { requestSource } from './request-source'
import { isHttps, sessionCookieName } from './session-cookie'
import { signOut } from './sign-out'

const DAY_SECONDS = 86_400

/** next-auth keeps only a pointer in the cookie: the session itself is a row (lib/auth/sessions.ts). */
export async function nextAuthOptions(): Promise<NextAuthOptions> {
  const { sessionSecret } = await installationKeys()
  return {
    secret: sessionSecret.reveal(),
    session: { strategy: 'jwt', maxAge: DAY_SECONDS },
    pages: { signIn: '/signin', error: '/signin', signOut: '/signin' },
    useSecureCookies: isHttps(),
    cookies: { sessionToken: { name: sessionCookieName(), options: { httpOnly: true, sameSite: 'lax', path: '/', secure: isHttps() } } },
    providers: [passwordProvider, secondFactorProvider],
    callbacks: {
      // Only to a page of ours; next-auth's own rule fails for what is no address at all.
      redirect: ({ url, baseUrl }) => (URL.canParse(url, baseUrl) && new URL(url, baseUrl).origin === baseUrl ? new URL(url, baseUrl).href : baseUrl),
      jwt: ({ token, user }) => (user && 'sid' in user ? { sub: user.id, name: user.name ?? '', email: user.email ?? '', sid: user.sid } : token),
    },
    events: {
      async signOut({ token }) {
        if (typeof token?.sid !== 'string' || !token.sub) return
        await signOut({ operatorId: token.sub, name: token.name ?? '', email: token.email ?? '', sessionId: token.sid }, requestSource(await headers()))
      },
    },
  }
}
