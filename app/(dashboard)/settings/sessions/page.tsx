import { SessionsPage } from '@/components/account/sessions-page'
import { requireOperator } from '@/lib/http/page-session'

export const metadata = { title: 'Sessions' }

export default async function Sessions() {
  await requireOperator('/settings/sessions')
  return <SessionsPage />
}
