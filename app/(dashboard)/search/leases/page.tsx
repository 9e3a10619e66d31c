import { LeaseFacts } from '@/components/fleet-lists/fact-pages'
import { requireOperator } from '@/lib/http/page-session'

export const metadata = { title: 'Leases of all firewalls' }

export default async function LeasesOfAllPage() {
  await requireOperator('/search/leases')
  return <LeaseFacts />
}
