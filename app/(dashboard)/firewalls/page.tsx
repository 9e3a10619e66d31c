import { FleetPage } from '@/components/firewalls/fleet-page'
import { requireOperator } from '@/lib/http/page-session'

export const metadata = { title: 'Firewalls' }

export default async function FirewallsPage() {
  await requireOperator('/firewalls')
  return <FleetPage />
}
