import { ChannelsPage } from '@/components/channels/channels-page'
import { NeedsRole } from '@/components/settings/needs-role'
import { roleMay } from '@/lib/auth/roles'
import { requireOperator } from '@/lib/http/page-session'

export const metadata = { title: 'Channels' }

export default async function Channels() {
  const { role } = await requireOperator('/settings/channels')
  return roleMay(role, 'channel:manage') ? <ChannelsPage /> : <NeedsRole shows="who is told of alerts, and how" role={role} permission="channel:manage" />
}
