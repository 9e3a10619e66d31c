import type { Metadata } from 'next'
import { GatewaysTab } from '@/components/firewalls/detail/gateways-tab'
import { requireOperator } from '@/lib/http/page-session'

export const metadata: Metadata = { title: 'Gateways' }

export default async function GatewaysPage({ params }: { params: Promise<{ id: string }> }) {
  await requireOperator(`/firewalls/${(await params).id}/gateways`)
  return <GatewaysTab />
}
