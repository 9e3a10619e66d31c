import type { Metadata } from 'next'
import { PackageTab } from '@/components/firewalls/detail/package-tab'
import { requireOperator } from '@/lib/http/page-session'

export const metadata: Metadata = { title: 'API package' }

export default async function PackagePage({ params }: { params: Promise<{ id: string }> }) {
  await requireOperator(`/firewalls/${(await params).id}/package`)
  return <PackageTab />
}
