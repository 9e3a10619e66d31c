import type { Metadata } from 'next'
import { AliasesTab } from '@/components/firewalls/detail/aliases-tab'
import { requireOperator } from '@/lib/http/page-session'

export const metadata: Metadata = { title: 'Aliases' }

export default async function AliasesPage({ params }: { params: Promise<{ id: string }> }) {
  await requireOperator(`/firewalls/${(await params).id}/aliases`)
  return <AliasesTab />
}
