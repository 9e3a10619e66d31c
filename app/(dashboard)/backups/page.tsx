import { BackupsPage } from '@/components/backups/backups-page'
import { PageHeader } from '@/components/layout/page-header'
import { NeedsRole } from '@/components/settings/needs-role'
import { roleMay } from '@/lib/auth/roles'
import { requireOperator } from '@/lib/http/page-session'

export const metadata = { title: 'Backups' }

export default async function Backups() {
  const { role } = await requireOperator('/backups')
  return roleMay(role, 'backup:read') ? (
    <BackupsPage />
  ) : (
    <>
      <PageHeader title="Backups" />
      <NeedsRole shows="which configurations are kept, and what in them changed" role={role} permission="backup:read" />
    </>
  )
}
