import type { Metadata } from 'next'
import { AuditTab } from '@/components/firewalls/detail/audit-tab'
import { requireOperator } from '@/lib/http/page-session'

export const metadata: Metadata = { title: 'Audit of a firewall' }

export default async function AuditPage({ params }: { params: Promise<{ id: string }> }) {
  await requireOperator(`/firewalls/${(await params).id}/audit`)
  return <AuditTab />
}
