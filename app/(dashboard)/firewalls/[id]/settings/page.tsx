import type { Metadata } from 'next'
import { SettingsTab } from '@/components/firewalls/detail/settings/settings-tab'
import { requireOperator } from '@/lib/http/page-session'

export const metadata: Metadata = { title: 'Settings of a firewall' }

export default async function SettingsPage({ params }: { params: Promise<{ id: string }> }) {
  await requireOperator(`/firewalls/${(await params).id}/settings`)
  return <SettingsTab />
}
