import { SearchPage } from '@/components/search/search-page'
import { requireOperator } from '@/lib/http/page-session'

export const metadata = { title: 'Search' }

export default async function WhoHasItPage() {
  await requireOperator('/search')
  return <SearchPage />
}
