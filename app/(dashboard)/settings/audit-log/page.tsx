import { AuditLogPage } from '@/components/settings/audit-log-page'
import { NeedsRole } from '@/components/settings/needs-role'
import { roleMay } from '@/lib/auth/roles'
import { requireOperator } from '@/lib/http/page-session'

export const metadata = { title: 'Audit log' }

export default async function AuditLogSettings() {
  const { role } = await requireOperator('/settings/audit-log')
  return roleMay(role, 'installation:manage') ? (
    <AuditLogPage />
  ) : (
    <NeedsRole shows="how the audit is kept and checked" role={role} permission="installation:manage" />
  )
}
