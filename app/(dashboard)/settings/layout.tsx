import { headers } from 'next/headers'
import type { ReactNode } from 'react'
import { SettingsTabs } from '@/components/account/settings-tabs'
import { PageHeader } from '@/components/layout/page-header'
import { requireOperator } from '@/lib/http/page-session'

export default async function SettingsLayout({ children }: { children: ReactNode }) {
  const me = await requireOperator((await headers()).get('x-palisade-path') ?? '/settings/account')
  return (
    <>
      <PageHeader title="Settings" />
      <SettingsTabs role={me.role} />
      {children}
    </>
  )
}
