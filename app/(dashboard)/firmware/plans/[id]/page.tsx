import { RunPage } from '@/components/rollout/run-page'
import { NeedsRole } from '@/components/settings/needs-role'
import { roleMay } from '@/lib/auth/roles'
import { requireOperator } from '@/lib/http/page-session'

export const metadata = { title: 'Plan' }

export default async function Plan({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params
  const { role } = await requireOperator(`/firmware/plans/${id}`)
  return roleMay(role, 'update:plan') ? <RunPage id={id} /> : <NeedsRole shows="how the updates of a plan run" role={role} permission="update:plan" />
}
