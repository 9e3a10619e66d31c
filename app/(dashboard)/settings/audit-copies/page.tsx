import { AuditCopiesPage } from '@/components/audit-copies/audit-copies-page'
import { NeedsRole } from '@/components/settings/needs-role'
import { roleMay } from '@/lib/auth/roles'
import { requireOperator } from '@/lib/http/page-session'

export const metadata = { title: 'Audit copies' }

export default async function AuditCopiesSettings() {
  const { role } = await requireOperator('/settings/audit-copies')
  return roleMay(role, 'installation:manage') ? <AuditCopiesPage /> : <NeedsRole shows="where the audit log is copied to" role={role} permission="installation:manage" />
}
