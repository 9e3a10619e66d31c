import type { Metadata } from 'next'
import { NeighboursTab } from '@/components/firewalls/detail/neighbours/neighbours-tab'
import { requireOperator } from '@/lib/http/page-session'

export const metadata: Metadata = { title: 'ARP and leases' }

export default async function NeighboursPage({ params }: { params: Promise<{ id: string }> }) {
  await requireOperator(`/firewalls/${(await params).id}/neighbours`)
  return <NeighboursTab />
}
