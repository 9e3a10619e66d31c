import type { Metadata } from 'next'
import { VpnTab } from '@/components/firewalls/detail/vpn-tab'
import { requireOperator } from '@/lib/http/page-session'

export const metadata: Metadata = { title: 'VPN' }

export default async function VpnPage({ params }: { params: Promise<{ id: string }> }) {
  await requireOperator(`/firewalls/${(await params).id}/vpn`)
  return <VpnTab />
}
