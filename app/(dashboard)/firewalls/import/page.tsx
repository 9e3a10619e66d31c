import type { Metadata } from 'next'
import { ImportPage } from '@/components/enrolment-file/import-page'
import { requireOperator } from '@/lib/http/page-session'

export const metadata: Metadata = { title: 'Enrol from a file' }

export default async function EnrolFromFilePage() {
  const me = await requireOperator('/firewalls/import')
  return <ImportPage role={me.role} />
}
