import { ComparePage } from '@/components/configuration-diff/compare-page'
import { PageHeader } from '@/components/layout/page-header'
import { NeedsRole } from '@/components/settings/needs-role'
import { roleMay } from '@/lib/auth/roles'
import { requireOperator } from '@/lib/http/page-session'

export const metadata = { title: 'Compare backups' }

export default async function Compare() {
  const { role } = await requireOperator('/backups/compare')
  return roleMay(role, 'backup:read') ? (
    <ComparePage />
  ) : (
    <>
      <PageHeader title="Compare" />
      <NeedsRole shows="what differs between two configurations" role={role} permission="backup:read" />
    </>
  )
}
