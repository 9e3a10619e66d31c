import { AlertsPage } from '@/components/alerts/alerts-page'
import { requireOperator } from '@/lib/http/page-session'

export const metadata = { title: 'Alerts' }

export default async function Alerts() {
  await requireOperator('/alerts')
  return <AlertsPage />
}
