import { SecurityPage } from '@/components/settings/security-page'
import { NeedsRole } from '@/components/settings/needs-role'
import { roleMay } from '@/lib/auth/roles'
import { requireOperator } from '@/lib/http/page-session'

export const metadata = { title: 'Security' }

export default async function Security() {
  const { role } = await requireOperator('/settings/security')
  return roleMay(role, 'installation:manage') ? <SecurityPage /> : <NeedsRole shows="who needs a second factor" role={role} permission="installation:manage" />
}
