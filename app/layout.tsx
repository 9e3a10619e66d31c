import type { Metadata, Viewport } from 'next'
import { cookies } from 'next/headers'
import type { ReactNode } from 'react'
import { parseTheme, THEME_COOKIE } from '@/components/layout/theme'
import './globals.css'
import { Providers } from './providers'

// A prerendered page has no nonce, so its scripts would be refused.
export const dynamic = 'force-dynamic'
export const metadata: Metadata = {
  title: { template: '%s · Palisade', default: 'Palisade' },
  description: 'Firewalls of many customers, seen and kept up to date',
  robots: 'noindex, nofollow',
}
export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#f2f3f0' },
    { media: '(prefers-color-scheme: dark)', color: '#0c100f' },
  ],
}

export default async function RootLayout({ children }: { children: ReactNode }) {
  const theme = parseTheme((await cookies()).get(THEME_COOKIE)?.value)
  return (
    <html lang="en" data-theme={theme === 'system' ? undefined : theme}>
      <body>
        <Providers>{children}</Providers>
      </body>
    </html>
  )
}
