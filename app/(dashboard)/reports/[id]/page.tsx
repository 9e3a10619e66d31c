import { ReportPage } from '@/components/reports/report-page'
import { requireOperator } from '@/lib/http/page-session'

export const metadata = { title: 'Report' }

export default async function Report({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params
  await requireOperator(`/reports/${id}`)
  return <ReportPage customerId={id} />
}
