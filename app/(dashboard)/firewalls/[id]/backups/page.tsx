import type { Metadata } from 'next'
import { BackupsTab } from '@/components/backups/backups-tab'
import { requireOperator } from '@/lib/http/page-session'

export const metadata: Metadata = { title: 'Backups of a firewall' }

export default async function FirewallBackupsPage({ params }: { params: Promise<{ id: string }> }) {
  await requireOperator(`/firewalls/${(await params).id}/backups`)
  return <BackupsTab />
}
