import { NeedsRole } from '@/components/settings/needs-role'
import { VisitsPage } from '@/components/visits/visits-page'
import { roleMay } from '@/lib/auth/roles'
import { requireOperator } from '@/lib/http/page-session'

export const metadata = { title: 'Visits' }

export default async function VisitsSettings() {
  const { role } = await requireOperator('/settings/visits')
  return roleMay(role, 'installation:manage') ? <VisitsPage /> : <NeedsRole shows="how often firewalls are visited" role={role} permission="installation:manage" />
}
