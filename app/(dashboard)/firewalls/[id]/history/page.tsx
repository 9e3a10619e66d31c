import type { Metadata } from 'next'
import { HistoryTab } from '@/components/history/history-tab'
import { requireOperator } from '@/lib/http/page-session'

export const metadata: Metadata = { title: 'History' }

export default async function HistoryPage({ params }: { params: Promise<{ id: string }> }) {
  await requireOperator(`/firewalls/${(await params).id}/history`)
  return <HistoryTab />
}
