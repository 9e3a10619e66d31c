import { NeighbourFacts } from '@/components/fleet-lists/fact-pages'
import { requireOperator } from '@/lib/http/page-session'

export const metadata = { title: 'ARP and NDP of all firewalls' }

export default async function ArpOfAllPage() {
  await requireOperator('/search/arp')
  return <NeighbourFacts />
}
