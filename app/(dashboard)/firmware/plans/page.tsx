import { PlansPage } from '@/components/plans/plans-page'
import { NeedsRole } from '@/components/settings/needs-role'
import { roleMay } from '@/lib/auth/roles'
import { requireOperator } from '@/lib/http/page-session'

export const metadata = { title: 'Plans' }

export default async function Plans() {
  const { role } = await requireOperator('/firmware/plans')
  return roleMay(role, 'update:plan') ? <PlansPage /> : <NeedsRole shows="which updates are planned, and how far they are" role={role} permission="update:plan" />
}
