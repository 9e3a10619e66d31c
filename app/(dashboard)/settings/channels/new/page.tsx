import { NewChannelPage } from '@/components/channels/new-channel-page'
import { NeedsRole } from '@/components/settings/needs-role'
import { roleMay } from '@/lib/auth/roles'
import { requireOperator } from '@/lib/http/page-session'

export const metadata = { title: 'New channel' }

export default async function NewChannel() {
  const { role } = await requireOperator('/settings/channels/new')
  return roleMay(role, 'channel:manage') ? <NewChannelPage /> : <NeedsRole shows="who is told of alerts, and how" role={role} permission="channel:manage" />
}
