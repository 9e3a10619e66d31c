import { RuleFacts } from '@/components/fleet-lists/fact-pages'
import { requireOperator } from '@/lib/http/page-session'

export const metadata = { title: 'Rules of all firewalls' }

export default async function RulesOfAllPage() {
  await requireOperator('/search/rules')
  return <RuleFacts />
}
