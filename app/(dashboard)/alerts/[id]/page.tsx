import { AlertPage } from '@/components/alerts/alert-page'
import { requireOperator } from '@/lib/http/page-session'

export const metadata = { title: 'Alert' }

export default async function Alert({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params
  await requireOperator(`/alerts/${id}`)
  return <AlertPage key={id} id={id} />
}
