import type { ReactNode } from 'react'
import { SearchTabs } from '@/components/fleet-lists/search-tabs'
import { PageHeader } from '@/components/layout/page-header'

export default function SearchLayout({ children }: { children: ReactNode }) {
  return (
    <>
      <PageHeader title="Search" />
      <SearchTabs />
      {children}
    </>
  )
}
