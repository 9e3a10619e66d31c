import type { Metadata } from 'next'
import { RulesTab } from '@/components/firewalls/detail/rules/rules-tab'
import { requireOperator } from '@/lib/http/page-session'

export const metadata: Metadata = { title: 'Rules' }

export default async function RulesPage({ params }: { params: Promise<{ id: string }> }) {
  await requireOperator(`/firewalls/${(await params).id}/rules`)
  return <RulesTab />
}
