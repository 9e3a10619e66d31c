import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import { readScope } from '@/components/layout/scope-address'
import { OverviewPage } from '@/components/overview/overview-page'
import { prefetch } from '@/lib/http/page-data'
import { requireOperator } from '@/lib/http/page-session'
import { readLatest, readOverview } from '@/lib/overview/read'
import { overviewQueries } from '@/lib/queries/overview'
import { newQueryClient } from '@/lib/queries/query-client'

export const metadata = { title: 'Overview' }

export default async function StartPage({ searchParams }: { searchParams: Promise<Record<string, string | string[] | undefined>> }) {
  const { customer } = await searchParams
  await requireOperator(typeof customer === 'string' ? `/?customer=${encodeURIComponent(customer)}` : '/')
  const customerId = readScope({ get: () => (typeof customer === 'string' ? customer : null) })
  const client = newQueryClient(() => undefined)
  const asked = customerId === null ? {} : { customerId }
  await Promise.all([
    prefetch(client, overviewQueries.read(customerId).queryKey, (actor) => readOverview(actor, asked)),
    prefetch(client, overviewQueries.latest(customerId).queryKey, (actor) => readLatest(actor, { ...asked, limit: 60 })),
  ])
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <OverviewPage />
    </HydrationBoundary>
  )
}
