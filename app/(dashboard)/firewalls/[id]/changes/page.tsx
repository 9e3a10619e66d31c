import type { Metadata } from 'next'
import { ChangesTab } from '@/components/history/changes-tab'
import { requireOperator } from '@/lib/http/page-session'

export const metadata: Metadata = { title: 'Changes' }

export default async function ChangesPage({ params }: { params: Promise<{ id: string }> }) {
  await requireOperator(`/firewalls/${(await params).id}/changes`)
  return <ChangesTab />
}
