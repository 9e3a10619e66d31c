import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import { cookies, headers } from 'next/headers'
import type { ReactNode } from 'react'
import { Shell } from '@/components/layout/shell'
import { LiveUpdates } from '@/components/live/live-updates'
import { parseTheme, THEME_COOKIE } from '@/components/layout/theme'
import { readScope } from '@/components/layout/scope-address'
import { readCustomer } from '@/lib/customers/list'
import { readEmergencyStop } from '@/lib/emergency-stop/read'
import { prefetch } from '@/lib/http/page-data'
import { requireOperator } from '@/lib/http/page-session'
import { readTotals } from '@/lib/overview/read'
import { customerQueries } from '@/lib/queries/customers'
import { meQueries } from '@/lib/queries/me'
import { overviewQueries } from '@/lib/queries/overview'
import { newQueryClient } from '@/lib/queries/query-client'
import { rolloutQueries } from '@/lib/queries/rollout'

export default async function DashboardLayout({ children }: { children: ReactNode }) {
  // Layout and page run side by side; whichever leads to the sign-in first must name the same way back.
  const path = (await headers()).get('x-palisade-path') ?? '/'
  const me = await requireOperator(path)
  const theme = parseTheme((await cookies()).get(THEME_COOKIE)?.value)
  const client = newQueryClient(() => undefined)
  client.setQueryData(meQueries.me().queryKey, me)
  const customerId = readScope(new URLSearchParams(path.split('?')[1]))
  await prefetch(client, overviewQueries.totals(null).queryKey, (actor) => readTotals(actor, {}))
  await prefetch(client, rolloutQueries.stop().queryKey, (actor) => readEmergencyStop(actor))
  if (customerId !== null) {
    await prefetch(client, customerQueries.one(customerId).queryKey, (actor) => readCustomer(actor, { id: customerId }))
    await prefetch(client, overviewQueries.totals(customerId).queryKey, (actor) => readTotals(actor, { customerId }))
  }
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <LiveUpdates />
      <Shell me={me} theme={theme}>
        {children}
      </Shell>
    </HydrationBoundary>
  )
}
