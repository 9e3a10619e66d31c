import { DriftPage } from '@/components/drift/drift-page'
import { PageHeader } from '@/components/layout/page-header'
import { NeedsRole } from '@/components/settings/needs-role'
import { roleMay } from '@/lib/auth/roles'
import { requireOperator } from '@/lib/http/page-session'

export const metadata = { title: 'Drift' }

export default async function Drift() {
  const { role } = await requireOperator('/backups/drift')
  return roleMay(role, 'backup:read') ? (
    <DriftPage />
  ) : (
    <>
      <PageHeader title="Drift" />
      <NeedsRole shows="what changed in configurations since someone accepted them" role={role} permission="backup:read" />
    </>
  )
}
