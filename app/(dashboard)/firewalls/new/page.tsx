import type { Metadata } from 'next'
import { EnrolFirewall } from '@/components/firewalls/enrol/enrol-firewall'
import { requireOperator } from '@/lib/http/page-session'

export const metadata: Metadata = { title: 'Enrol a firewall' }

export default async function EnrolPage() {
  const me = await requireOperator('/firewalls/new')
  return <EnrolFirewall role={me.role} />
}
