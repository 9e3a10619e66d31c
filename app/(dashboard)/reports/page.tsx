import { ReportsPage } from '@/components/reports/reports-page'
import { requireOperator } from '@/lib/http/page-session'

export const metadata = { title: 'Reports' }

export default async function Reports() {
  await requireOperator('/reports')
  return <ReportsPage />
}
