import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import { cookies } from 'next/headers'
import type { ReactNode } from 'react'
import { Shell } from '@/components/layout/shell'
import { parseTheme, THEME_COOKIE } from '@/components/layout/theme'
import { requireOperator } from '@/lib/http/page-session'
import { meQueries } from '@/lib/queries/me'
import { newQueryClient } from '@/lib/queries/query-client'

export default async function DashboardLayout({ children }: { children: ReactNode }) {
  const me = await requireOperator()
  const theme = parseTheme((await cookies()).get(THEME_COOKIE)?.value)
  const client = newQueryClient(() => undefined)
  client.setQueryData(meQueries.me().queryKey, me)
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <Shell me={me} theme={theme}>
        {children}
      </Shell>
    </HydrationBoundary>
  )
}
