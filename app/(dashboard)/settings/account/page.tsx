import { AccountPage } from '@/components/account/account-page'
import { requireOperator } from '@/lib/http/page-session'

export const metadata = { title: 'Account' }

export default async function Account() {
  await requireOperator('/settings/account')
  return <AccountPage />
}
