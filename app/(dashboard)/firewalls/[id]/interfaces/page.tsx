import type { Metadata } from 'next'
import { InterfacesTab } from '@/components/firewalls/detail/interfaces-tab'
import { requireOperator } from '@/lib/http/page-session'

export const metadata: Metadata = { title: 'Interfaces' }

export default async function InterfacesPage({ params }: { params: Promise<{ id: string }> }) {
  await requireOperator(`/firewalls/${(await params).id}/interfaces`)
  return <InterfacesTab />
}
