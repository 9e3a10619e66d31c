import { ChannelPage } from '@/components/channels/channel-page'
import { NeedsRole } from '@/components/settings/needs-role'
import { roleMay } from '@/lib/auth/roles'
import { requireOperator } from '@/lib/http/page-session'

export const metadata = { title: 'Channel' }

export default async function Channel({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params
  const { role } = await requireOperator(`/settings/channels/${id}`)
  return roleMay(role, 'channel:manage') ? (
    <ChannelPage key={id} id={id} />
  ) : (
    <NeedsRole shows="who is told of alerts, and how" role={role} permission="channel:manage" />
  )
}
