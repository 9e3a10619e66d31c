import { FilePage } from '@/components/enrolment-file/file-page'
import { PageHeader } from '@/components/layout/page-header'
import { NeedsRole } from '@/components/settings/needs-role'
import { roleMay } from '@/lib/auth/roles'
import { requireOperator } from '@/lib/http/page-session'

export const metadata = { title: 'Enrol from a file' }

export default async function EnrolmentFilePage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params
  const { role } = await requireOperator(`/firewalls/import/${id}`)
  return roleMay(role, 'firewall:manage') ? (
    <FilePage key={id} id={id} />
  ) : (
    <>
      <PageHeader title="Enrol from a file" crumbs={[{ label: 'Firewalls', href: '/firewalls' }]} />
      <NeedsRole shows="firewalls that are being enrolled" role={role} permission="firewall:manage" />
    </>
  )
}
