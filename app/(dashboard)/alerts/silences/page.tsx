import { SilencesPage } from '@/components/silences/silences-page'
import { requireOperator } from '@/lib/http/page-session'

export const metadata = { title: 'Silences' }

export default async function Silences() {
  await requireOperator('/alerts/silences')
  return <SilencesPage />
}
