import type { Metadata } from 'next'
import { FirmwareTab } from '@/components/firewalls/detail/firmware/firmware-tab'
import { requireOperator } from '@/lib/http/page-session'

export const metadata: Metadata = { title: 'Firmware' }

export default async function FirmwarePage({ params }: { params: Promise<{ id: string }> }) {
  await requireOperator(`/firewalls/${(await params).id}/firmware`)
  return <FirmwareTab />
}
