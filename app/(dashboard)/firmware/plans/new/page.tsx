import { NewPlanPage } from '@/components/plans/new-plan-page'
import { NeedsRole } from '@/components/settings/needs-role'
import { roleMay } from '@/lib/auth/roles'
import { requireOperator } from '@/lib/http/page-session'

export const metadata = { title: 'New plan' }

export default async function NewPlan() {
  const { role } = await requireOperator('/firmware/plans/new')
  return roleMay(role, 'update:plan') ? <NewPlanPage /> : <NeedsRole shows="how updates are planned" role={role} permission="update:plan" />
}
