import { InstallationPage } from '@/components/settings/installation-page'
import { NeedsRole } from '@/components/settings/needs-role'
import { roleMay } from '@/lib/auth/roles'
import { requireOperator } from '@/lib/http/page-session'
import floors from '@/security/floors.json'

export const metadata = { title: 'Installation' }

export default async function Installation() {
  const { role } = await requireOperator('/settings/installation')
  return roleMay(role, 'installation:manage') ? (
    <InstallationPage nodeLines={floors.node.lines} />
  ) : (
    <NeedsRole shows="backups, and how Palisade itself is" role={role} permission="installation:manage" />
  )
}
