import type { Metadata } from 'next'
import { NatTab } from '@/components/firewalls/detail/nat-tab'
import { requireOperator } from '@/lib/http/page-session'

export const metadata: Metadata = { title: 'NAT' }

export default async function NatPage({ params }: { params: Promise<{ id: string }> }) {
  await requireOperator(`/firewalls/${(await params).id}/nat`)
  return <NatTab />
}
