import type { Metadata } from 'next'
import { ServicesTab } from '@/components/firewalls/detail/services-tab'
import { requireOperator } from '@/lib/http/page-session'

export const metadata: Metadata = { title: 'Services' }

export default async function ServicesPage({ params }: { params: Promise<{ id: string }> }) {
  await requireOperator(`/firewalls/${(await params).id}/services`)
  return <ServicesTab />
}
