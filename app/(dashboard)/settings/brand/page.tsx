import { BrandPage } from '@/components/brand/brand-page'
import { NeedsRole } from '@/components/settings/needs-role'
import { roleMay } from '@/lib/auth/roles'
import { requireOperator } from '@/lib/http/page-session'

export const metadata = { title: 'Brand' }

export default async function BrandSettings() {
  const { role } = await requireOperator('/settings/brand')
  return roleMay(role, 'installation:manage') ? (
    <BrandPage />
  ) : (
    <NeedsRole shows="whose name and logo stand on reports" role={role} permission="installation:manage" />
  )
}
