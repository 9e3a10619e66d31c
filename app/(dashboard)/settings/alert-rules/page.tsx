import { AlertRulesPage } from '@/components/alert-rules/alert-rules-page'
import { NeedsRole } from '@/components/settings/needs-role'
import { roleMay } from '@/lib/auth/roles'
import { requireOperator } from '@/lib/http/page-session'

export const metadata = { title: 'Alert rules' }

export default async function AlertRulesSettings() {
  const { role } = await requireOperator('/settings/alert-rules')
  return roleMay(role, 'alert:manage') ? <AlertRulesPage /> : <NeedsRole shows="what is looked for, and how bad it is" role={role} permission="alert:manage" />
}
