import type { Metadata } from 'next'
import { RawTab } from '@/components/firewalls/detail/raw-tab'
import { requireOperator } from '@/lib/http/page-session'

export const metadata: Metadata = { title: 'Raw reads' }

export default async function RawPage({ params }: { params: Promise<{ id: string }> }) {
  await requireOperator(`/firewalls/${(await params).id}/raw`)
  return <RawTab />
}
