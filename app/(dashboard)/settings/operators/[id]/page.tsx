import { NeedsRole } from '@/components/settings/needs-role'
import { OperatorPage } from '@/components/team/operator-page'
import { roleMay } from '@/lib/auth/roles'
import { requireOperator } from '@/lib/http/page-session'

export const metadata = { title: 'Operator' }

export default async function Operator({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params
  const { role } = await requireOperator(`/settings/operators/${id}`)
  return roleMay(role, 'operator:manage') ? (
    <OperatorPage key={id} id={id} />
  ) : (
    <NeedsRole shows="who may sign in, and with which roles" role={role} permission="operator:manage" />
  )
}
