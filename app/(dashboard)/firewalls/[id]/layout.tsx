import type { ReactNode } from 'react'
import { FirewallShell } from '@/components/firewalls/detail/firewall-shell'
import { requireOperator } from '@/lib/http/page-session'

export default async function FirewallLayout({ params, children }: { params: Promise<{ id: string }>; children: ReactNode }) {
  const { id } = await params
  const me = await requireOperator(`/firewalls/${id}`)
  return (
    <FirewallShell id={id} me={me}>
      {children}
    </FirewallShell>
  )
}
