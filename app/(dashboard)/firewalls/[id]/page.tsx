import type { Metadata } from 'next'
import { OverviewTab } from '@/components/firewalls/detail/overview/overview-tab'
import { requireOperator } from '@/lib/http/page-session'

export const metadata: Metadata = { title: 'Overview of a firewall' }

export default async function OverviewPage({ params }: { params: Promise<{ id: string }> }) {
  await requireOperator(`/firewalls/${(await params).id}`)
  return <OverviewTab />
}
