import { TokensPage } from '@/components/account/tokens-page'
import { requireOperator } from '@/lib/http/page-session'

export const metadata = { title: 'Tokens' }

export default async function Tokens() {
  await requireOperator('/settings/tokens')
  return <TokensPage />
}
