import { EditPlanPage } from '@/components/plans/edit-plan-page'
import { NeedsRole } from '@/components/settings/needs-role'
import { roleMay } from '@/lib/auth/roles'
import { requireOperator } from '@/lib/http/page-session'

export const metadata = { title: 'Plan' }

export default async function EditPlan({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params
  const { role } = await requireOperator(`/firmware/plans/${id}/edit`)
  return roleMay(role, 'update:plan') ? <EditPlanPage key={id} id={id} /> : <NeedsRole shows="how updates are planned" role={role} permission="update:plan" />
}
