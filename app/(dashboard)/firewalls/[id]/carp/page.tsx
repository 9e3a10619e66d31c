import type { Metadata } from 'next'
import { CarpTab } from '@/components/firewalls/detail/carp-tab'
import { requireOperator } from '@/lib/http/page-session'

export const metadata: Metadata = { title: 'CARP' }

export default async function CarpPage({ params }: { params: Promise<{ id: string }> }) {
  await requireOperator(`/firewalls/${(await params).id}/carp`)
  return <CarpTab />
}
