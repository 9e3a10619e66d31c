import { AuditLog } from '@/components/audit/audit-log'
import { PageHeader } from '@/components/layout/page-header'
import { requireOperator } from '@/lib/http/page-session'

export const metadata = { title: 'Audit' }

export default async function AuditPage() {
  await requireOperator('/audit')
  return (
    <>
      <PageHeader title="Audit" />
      <AuditLog />
    </>
  )
}
