import { PlanReportPage } from '@/components/rollout/plan-report-page'
import { NeedsRole } from '@/components/settings/needs-role'
import { roleMay } from '@/lib/auth/roles'
import { requireOperator } from '@/lib/http/page-session'

export const metadata = { title: 'Report of a plan' }

export default async function PlanReport({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params
  const { role } = await requireOperator(`/firmware/plans/${id}/report`)
  return roleMay(role, 'update:plan') ? <PlanReportPage id={id} /> : <NeedsRole shows="how the updates of a plan went" role={role} permission="update:plan" />
}
