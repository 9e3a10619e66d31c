import { VersionsPage } from '@/components/firmware/versions-page'
import { requireOperator } from '@/lib/http/page-session'

export const metadata = { title: 'Versions' }

export default async function Versions() {
  const { role } = await requireOperator('/firmware/versions')
  return <VersionsPage role={role} />
}
