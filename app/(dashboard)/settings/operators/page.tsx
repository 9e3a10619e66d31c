import { NeedsRole } from '@/components/settings/needs-role'
import { OperatorsPage } from '@/components/team/operators-page'
import { roleMay } from '@/lib/auth/roles'
import { requireOperator } from '@/lib/http/page-session'

export const metadata = { title: 'Operators' }

export default async function Operators() {
  const { role } = await requireOperator('/settings/operators')
  return roleMay(role, 'operator:manage') ? (
    <OperatorsPage />
  ) : (
    <NeedsRole shows="who may sign in, and with which roles" role={role} permission="operator:manage" />
  )
}
