import { AliasFacts } from '@/components/fleet-lists/fact-pages'
import { requireOperator } from '@/lib/http/page-session'

export const metadata = { title: 'Aliases of all firewalls' }

export default async function AliasesOfAllPage() {
  await requireOperator('/search/aliases')
  return <AliasFacts />
}
